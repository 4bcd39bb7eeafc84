"""Reading what was decided elsewhere out of files. Each row is taken, or named with the reason why not."""
