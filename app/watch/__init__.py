"""Watching the running bot: `dog` notices what has stopped and starts it anew, `gauges` says how it stands."""
