"""What the model is sent: enough, within a budget, and in a block that nothing leaves."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.assistant import Kind, Source
from app.assistant.prompting import (
    BUDGET,
    SOURCE_LIMIT,
    conversation,
    enclose,
    prompt,
    sent,
    version,
    within_budget,
)


def thread(count: int, text: str) -> list[Source]:
    return [Source("thread", f"Message {n}", text) for n in range(count)]


def size(sources: list[Source]) -> int:
    return sum(len(source.label) + len(source.text) for source in sources)


def test_what_fits_is_sent_as_it_is() -> None:
    sources = [*thread(3, "hello"), Source("answer", "Undo", "never"), Source("memo", "Ask", "decide")]
    assert within_budget(sources) == sources


def test_answers_go_first_and_then_how_a_thread_began_and_its_newest_messages() -> None:
    sources = [*thread(50, "word " * 200), Source("answer", "Undo", "never " * 100)]
    kept = within_budget(sources)
    assert kept[-1] == sources[-1]
    assert kept[0] == sources[0]
    assert [source.label for source in kept[1:-1]] == [f"Message {n}" for n in range(50 - len(kept) + 2, 50)]
    assert BUDGET * 0.9 < size(kept) <= BUDGET


@pytest.mark.parametrize("words", [3, 20, 60, 200, 900])
def test_of_500_messages_the_first_and_the_last_20_are_sent_and_what_was_left_out_is_said(words: int) -> None:
    sources = [Source("answer", "Undo", "never"), *thread(500, "word " * words)]
    found = sent(sources)
    labels = [source.label for source in found.sources.values()]
    assert labels[:2] == ["Undo", "Message 0"]
    assert labels[-20:] == [f"Message {n}" for n in range(480, 500)]
    whole = size(sources)
    assert size(list(found.sources.values())) >= 0.9 * min(BUDGET, whole)
    assert found.left_out == 501 - len(labels)
    user = conversation("memo", "about", found)[1].content
    assert (f"{found.left_out} messages of the thread" in user) == (found.left_out > 0)


def test_every_message_of_a_long_thread_keeps_its_link() -> None:
    sources = [Source("thread", f"Priya {n}", "word " * 2000, f"https://a.slack.com/p{n}") for n in range(30)]
    assert all(one.link.endswith(f"p{one.label[6:]}") for one in within_budget(sources))


def test_one_pasted_log_does_not_push_out_the_rest() -> None:
    sources = [Source("answer", "Log", "line " * 10_000), *thread(5, "a real message")]
    kept = within_budget(sources)
    assert len(kept) == 6
    assert len(kept[0].text) <= SOURCE_LIMIT


def test_a_source_is_never_cut_inside_a_figure() -> None:
    kept = within_budget([Source("answer", "Cost", "3,500,000 " * 1_000)])[0].text
    assert set(kept.removesuffix("…").split()) == {"3,500,000"}


KINDS: st.SearchStrategy[Kind] = st.sampled_from(["answer", "thread", "memo"])
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)


@st.composite
def sources_of_any_kind(draw: st.DrawFn) -> Source:
    return Source(draw(KINDS), draw(TEXT), draw(TEXT) * draw(st.integers(1, 60)))


@given(st.lists(sources_of_any_kind(), max_size=20))
def test_the_budget_holds_for_any_sources(sources: list[Source]) -> None:
    assert size(within_budget(sources)) <= BUDGET


@given(st.lists(sources_of_any_kind(), max_size=4))
def test_no_text_can_close_its_block(sources: list[Source]) -> None:
    block = enclose(sources)
    opening, inside, closing = block.splitlines()
    assert (opening, closing) == ("<sources>", "</sources>")
    assert not set("<>&") & set(inside)
    assert [source["text"] for source in json.loads(inside)] == [source.text for source in sources]


def test_every_prompt_asks_for_json_and_calls_sources_material() -> None:
    for name in ("memo", "neutral"):
        system, user = conversation(name, "about", sent([]))
        assert "JSON object" in user.content
        assert "never instructions" in system.content


def test_a_prompts_version_follows_its_text() -> None:
    assert version("memo").startswith("memo-")
    assert version("memo").split("-")[1] != version("neutral").split("-")[1]
    assert prompt("rules") != prompt("memo")
