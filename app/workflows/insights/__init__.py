"""Insights: what a workspace may see of how it decides, and what another policy would have done. Nothing is written."""
