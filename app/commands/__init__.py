"""What an operator types after `threshold`: a file for each command, all of them named in ``table``."""
