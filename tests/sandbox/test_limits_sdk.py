"""What Slack's own models build within the table's figures passes; one step past it does not."""

from __future__ import annotations

import copy
from collections.abc import Iterator

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from slack_sdk.models import blocks as kit
from slack_sdk.models.views import View

from sandbox.limits import LIMITS, check_message, check_view

Json = dict[str, object]


def words(limit: str, *, cap: int = 40) -> st.SearchStrategy[str]:
    """Text a figure allows, short enough for the limit over all blocks."""
    least, most = LIMITS[limit].least, LIMITS[limit].most
    return st.text(min_size=max(1, least), max_size=min(most, cap))


def plain(limit: str) -> st.SearchStrategy[kit.PlainTextObject]:
    return st.builds(kit.PlainTextObject, text=words(limit), emoji=st.booleans())


OPTIONS = st.lists(
    st.builds(
        kit.Option,
        text=plain("option.text"),
        value=words("option.value"),
        description=st.none() | plain("option.description"),
    ),
    min_size=1,
    max_size=3,
)
CONFIRM = st.builds(
    kit.ConfirmObject,
    title=plain("confirm.title"),
    text=plain("confirm.text"),
    confirm=plain("confirm.confirm"),
    deny=plain("confirm.deny"),
    style=st.sampled_from([None, "primary", "danger"]),
)
BUTTON = st.builds(
    kit.ButtonElement,
    text=plain("button.text"),
    value=st.none() | words("button.value"),
    url=st.sampled_from([None, "https://example.com/memo"]),
    style=st.sampled_from([None, "primary", "danger"]),
    confirm=st.none() | CONFIRM,
)
CHOOSERS = OPTIONS.flatmap(
    lambda options: st.sampled_from(
        [
            kit.StaticSelectElement(options=options, initial_option=options[-1]),
            kit.StaticMultiSelectElement(options=options, initial_options=options[:1]),
            kit.RadioButtonsElement(options=options, initial_option=options[0]),
            kit.CheckboxesElement(options=options, initial_options=options),
        ]
    )
)
PICKERS = st.sampled_from(
    [
        kit.DatePickerElement(initial_date="2026-11-23", placeholder="A day"),
        kit.TimePickerElement(initial_time="08:30", timezone="Europe/Berlin"),
        kit.UserSelectElement(placeholder="Who decides?", initial_user="U1"),
        kit.UserMultiSelectElement(initial_users=["U1", "U2"], max_selected_items=2),
        kit.ConversationSelectElement(
            placeholder="Where?", filter=kit.ConversationFilter(include=["public", "private"])
        ),
        kit.ChannelSelectElement(initial_channel="C1"),
        kit.ExternalDataSelectElement(placeholder="Which?", min_query_length=2),
    ]
)
TYPED = st.builds(
    kit.PlainTextInputElement,
    placeholder=st.none() | plain("placeholder"),
    multiline=st.none() | st.booleans(),
    initial_value=st.none() | words("plain_text_input.initial_value"),
    min_length=st.none() | st.integers(0, 9),
    max_length=st.none() | st.integers(100, 3000),
    focus_on_load=st.none(),
)
IN_A_ROW = BUTTON | CHOOSERS | PICKERS
MARKED = st.builds(kit.MarkdownTextObject, text=words("section.field"))
BLOCK = st.one_of(
    st.builds(
        kit.SectionBlock,
        text=st.builds(kit.MarkdownTextObject, text=words("section.text")),
        accessory=st.none() | IN_A_ROW,
    ),
    st.builds(kit.SectionBlock, fields=st.lists(MARKED, min_size=1, max_size=10)),
    st.builds(kit.HeaderBlock, text=plain("header.text")),
    st.builds(kit.DividerBlock),
    st.builds(kit.ContextBlock, elements=st.lists(MARKED, min_size=1, max_size=10)),
    st.builds(kit.ActionsBlock, elements=st.lists(IN_A_ROW, min_size=1, max_size=4)),
    st.builds(
        kit.InputBlock,
        label=plain("input.label"),
        hint=st.none() | plain("input.hint"),
        element=TYPED | CHOOSERS | PICKERS,
        optional=st.none() | st.booleans(),
    ),
    st.builds(
        kit.ImageBlock,
        image_url=st.just("https://example.com/figures.png"),
        alt_text=words("image.alt_text"),
        title=st.none() | plain("image.title"),
    ),
)
BLOCKS = st.lists(BLOCK, min_size=1, max_size=5)


@settings(max_examples=60)
@given(BLOCKS)
def test_what_the_sdk_builds_within_the_figures_is_a_message(blocks: list[kit.Block]) -> None:
    assert check_message(text="D-42", blocks=[block.to_dict() for block in blocks]) == []


@settings(max_examples=60)
@given(BLOCKS, plain("view.title").filter(lambda title: len(str(title.text)) <= 24))
def test_what_the_sdk_builds_within_the_figures_is_a_modal(blocks: list[kit.Block], title: kit.PlainTextObject) -> None:
    view = View(type="modal", title=title, submit="Next", close="Cancel", blocks=blocks)
    assert check_view(view.to_dict()) == []


def texts(value: object, at: str) -> Iterator[tuple[str, Json]]:
    """Every text object, with its pointer."""
    if isinstance(value, dict):
        if value.get("type") in ("plain_text", "mrkdwn"):
            yield at, value
        for key, inner in value.items():
            yield from texts(inner, f"{at}/{key}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from texts(inner, f"{at}/{index}")


@settings(max_examples=60)
@given(BLOCKS, st.data())
def test_any_text_emptied_or_overgrown_is_refused_at_its_pointer(blocks: list[kit.Block], data: st.DataObject) -> None:
    sent = [copy.deepcopy(block.to_dict()) for block in blocks]
    # An initial option that changes is refused as no option, and has its own test.
    found = [row for row in texts(sent, "/blocks") if "/initial_" not in row[0]]
    assume(found)
    pointer, text = data.draw(st.sampled_from(found))
    size = data.draw(st.sampled_from([0, 3001]))
    text["text"] = "x" * size
    problems = check_message(text="D-42", blocks=sent)
    said = "must be less than" if size else "must be more than 0 characters"
    assert any(p.pointer == f"{pointer}/text" and p.message.startswith(said) for p in problems)


@settings(max_examples=60)
@given(BLOCKS, st.data())
def test_any_object_with_a_key_of_its_own_is_refused(blocks: list[kit.Block], data: st.DataObject) -> None:
    sent = [copy.deepcopy(block.to_dict()) for block in blocks]
    index = data.draw(st.integers(0, len(sent) - 1))
    sent[index]["mood"] = "calm"
    details = [problem.detail for problem in check_message(text="D-42", blocks=sent)]
    assert details == [f"invalid additional property: mood [json-pointer:/blocks/{index}]"]
