"""The assistant, driven over a real socket."""
