"""The table as a page for people: docs/access.md."""

import string

from app.workflows.admission import AN_APP, OUTSIDE, SWITCHED_OFF
from tests.access.cells import expected
from tests.access.kinds import Kind
from tests.access.table import NOBODYS, ROWS, Row
from tests.workflows.colleagues import RITA, VERA

INTRO = """# Who may do what

Everything that can be done, and every kind of person who might try it. Each cell is tried in the workflow itself, for a
public and for a private decision, and by forged clicks and forms through the real app (`tests/access`); what is
refused changes nothing. An action, form, command or event without a row here fails the tests.
`python -m tests.access` writes this page from the same table.

A **✓** may. A letter is the sentence that refuses, below the table. Two letters: a public decision, and a private one,
which does not exist for whoever takes no part. *There* means in that person's own workspace, where nothing of this one
is found.
"""

SHORT = {
    Kind.REQUESTER: "requester",
    Kind.OWNER: "owner",
    Kind.SIGNER: "signer",
    Kind.HANDED_OVER: "handed over",
    Kind.REPLACED: "replaced",
    Kind.DELEGATE: "delegate",
    Kind.ASKED: "asked below",
    Kind.READER: "reader",
    Kind.GUEST_READER: "guest reader",
    Kind.COLLEAGUE: "colleague",
    Kind.GUEST: "guest",
    Kind.ELSEWHERE: "other workspace",
}
"""The columns. Strangers, switched-off accounts and apps are refused everywhere, and named below instead."""

RULES = f"""
## Refused everywhere, whatever they were before

- Somebody of another company in a shared channel: “{OUTSIDE}”
- A switched-off account, whose window Slack has not closed yet: “{SWITCHED_OFF}”
- An app: “{AN_APP}”

## What follows from it

- A guest may read along and answer questions where somebody added them by name. Guests don't start, own, answer for a
  rung, sign, or change a ladder or a digest.
- What a guest may not do is not offered to them either: the button is not drawn, and the workflow refuses all the same.
- A signer who handed over or was replaced stays on the record, may read and may raise a question, and adds nobody.
- Once a requester's account is switched off, whoever else takes part may take the decision over, and so may the
  requester's manager on the ladder where it is public. Whoever signs it may not: nobody signs their own memo, and a
  decision that nobody signs is never decided. They let somebody read along who may.
- What is not private and was announced in a channel is read there by its members, unless the policy says otherwise; in
  the channel's list they ask to read what does not open, and whoever can add readers answers with a click.
- Keepers change ladders and the policy, and whoever sits on a channel's ladder that one; any member proposes a change,
  and changes a digest. Whoever loses or takes a seat hears of it, and all of it is on the record.
- A form opens only to whom it is for, and is checked once more when it comes back.
- Nobody can be chosen as signer, owner or delegate who could not act: the form says so beside the name.
- Whoever Slack could not be asked about counts as a member until it answers: Slack being away must not stop anybody.
"""


def page() -> str:
    """docs/access.md, whole."""
    letters: dict[str, str] = {}
    lines = [f"| | {' | '.join(SHORT.values())} |", f"| --- |{' :-: |' * len(SHORT)}"]
    for row in ROWS:
        cells = [_cell(row, kind, letters) for kind in SHORT]
        when = f" <br>({row.state})" if row.state else ""
        lines.append(f"| {row.does}{when} | {' | '.join(cells)} |")
    legend = [f"- **{letter}** “{sentence}”" for sentence, letter in letters.items()]
    free = [f"- `{name}`: {why}." for name, why in NOBODYS.items()]
    parts = [INTRO, *lines, "", *legend, RULES, "## Not a matter of who", "", *free]
    return "\n".join(parts).replace(f"<@{RITA}>", "@requester").replace(f"<@{VERA}>", "@signer") + "\n"


def _cell(row: Row, kind: Kind, letters: dict[str, str]) -> str:
    said = [expected(row, kind, "D-42", private=private) for private in (False, True)]
    if said == [None, None]:
        return "there" if kind is Kind.ELSEWHERE else "✓"
    found = [letters.setdefault(one, _letter(len(letters))) if one else "✓" for one in dict.fromkeys(said)]
    return "·".join(found)


def _letter(number: int) -> str:
    """a to z, then A to Z, then aa to zz."""
    single = len(string.ascii_letters)
    return string.ascii_letters[number] if number < single else string.ascii_lowercase[number - single] * 2
