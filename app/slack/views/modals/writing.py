"""Writing a document: which kind, its sections on one form, and the form of each section."""

from collections.abc import Mapping
from dataclasses import replace

from app.domain.influence.asking import For
from app.domain.syncs.life import Of
from app.domain.writing.document import (
    OUTCOMES,
    PROSE,
    QUESTIONS,
    Document,
    Kind,
    Quote,
    Section,
    Speaker,
    is_section_written,
    section_fingerprint,
)
from app.domain.writing.names import ASKED, NO, YES, Lent
from app.slack.ids import Act, Modal
from app.slack.views.blocks import (
    LONGEST_INPUT,
    Block,
    actions,
    alert,
    button,
    channels_select,
    checkboxes,
    context,
    datepicker,
    divider,
    input_,
    modal,
    radio,
    section,
    select,
    text_input,
    users_select,
)
from app.slack.views.parts.decision_line import titled
from app.slack.views.parts.syncs import keep_clock_input
from app.slack.views.parts.writing import checks_of
from app.slack.views.scene import Scene
from app.slack.views.text import count, inline, mention, sentence
from app.words.influence import last_page, last_page_fixed
from app.words.writing.checks import say
from app.words.writing.sections import KIND_SAID, WORDS, days_to_skim

MOST_ADVICE = 8

_KINDS = [
    ("Press release with questions and answers: one page", Kind.PRESS_RELEASE.value),
    ("Narrative: up to six pages, and one to skim", Kind.NARRATIVE.value),
]


def start_writing_modal(scene: Scene | None, headline: str = "", channel: str = "") -> Block:
    """Which kind. Without a decision, the headline begins one, which is decided once the document stands."""
    kinds = input_("kind", "What do you write?", radio(_KINDS, Kind.PRESS_RELEASE.value))
    if scene is not None:
        decision = scene.decision
        begun = [section(titled(decision.name, decision.title, 300)), kinds]
        return modal(Modal.WRITE, "Write it first", begun, submit="Begin", d=decision.id)
    words = WORDS[Section.HEADLINE]
    blocks = [
        section("Written first, from the customer's side. It begins a decision, which its readers find it beside."),
        kinds,
        input_(
            "headline",
            words.title,
            text_input(headline, placeholder=words.example, max_length=300),
            hint=words.question,
        ),
        input_(
            "channel",
            "Which channel hears of the decision?",
            channels_select(channel, "Choose a channel"),
            hint="Of the decision, once there is something to say; never what stands in the document.",
            optional=True,
        ),
        input_(
            "private",
            "Who may know?",
            checkboxes([("Keep it private: only people who take part", "yes")]),
            optional=True,
        ),
    ]
    return modal(Modal.WRITE, "Write it first", blocks, submit="Begin", c=channel)


def sections_modal(scene: Scene) -> Block:
    """What is written, what is still empty, and what a careful reader would say. Sending it publishes a version."""
    decision = scene.decision
    writing = decision.writing
    assert writing is not None
    draft, next_ = writing.draft, decision.document_version + 1
    blocks = [section(titled(decision.name, decision.title, 300)), context(_about(scene, draft))]
    for one in draft.sections:
        written = is_section_written(draft, one)
        label = "Edit…" if written else "Write…"
        done = "✓" if written else "○"
        blocks.append(
            section(
                f"{done}  *{WORDS[one].title}*{_glimpse(draft, one)}",
                button(label, Act.SECTION_OPEN, suffix=one.value, d=decision.id, s=one.value),
            )
        )
    blocks += _advice(scene, draft)
    other = Kind.NARRATIVE if draft.kind is Kind.PRESS_RELEASE else Kind.PRESS_RELEASE
    if not decision.document_version and not draft.link:
        blocks.append(context(f"{KIND_SAID[other].capitalize()} instead? Close this and choose again on the card."))
    blocks += keep_clock_input(scene, Of.DOCUMENT)
    title = f"{KIND_SAID[draft.kind].capitalize()}, {decision.name}"
    return modal(Modal.DOCUMENT, title, blocks, submit=f"Publish version {next_}", close="Later", d=decision.id)


def _about(scene: Scene, draft: Document) -> str:
    decision = scene.decision
    before = (
        f"Version {decision.document_version} is published." if decision.document_version else "Nothing is published."
    )
    return f"{before} What you write here is yours alone until you publish it; each section is kept as you save it."


