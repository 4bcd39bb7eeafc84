"""Pre-read and sync: sent, moved, called off; read and talked over in writing."""
