"""A workspace's policy: every figure that a rule goes by."""
