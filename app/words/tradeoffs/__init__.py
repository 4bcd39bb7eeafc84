"""Between teams in sentences: what an objective holds or misses, and what an experiment between them found."""
