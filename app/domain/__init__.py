"""The story: what a decision is and how it moves. Pure: no Slack, no SQL, no clock."""
