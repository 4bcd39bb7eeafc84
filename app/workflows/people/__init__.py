"""People and workspaces: who comes, who leaves, who sits on a ladder."""
