"""A small company, its stories and a time machine: the sandbox and the bot, run together."""
