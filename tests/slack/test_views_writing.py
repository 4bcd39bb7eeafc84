"""The document's forms, page and files: Slack takes them whatever was typed, and the files open elsewhere."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from docx import Document as opened

from app.db.models import Decision, DocumentVersion, Writing
from app.domain.lifecycle import Status
from app.domain.policy.policy import SHIPPED_POLICY
from app.domain.triage.doors import Door
from app.domain.writing.document import (
    PROSE,
    Asked,
    Document,
    Kind,
    Outcome,
    Quote,
    Section,
    Touched,
    quote_fingerprint,
)
from app.slack.ids import Act
from app.slack.views.cards.registry import render_card
from app.slack.views.modals.document_page import document_page_modal
from app.slack.views.modals.looking_back import look_modal
from app.slack.views.modals.memo import memo_modal
from app.slack.views.modals.writing import section_modal, sections_modal, start_writing_modal
from app.slack.views.scene import Message, Scene
from app.slack.word_file import word_file
from app.words.writing.page import parts_of, to_markdown
from tests.slack.modal_scenes import MIRA, NOW, TODAY, VIKTOR, decision, scene
from tests.slack.shown import HOSTILE, accepted_view, said

FINE = "Acme launches one-page returns to reduce support contacts by 12%"


def written(text: str, kind: Kind = Kind.PRESS_RELEASE, user: str = "") -> Document:
    return Document(
        kind,
        headline=text[:300],
        principle="customer first",
        prose=dict.fromkeys(PROSE[kind], text[:6000]),
        customer=Quote(text[:600], text[:100]),
        leader=Quote(text[:600], text[:100], user),
        outcomes=tuple(Outcome(text[:300], text[:300], text[:300], date(2027, 1, 31), text[:300]) for _ in range(3)),
        faq=tuple(Asked(text[:300], text[:3000]) for _ in range(8)),
        touched=tuple(Touched(text[:80], 3, text[:200]) for _ in range(40)),
    )


def of(document: Document, names: list[dict[str, str]] | None = None, **changes: Any) -> Decision:
    d = decision(document_kind=document.kind, document_version=1, **changes)
    d.writings = [Writing(workspace_id="T1", draft=document, begun_at=NOW, changed_at=NOW, names=names)]
    d.documents = [
        DocumentVersion(workspace_id="T1", number=1, document=document, author_id=MIRA, created_at=NOW, salt="s")
    ]
    return d


VIEWS: dict[str, Callable[[Scene], dict[str, Any]]] = {
    "start": lambda s: start_writing_modal(None, s.decision.title),
    "start beside": start_writing_modal,
    "sections": sections_modal,
    "page": document_page_modal,
    **{
        f"section {one}": lambda s, one=one: section_modal(s, one, note=s.decision.title)  # type: ignore[misc]
        for one in Section
    },
}


EVERY_PROSE = {one.value for every in PROSE.values() for one in every}


def drawn(message: Message) -> str:
    return str(message.blocks)


@pytest.mark.parametrize("name", VIEWS)
def test_slack_takes_every_form_and_page_whatever_was_typed(name: str) -> None:
    for text in HOSTILE:
        for kind in Kind:
            section = name.removeprefix("section ")
            if section in EVERY_PROSE and section not in PROSE[kind]:
                continue
            accepted_view(VIEWS[name](scene(of(written(text, kind), title=text))))


def test_the_form_shows_what_is_written_and_what_a_reader_would_ask() -> None:
    page = said(
        sections_modal(scene(of(Document(headline="A better checkout", prose={Section.OPENING: "It is 40% better."}))))
    )
    assert "✓  *What changes for the customer*" in page
    assert "○  *Three outcomes*" in page
    assert "The headline does not say yet who launches it" in page
    assert "“It is 40% better.” has a figure and no source" in page
    assert "It promises no outcomes; a press release promises exactly three." in page


def test_a_leader_is_named_on_the_page_only_where_they_agreed_to_these_words() -> None:
    document = written(FINE, user=VIKTOR)
    for told, shows in ((None, False), ("", False), ("no", False), ("yes", True)):
        names = [] if told is None else [{"user": VIKTOR, "quote": quote_fingerprint(document.leader), "said": told}]
        page = said(document_page_modal(scene(of(document, names))))
        assert ("agreed to by Viktor" in page) is shows
        assert page.count("imagined") == 2
    others = [{"user": VIKTOR, "quote": quote_fingerprint(replace(document.leader, text="Other words")), "said": "yes"}]
    assert "Viktor" not in said(document_page_modal(scene(of(document, others))))


def test_a_one_way_door_from_the_vp_up_is_asked_for_one_and_the_signer_hears_where_there_is_none() -> None:
    d = decision(status=Status.DRAFTING, door=Door.ONE_WAY)
    card = drawn(render_card("requester", scene(d, viewer=d.requester_id)))
    assert "Policy asks a one-way door for the VP for a press release or a narrative." in card
    assert "Write a press release…" in card
    none = replace(SHIPPED_POLICY, document_from=None)
    assert "Policy asks" not in drawn(render_card("requester", replace(scene(d, viewer=d.requester_id), policy=none)))


def test_a_reader_finds_it_on_their_card_and_the_channel_never_does() -> None:
    d = of(written(FINE))
    assert "Read the press release" in drawn(render_card("reader", scene(d, viewer="ULEE")))
    assert FINE not in drawn(render_card("status", scene(d, viewer="C1")))
    d.documents, d.document_version = [], 0
    assert FINE not in drawn(render_card("reader", scene(d, viewer="ULEE"))), "a draft is its writer's alone"


def test_the_review_asks_for_each_outcome_that_was_promised() -> None:
    document = Document(
        outcomes=(Outcome("Add-to-cart", "6.1%", "6.5%", date(2027, 1, 31), "board"), Outcome("Time", "45", "8"))
    )
    from app.domain.looking_back import Look

    view = look_modal(scene(of(document, status=Status.IMPLEMENTED)), Look.REVIEW)
    inputs = {block["block_id"]: block for block in view["blocks"] if block["type"] == "input"}
    assert inputs["came_1"]["label"]["text"] == "Add-to-cart: what came of it?"
    assert "6.1% → 6.5%, by Sun 31 Jan" in inputs["came_1"]["hint"]["text"]
    assert "came_2" in inputs
    assert inputs["happened"]["optional"]


def test_a_memo_that_names_no_prediction_begins_with_the_first_outcome() -> None:
    d = of(Document(outcomes=(Outcome("Add-to-cart", "6.1%", "6.5%", date(2027, 1, 31), "board"),)), memo_version=0)
    view = memo_modal(scene(d))
    typed = {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}
    assert (typed["metric"]["initial_value"], typed["target_on"]["initial_date"]) == ("Add-to-cart", "2027-01-31")


def test_the_markdown_page_has_everything_and_no_text_becomes_structure() -> None:
    document = written("# Boo | <script>\n---\n```", user=VIKTOR)
    page = to_markdown(document, "title", [("Decision", "D-42")], TODAY, lambda quote: "")
    lines = page.splitlines()
    assert next(line for line in lines if line.startswith("#")) == r"# \# Boo \| \<script\> --- \`\`\`"
    assert not any(line.strip() in ("---", "```") or line.startswith("# Boo") for line in lines)
    assert all(line.count("|") - line.count(r"\|") == 6 for line in lines if line.startswith("| ") and "Boo" in line)


@pytest.mark.parametrize("kind", Kind)
def test_the_word_file_opens_says_who_wrote_it_and_holds_every_part(kind: Kind) -> None:
    at = datetime(2026, 11, 23, 10, tzinfo=UTC)
    document = replace(
        written(FINE, kind), prose={one: f"Part {one} \x00 <https://a.test|the wiki>" for one in PROSE[kind]}
    )
    parts = parts_of(document, TODAY, lambda quote: "")
    content = word_file(FINE, [("Decision", "D-42")], parts, ["Name the day."], "Mira", at)
    file = opened(BytesIO(content))
    about = file.core_properties
    assert (about.author, about.title, about.created) == ("Mira", FINE, at.replace(tzinfo=None)) or about.created == at
    section = file.sections[0]
    assert section.page_width
    assert section.left_margin
    assert (round(section.page_width.mm), round(section.left_margin.mm)) == (210, 25)
    text = "\n".join(one.text for one in file.paragraphs)
    headings = [one.text for one in file.paragraphs if one.style and one.style.name.startswith("Heading")]
    assert headings[0] == FINE
    assert headings[1:-1] == [part.title for part in parts]
    assert all(f"Part {one}  the wiki (https://a.test)" in text for one in PROSE[kind])
    assert "Name the day." in text
    assert len(file.tables) == (1 if kind is Kind.PRESS_RELEASE else 2)


def test_no_button_of_a_form_is_anything_but_its_own() -> None:
    acts = {
        element["action_id"].partition(":")[0]
        for block in sections_modal(scene(of(written(FINE))))["blocks"]
        for element in [block.get("accessory", {})]
        if element
    }
    assert acts == {Act.SECTION_OPEN.value}
