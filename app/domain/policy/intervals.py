"""How long Threshold waits before it speaks up or tidies away, the same for everybody."""

from datetime import timedelta

LEFT_ALONE_AFTER = timedelta(days=1)
"""An open decision that nobody touched: its requester hears of it."""

EXPIRES_AFTER = timedelta(days=30)
"""An open decision that nobody touched ends."""

EXPIRY_TOLD_BEFORE = timedelta(days=3)

REVIEW_WAITS_EVERY = timedelta(days=7)
"""How often the requester hears that a review still waits, once its date has passed."""

SHIPPED_ASKED_EVERY = timedelta(days=14)
"""How often the owner of an approved decision is asked whether it has shipped."""

REVIEW_ASKED_AGAIN_AFTER = timedelta(days=7)
"""A look back that was asked for and not written is asked for again."""

BLOCKED_TOLD_BEFORE = 2
"""Working days between the word that a customer's deadline comes, and that day."""
