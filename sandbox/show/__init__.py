"""Objects in, text out: what a person would see of a message, a modal or a Home, in a terminal.

Pure: names and the time zone are handed in. The same reading of Slack's text, in `spans`, serves
the HTML page in `sandbox.show.html`.
"""

from __future__ import annotations

from sandbox.show.terminal import home, message, modal

__all__ = ["home", "message", "modal"]
