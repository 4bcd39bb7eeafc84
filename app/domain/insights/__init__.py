"""Insights: what a workspace's own decisions say about how it decides. Figures alone, and nobody's."""
