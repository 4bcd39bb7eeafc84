"""A page as a Word file. The library is loaded when the first one is asked for: most processes never write any."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from re import sub
from typing import Any

from app.words.writing.page import Part


def word_file(
    title: str,
    facts: Sequence[tuple[str, str]],
    parts: Sequence[Part],
    checks: Sequence[str],
    author: str,
    now: datetime,
) -> bytes:
    """The bytes of a .docx on A4: the title as its first heading, ``facts`` as lines, then the parts.

    ``author`` and ``now`` are what the file says of itself: the library would say itself, and a day in 2013.
    """
    from docx import Document as new_file
    from docx.shared import Mm, Pt

    file: Any = new_file()
    about = file.core_properties
    about.author = about.last_modified_by = _clean(author)
    about.title, about.created, about.modified = _clean(title)[:255], now, now
    about.comments, about.revision = "", 1
    page = file.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(25)
    file.styles["Normal"].font.size = Pt(11)
    file.add_heading(_clean(title), level=1)  # level 0 is “Title”, which many readers take for a plain line
    for label, value in facts:
        line = file.add_paragraph(style="List Bullet")
        line.add_run(f"{label}: ").bold = True
        line.add_run(_clean(value))
    for part in parts:
        _add(file, part)
    if checks:
        file.add_heading("What a careful reader would ask", level=2)
        for one in checks:
            file.add_paragraph(_clean(one), style="List Bullet")
    out = BytesIO()
    file.save(out)
    return out.getvalue()


def _add(file: Any, part: Part) -> None:
    file.add_heading(part.title, level=2)
    for paragraph in filter(None, (one.strip() for one in part.text.split("\n\n"))):
        file.add_paragraph(_clean(paragraph))
    for words, whose in part.quotes:
        file.add_paragraph(f"“{_clean(words)}”", style="Quote")
        file.add_paragraph(_clean(whose))
    if part.rows:
        table = file.add_table(rows=1, cols=len(part.head), style="Table Grid")
        for cell, label in zip(table.rows[0].cells, part.head, strict=True):
            cell.paragraphs[0].add_run(label).bold = True
        for row in part.rows:
            for cell, value in zip(table.add_row().cells, row, strict=True):
                cell.text = _clean(value) or "–"
    for question, answer in part.pairs:
        file.add_paragraph().add_run(_clean(question)).bold = True
        for paragraph in filter(None, (one.strip() for one in answer.split("\n\n"))):
            file.add_paragraph(_clean(paragraph))


def _clean(text: str) -> str:
    """Without what no XML can hold, and links as they are read."""
    shown = sub(r"<(https?://[^\s|<>]+)\|([^<>]*)>", r"\2 (\1)", text)
    return sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", shown)