def _glimpse(draft: Document, one: Section) -> str:
    """The first words of a section, or how many rows it has."""
    if one in PROSE[draft.kind]:
        text = draft.text(one)
    else:
        rows = {Section.OUTCOMES: (draft.outcomes, "outcome"), Section.FAQ: (draft.faq, "question"),
                Section.TOUCHED: (draft.touched, "line")}.get(one)  # fmt: skip
        if rows:
            return f"\n{count(len(rows[0]), rows[1])}" if rows[0] else ""
        text = {Section.HEADLINE: draft.headline, Section.QUOTES: draft.customer.text, Section.LINK: draft.link}[one]
    return f"\n{inline(text, 120)}" if text.strip() else ""


def _advice(scene: Scene, draft: Document) -> list[Block]:
    checks = checks_of(scene, draft)
    failed = [one for one in checks if not one.passed and one.rule != "complete"]
    anything = any(is_section_written(draft, one) for one in draft.sections if one is not Section.HEADLINE)
    if not anything:
        return []
    if not failed:
        return [divider(), context(f"All {len(checks)} checks of a careful reader pass.")]
    today = scene.setting.today
    lines = "\n".join(f"○  {sentence(say(one, today), 300)}" for one in failed[:MOST_ADVICE])
    more = f"\n○  And {count(len(failed) - MOST_ADVICE, 'more point')}." if len(failed) > MOST_ADVICE else ""
    return [divider(), section("*What a careful reader would ask*"), context(f"{lines}{more}"),
            context("None of it keeps you from publishing.")]  # fmt: skip


# ── the form of a section ───────────────────────────────────────────────────────────────────────────────


def section_modal(scene: Scene, one: Section, values: Mapping[str, str] | None = None, note: str = "") -> Block:
    """The form of a section. ``values``: as it was typed, where it was overtaken; ``note`` says why."""
    decision = scene.decision
    assert decision.writing is not None
    draft, words = decision.writing.draft, WORDS[one]
    typed = dict(values) if values is not None else _values(_begun_by_map(scene, draft), one)
    blocks = [alert(sentence(note), "warning")] if note else []
    blocks += [section(f"*{words.title}*\n{words.question}"), *_inputs(scene, draft, one, typed)]
    today = scene.setting.today
    failed = [c for c in checks_of(scene, draft) if c.section is one and not c.passed and c.rule != "complete"]
    if is_section_written(draft, one):
        blocks += [alert(sentence(say(check, today), 400), "info") for check in failed[:5]]
    blocks.append(actions(button("Back without saving", Act.WRITE_OPEN, d=decision.id)))
    return modal(
        Modal.SECTION, words.title, blocks, submit="Save", d=decision.id, s=one.value, v=section_fingerprint(draft, one)
    )


def _begun_by_map(scene: Scene, draft: Document) -> Document:
    """The page to skim begins with the levers that the decision touches."""
    decision = scene.decision
    if draft.touched:
        return draft
    if decision.sent_at is not None:
        return replace(draft, touched=last_page_fixed(row for row in decision.approvals if row.kind is For.LEVER))
    if not scene.touched or scene.viewer != decision.requester_id:
        return draft
    return replace(draft, touched=last_page(scene.touched, scene.policy.worth))


def _values(draft: Document, one: Section) -> dict[str, str]:
    if one in PROSE[draft.kind]:
        first, rest = _halves(draft.text(one))
        return {"text": first, "more": rest}
    found: dict[str, str] = {}
    if one is Section.HEADLINE:
        found = {"headline": draft.headline, "principle": draft.principle}
    elif one is Section.QUOTES:
        for speaker in Speaker:
            quote = draft.quote(speaker)
            found |= {f"text_{speaker.value}": quote.text, f"who_{speaker.value}": quote.who}
        found["user_leader"] = draft.leader.user
    elif one is Section.OUTCOMES:
        for number, outcome in enumerate(draft.outcomes[:OUTCOMES], 1):
            found |= {f"metric_{number}": outcome.metric, f"baseline_{number}": outcome.baseline,
                      f"target_{number}": outcome.target, f"source_{number}": outcome.source,
                      f"on_{number}": outcome.on.isoformat() if outcome.on else ""}  # fmt: skip
    elif one is Section.FAQ:
        for number, asked in enumerate(draft.faq[:QUESTIONS], 1):
            found |= {f"question_{number}": asked.question, f"answer_{number}": asked.answer}
    elif one is Section.TOUCHED:
        found["lines"] = "\n".join(f"{row.who}; {days_to_skim(row.days)}; {row.effect}" for row in draft.touched)
    elif one is Section.LINK:
        found["link"] = draft.link
    return found


