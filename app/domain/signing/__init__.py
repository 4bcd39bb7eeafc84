"""Sign-off: the ladder, and what the signers' answers add up to."""
