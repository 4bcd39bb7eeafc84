"""What is kept: tables, the questions asked of them by name, and the only commit."""
