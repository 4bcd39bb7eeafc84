"""Words behind the command that are ours, and those with which one asks a tool for something that we don't have."""

import re
from collections.abc import Sequence

NO_DECISION = frozenset({
    "abort", "about", "active", "agenda", "all", "approvals", "approve", "archive", "assign", "audit", "back",
    "browse", "bye", "cancel", "channels", "check", "clear", "close", "commands", "config", "configure", "count",
    "create", "current", "dashboard", "decided", "decisions", "delegate", "delete", "demo", "docs", "done", "drop",
    "edit", "end", "exit", "export", "faq", "feedback", "find", "finish", "get", "guide", "hello", "hi", "history",
    "home", "inbox", "info", "intro", "login", "logout", "look", "lookup", "manual", "me", "menu", "metrics",
    "mine", "mute", "my", "new", "next", "notifications", "now", "ok", "open", "options", "overdue", "overview",
    "pending", "ping", "please", "preferences", "private", "profile", "queue", "quit", "read", "readers", "remind",
    "reminders", "remove", "report", "reports", "reset", "restart", "resume", "review", "reviews", "run", "save",
    "search", "see", "set", "settings", "setup", "show", "sign", "signers", "snooze", "start", "started", "stat",
    "statistics", "stats", "status", "stop", "subscribe", "summary", "support", "team", "test", "thanks", "todo",
    "todos", "tour", "tutorial", "undo", "unmute", "unsubscribe", "update", "usage", "users", "version", "view",
    "waiting", "what", "when", "where", "who", "whoami", "why", "withdraw",
})  # fmt: skip
"""What begins with one of these and is no sentence gets help, instead of becoming a decision of that name."""

BESIDE_IT = re.compile(
    r"(d-?\d{1,9}|<[@#]\S+|@\S+|#\S+|all|any|every|everything|it|me|my|mine|open|the|this|that|here|now|of|for|by|in|to|"
    r"please|decisions?|escalations?|list|status|memos?|reviews?|digests?|help|reminders?|settings)[?!.,;:]?",
    re.IGNORECASE,
)
"""What may stand beside such a word without making it a sentence."""
MOST_BESIDE = 4
A_WORD = re.compile(r"[a-z][a-z'’-]{1,23}[?!.]*", re.IGNORECASE)


def asks_the_tool(words: Sequence[str]) -> bool:
    """Whether this asks for something, rather than says what has to be decided: one word alone (in writing that puts
    blanks between them), or one that one says to tools with nothing beside it that makes it a sentence."""
    if len(words) == 1:
        return A_WORD.fullmatch(words[0]) is not None
    said = bool(words) and re.sub(r"\W", "", words[0]).lower() in NO_DECISION
    return said and len(words) <= MOST_BESIDE and all(BESIDE_IT.fullmatch(word) for word in words[1:])
