"""What goes over the line between the app and this Slack: its server, events to the app, what people do as payloads."""