def _halves(text: str) -> tuple[str, str]:
    """What fits into one input, and the rest, parted between two paragraphs where that can be."""
    if len(text) <= LONGEST_INPUT:
        return text, ""
    at = text.rfind("\n\n", LONGEST_INPUT // 2, LONGEST_INPUT)
    at = at if at > 0 else max(text.rfind(" ", 0, LONGEST_INPUT), LONGEST_INPUT // 2)
    return text[:at].rstrip(), text[at:].strip()[:LONGEST_INPUT]


def _inputs(scene: Scene, draft: Document, one: Section, typed: Mapping[str, str]) -> list[Block]:
    words = WORDS[one]
    if one in PROSE[draft.kind]:
        example = words.example or None
        found = [input_("text", words.title, text_input(typed.get("text"), True, example), optional=True)]
        if draft.kind is Kind.NARRATIVE:
            goes_on = text_input(typed.get("more"), multiline=True)
            found.append(input_("more", "It goes on", goes_on, hint="For what is longer than a page.", optional=True))
        return found
    if one is Section.HEADLINE:
        served = [(name, name) for name in scene.policy.principles]
        headline = text_input(typed.get("headline"), placeholder=words.example, max_length=300)
        found = [input_("headline", words.title, headline, optional=True)]
        if served:
            menu = select(served, typed.get("principle"), "Choose one")
            found.append(input_("principle", "Which principle does it serve?", menu, optional=True))
        return found
    if one is Section.QUOTES:
        return _quote_inputs(scene, draft, typed)
    if one is Section.OUTCOMES:
        return [block for number in range(1, OUTCOMES + 1) for block in _outcome_inputs(number, typed)]
    if one is Section.FAQ:
        return [block for number in range(1, QUESTIONS + 1) for block in _asked_inputs(number, typed)]
    if one is Section.TOUCHED:
        lines = text_input(typed.get("lines"), multiline=True, placeholder=words.example)
        return [input_("lines", words.title, lines, hint="Who; in how many days; with which effect.", optional=True)]
    link = text_input(typed.get("link"), placeholder="https://wiki.example.com/press-release")
    return [input_("link", "Address", link, hint="Leave it empty to write it here.", optional=True)]


def _quote_inputs(scene: Scene, draft: Document, typed: Mapping[str, str]) -> list[Block]:
    asks = {Speaker.CUSTOMER: ("The customer says", "a father of two, on a Sunday evening"),
            Speaker.LEADER: ("The leader says", "the head of Retail")}  # fmt: skip
    found: list[Block] = []
    for speaker, (label, example) in asks.items():
        text, who = typed.get(f"text_{speaker.value}"), typed.get(f"who_{speaker.value}")
        found += [
            input_(f"text_{speaker.value}", label, text_input(text, multiline=True, max_length=600), optional=True),
            input_(
                f"who_{speaker.value}",
                "Who could that be?",
                text_input(who, placeholder=example, max_length=100),
                hint="It is imagined, and said to be.",
                optional=True,
            ),
        ]
    found.append(
        input_(
            "user_leader",
            "Would somebody lend their name?",
            users_select(typed.get("user_leader"), "Choose a leader"),
            hint="They are asked, read along from then on, and are named only once they have said yes to these words.",
            optional=True,
        )
    )
    said = _lent_said(scene, draft.leader)
    return [*found, context(said)] if said else found


def _lent_said(scene: Scene, quote: Quote) -> str:
    writing = scene.decision.writing
    said = Lent.of(writing.names if writing else None).said(quote) if quote.user else None
    return {
        None: "",
        ASKED: f"{mention(quote.user)} was asked and has not answered: the quote stands without a name.",
        YES: f"{mention(quote.user)} lends their name to these words.",
        NO: f"{mention(quote.user)} would rather not: the quote stands without a name.",
    }.get(said, "")


def _outcome_inputs(number: int, typed: Mapping[str, str]) -> list[Block]:
    def line(field: str, label: str, example: str) -> Block:
        key = f"{field}_{number}"
        return input_(key, label, text_input(typed.get(key), placeholder=example, max_length=300), optional=True)

    on = f"on_{number}"
    return [
        section(f"*Outcome {number}*"),
        line("metric", "Metric", "Add-to-cart on product pages"),
        line("baseline", "Where it stands today", "6.1% in October"),
        line("target", "Where it will stand", "6.5%"),
        input_(on, "By which day", datepicker(typed.get(on), "Choose a day"), optional=True),
        line("source", "Where it is read off", "The funnel dashboard"),
    ]


def _asked_inputs(number: int, typed: Mapping[str, str]) -> list[Block]:
    question, answer = f"question_{number}", f"answer_{number}"
    return [
        input_(question, f"Question {number}", text_input(typed.get(question), max_length=300), optional=True),
        input_(answer, "Answer", text_input(typed.get(answer), multiline=True), optional=True),
    ]
