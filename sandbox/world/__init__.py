"""What a Slack holds and how it changes: time, teams, conversations, messages, views, and events about them."""
