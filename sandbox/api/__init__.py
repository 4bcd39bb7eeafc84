"""The Web API: `table.METHODS` is its index, one module a family of methods."""
