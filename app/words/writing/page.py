"""A document as a page: blocks of text that every surface and every file format draws from, and as Markdown."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.memo.markdown import block, inline
from app.domain.reading.days_in_forms import say_date
from app.domain.writing.document import PROSE, Document, Kind, Outcome, Quote, Section, Speaker
from app.words.writing.sections import IMAGINED, SPEAKER_SAID, WORDS, days_to_skim

Named = Callable[[Quote], str]
"""Under which name a quote stands: the real person's, where they agreed; empty where they did not."""


@dataclass(frozen=True)
class Part:
    """One heading of the page and what stands below it: paragraphs as they were written, and a table, raw."""

    title: str
    text: str = ""
    quotes: tuple[tuple[str, str], ...] = ()  # the words, and whose
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()  # questions and answers


def parts_of(document: Document, today: date, named: Named) -> list[Part]:
    """The page below its headline, in its order; what is empty is left out."""
    if document.link:
        found = [_outcomes(document.outcomes, today), _faq(document)]
        return [Part(WORDS[Section.LINK].title, document.link), *filter(None, found)]
    prose = [Part(WORDS[one].title, document.text(one)) for one in PROSE[document.kind] if document.text(one).strip()]
    behind = [_quotes(document, named), _skim(document), _outcomes(document.outcomes, today), _faq(document)]
    return [*prose, *filter(None, behind)]


def _quotes(document: Document, named: Named) -> Part | None:
    if document.kind is not Kind.PRESS_RELEASE:
        return None
    said = tuple(
        (quote.text.strip(), _whose(quote, speaker, named))
        for speaker in Speaker
        if (quote := document.quote(speaker)).text.strip()
    )
    return Part(WORDS[Section.QUOTES].title, quotes=said) if said else None


def _whose(quote: Quote, speaker: Speaker, named: Named) -> str:
    """``Vera Lang, in her own name`` only where she agreed; in any case it is imagined."""
    name = named(quote)
    who = quote.who.strip() or SPEAKER_SAID[speaker]
    return f"{name}, {who} ({IMAGINED}, and agreed to by {name})" if name else f"{who} ({IMAGINED})"


def _skim(document: Document) -> Part | None:
    if document.kind is not Kind.NARRATIVE:
        return None
    rows = tuple((one.who, days_to_skim(one.days), one.effect) for one in document.touched)
    return Part(WORDS[Section.TOUCHED].title, head=("Who", "In", "Effect"), rows=rows) if rows else None


def _outcomes(outcomes: Sequence[Outcome], today: date) -> Part | None:
    rows = tuple(
        (one.metric, one.baseline, one.target, say_date(one.on, today) if one.on else "no day named", one.source)
        for one in outcomes
    )
    head = ("Metric", "Today", "Target", "By", "Source")
    return Part(WORDS[Section.OUTCOMES].title, head=head, rows=rows) if rows else None


def _faq(document: Document) -> Part | None:
    pairs = tuple((one.question, one.answer or "Not answered yet.") for one in document.faq)
    return Part(WORDS[Section.FAQ].title, pairs=pairs) if pairs else None


def to_markdown(
    document: Document,
    name: str,
    meta: Sequence[tuple[str, str]],
    today: date,
    named: Named,
    checks: Sequence[str] = (),
) -> str:
    """The page: its headline, ``meta`` as a list of (label, value), its parts, and what a reader would ask."""
    pages = [f"# {inline(document.headline) or name}", "\n".join(f"- **{inline(a)}:** {inline(b)}" for a, b in meta)]
    for part in parts_of(document, today, named):
        pages.append(f"## {part.title}")
        if part.text:
            pages.append(block(part.text))
        pages += [
            f"> {block(words).replace(chr(10), chr(10) + '> ')}\n>\n> *{inline(whose)}*" for words, whose in part.quotes
        ]
        if part.rows:
            lines = [_row(part.head), _row(["---"] * len(part.head)), *(_row(map(inline, row)) for row in part.rows)]
            pages.append("\n".join(lines))
        pages += [f"**{inline(question)}**\n\n{block(answer)}" for question, answer in part.pairs]
    if checks:
        pages += ["## What a careful reader would ask", "\n".join(f"- {inline(one)}" for one in checks)]
    return "\n\n".join(page for page in pages if page) + "\n"


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell or '–' for cell in cells)} |"
