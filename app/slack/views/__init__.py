"""What people read in Slack: plain functions from what was loaded (``scene``) to Block Kit (``blocks``)."""
