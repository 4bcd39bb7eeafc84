"""Dated work, one class a kind: when it is due, whether it still holds, what it does and what it says."""
