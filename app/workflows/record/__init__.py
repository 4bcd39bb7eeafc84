"""The record: what is kept, what is taken out, and verdicts worked out again."""
