"""Sign-off: who is asked, what they answer, and who signs instead."""
