"""Measured side by side in one run: ratios tell, seconds on a shared machine do not."""
