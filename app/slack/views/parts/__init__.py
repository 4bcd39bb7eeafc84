"""What several cards, forms and notices show alike."""
