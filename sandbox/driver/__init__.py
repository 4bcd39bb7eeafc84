"""The sandbox as plain calls: workspaces, conversations and the people in them, safe from any thread."""
