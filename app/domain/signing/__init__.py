"""Sign-off: what the signers' answers add up to."""
