"""What people type, read to its last word: days, money, yes and no."""
