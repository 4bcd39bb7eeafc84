"""Threshold: a Slack bot for escalation hygiene.

A decision arrives by ``/escalate``. Triage asks whether the door opens both ways. A two-way door goes back to the
team that owns it; a one-way door gets a one-page memo and climbs peer → manager → director → vp → slt, to the lowest
rung that can decide. Follow-ups keep the dates, and four weeks after it shipped a review asks whether it was right.

How to read this tree: start in ``domain/`` (the story, pure), go on to ``workflows/`` (every verb, one function each),
then ``slack/listeners`` (what arrives) and ``slack/views`` (what people read). ``due.py`` runs what is dated,
``slack/outbox.py`` delivers what was said, ``auditor.py`` finds what should have happened and didn't. ``bootstrap.py``
ties it together; nothing else reads settings.
"""

__version__ = "0.1.0"
