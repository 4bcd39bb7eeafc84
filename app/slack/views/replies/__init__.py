"""Answers to what somebody typed; only they see them."""
