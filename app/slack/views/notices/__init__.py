"""One sentence to one person, and the line that takes its place once nothing is left to do."""
