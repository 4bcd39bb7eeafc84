"""Days read to their last word, or asked back with the days they could be. Today is Wednesday, 2 December 2026."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from app.domain.errors import Unreadable
from app.domain.memo.checks import check_memo
from app.domain.memo.parts import Memo
from app.domain.plain_text import plain
from app.domain.reading.days.tokens import tokens
from app.domain.reading.days.vocabulary import FILLERS, LANGUAGES, folded, words_of
from app.domain.reading.days_in_forms import (
    day_of_ask,
    find_dates,
    read_day,
    say_date,
    split_deadline,
    weekdays_of,
)
from app.domain.understood import Read, Refused
from app.slack.views.text import moment
from app.words.memo.checks import say
from app.words.reading.asked_back import AskedBack
from app.words.reading.days import asked_back, parse_date

TODAY = date(2026, 12, 2)
CORPUS = Path(__file__).resolve().parents[2] / "corpus" / "days.txt"


def asked(text: str, *, locale: str | None = None, at: time | None = None) -> AskedBack[date]:
    found = read_day(text, TODAY, locale=locale, at=at)
    assert isinstance(found, Refused), f"{text!r} was read as {found}"
    return asked_back(found, TODAY)


def offered(text: str) -> list[date]:
    return [one.value for one in asked(text).candidates]


def read(text: str, today: date = TODAY, *, locale: str | None = None, at: time | None = None) -> date:
    found = read_day(text, today, locale=locale, at=at)
    assert isinstance(found, Read), f"{text!r} was asked back: {found}"
    return found.value


# ── the corpus ──────────────────────────────────────────────────────────────────────────────────────────


def phrases() -> Iterator[tuple[str, str, list[date]]]:
    """The phrase, the day or "ask", and the days that must be offered."""
    for line in CORPUS.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            text, _, right = line.rpartition(" = ")
            answer, *days = right.split()
            yield text, answer, [date.fromisoformat(day) for day in days]


def test_no_phrase_of_the_corpus_is_read_wrong_in_silence_and_few_plain_ones_are_asked_back() -> None:
    every = list(phrases())
    plain = [(text, answer) for text, answer, _ in every if answer != "ask"]
    read_as = {text: read_day(text, TODAY, at=time(9)) for text, _, _ in every}
    wrong = [
        (text, answer, found.said)
        for text, answer, _ in every
        if isinstance(found := read_as[text], Read) and str(found.value) != answer
    ]
    back = [text for text, _ in plain if isinstance(read_as[text], Refused)]
    assert len(every) >= 400
    assert len({text for text, _, _ in every}) == len(every), "a phrase stands twice"
    assert wrong == []
    assert len(back) * 10 <= len(plain), back


@pytest.mark.parametrize(
    ("text", "days"), [(text, days) for text, answer, days in phrases() if answer == "ask" and days]
)
def test_what_is_asked_back_offers_the_days_it_could_be(text: str, days: list[date]) -> None:
    found = offered(text)
    assert set(days) <= set(found)
    assert len(found) <= 3
    assert all(day >= TODAY for day in found)


# ── no word is ignored ──────────────────────────────────────────────────────────────────────────────────

READABLE = [text for text, answer, _ in phrases() if answer != "ask" and " " in text]
LEADS = frozenset({"by", "from", "in", "of", "to", "the"})
"""Beside the fillers: words that lead to a day, in the grammar's own spelling."""
MEANINGFUL = tuple(
    """not never maybe perhaps probably except unless without if or before after around about some every each other
    than earliest soonest cancelled moved onwards onward early late few several last previous next nicht vielleicht
    außer etwa ungefähr frühestens nach pas peut-être sauf vers environ après no nunca quizás salvo sobre después não
    talvez exceto cerca após 頃 以降 以前 未定 ~ ? > < ≈ = % #""".split()  # noqa: SIM905
)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(READABLE), st.sampled_from(MEANINGFUL), st.data())
def test_a_word_that_means_something_is_never_passed_over(phrase: str, word: str, data: st.DataObject) -> None:
    parts = phrase.split(" ")
    at = data.draw(st.integers(0, len(parts)))
    changed = " ".join([*parts[:at], word, *parts[at:]])
    found = read_day(changed, TODAY, at=time(9))
    if not isinstance(found, Read):
        return
    said = {words_of(language).get(folded(word)) for language in LANGUAGES}
    assert said != {None}, f"{changed!r} was read as {found.said}, and {word!r} says nothing there"
    # A word that the grammar knows may make another whole phrase of it; the same day only where both say the same.
    if found.value == read(phrase, at=time(9)):
        assert word in SAME_THERE, f"{word!r} changed nothing in {changed!r}"


SAME_THERE = frozenset({"or", "before", "after", "next", "nach", "last", "previous", "no"})
"""May stand where they say what is said already: "Friday or the 4th", "before the end of May", "next 2 weeks", and in
Portuguese "no fim do mês"."""

UNKNOWN = st.text(st.characters(categories=["Ll", "Lu"], max_codepoint=0x17F), min_size=3, max_size=12)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(READABLE), UNKNOWN, st.data())
@example("Friday 5pm", "xyzzy", None)
def test_an_unknown_word_is_named_wherever_it_stands(phrase: str, word: str, data: st.DataObject | None) -> None:
    assume(all(folded(word) not in words_of(language) for language in LANGUAGES))
    assume(plain(word) == word and not tokens(word)[0].says and len(tokens(word)) == 1)
    parts = phrase.split(" ")
    at = data.draw(st.integers(0, len(parts))) if data is not None else 0
    found = asked(" ".join([*parts[:at], word, *parts[at:]])[:80], at=time(9))
    assert word[:20] in " ".join(found.left_over)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from([text for text in READABLE if text.isascii()]), st.sampled_from(sorted(FILLERS)))
def test_a_filler_changes_no_day(phrase: str, filler: str) -> None:
    found = read_day(f"{filler} {phrase}", TODAY, at=time(9))
    assert isinstance(found, Refused) or found.value == read(phrase, at=time(9))


def test_fillers_are_a_short_list_that_says_nothing() -> None:
    assert {
        "", "on", "at", "at the latest", "the latest", "latest", "please", "pls", "deadline", "due date", "due on",
        "due by", "date", "or sooner", "or earlier", "sharp", "local time",
        "am", "an", "zum", "zur", "um", "im", "spatestens am", "bis spatestens am", "uhr", "bitte", "frist", "termin",
        "stichtag",
        "svp", "s il vous plait", "date limite", "au plus tard le", "courant",
        "a", "por favor", "fecha limite", "plazo", "vence", "en punto",
        "prazo", "data limite", "em ponto",
        "の", "に", "は", "を", "で", "締切", "締め切り", "期限", "必着", "厳守",
    } >= FILLERS  # fmt: skip


# ── what the bot writes ─────────────────────────────────────────────────────────────────────────────────

days = st.dates(date(2000, 1, 1), date(2090, 1, 1))


@given(days, st.integers(0, 1000), st.sampled_from(["{}", "by {}", "by {}.", "on {}, at the latest", "{} at 17:00"]))
def test_a_day_that_the_bot_says_is_read_back_as_the_same(today: date, ahead: int, sentence: str) -> None:
    day = today + timedelta(days=ahead)
    assert read(sentence.format(say_date(day, today)), today) == day


@given(days, st.integers(0, 1000))
def test_a_day_that_the_bot_says_is_found_in_a_sentence_and_in_an_ask(today: date, ahead: int) -> None:
    day = today + timedelta(days=ahead)
    said = say_date(day, today)
    assert [one.day for one in find_dates(f"Vera approves by {said}, so that it ships.", today=today)] == [day]
    by = day_of_ask(f"Vera (director) to approve by {said}.", today=today)
    assert by is not None
    assert by.day == day


@given(days, st.integers(0, 1000), st.times())
def test_a_moment_that_the_bot_writes_where_slack_shows_none_is_read_back(today: date, ahead: int, at: time) -> None:
    day = today + timedelta(days=ahead)
    shown = moment(datetime.combine(day, at, UTC)).partition("|")[2].rstrip(">")
    assert read(shown, today) == day


@given(days)
def test_every_example_that_a_refusal_gives_is_read(today: date) -> None:
    refused = read_day("banana", today)
    assert isinstance(refused, Refused)
    examples = asked_back(refused, today).sentence.partition("like ")[2].replace(" or ", ", ").rstrip(".").split(", ")
    found = [read(one.strip("“”"), today) for one in examples]
    assert len(found) == 3
    assert len(set(found)) == 1


@given(
    st.integers(0, 700), st.integers(0, 700), st.sampled_from(["to", "-", "or", "and", "until", "–", "bis", "through"])
)
def test_two_days_are_never_one(first: int, second: int, joint: str) -> None:
    assume(first != second)
    one, other = (TODAY + timedelta(days=n) for n in (first, second))
    found = asked(f"{one} {joint} {other}")
    assert {candidate.value for candidate in found.candidates} == {one, other}


@given(
    st.integers(0, 700),
    st.integers(1, 6),
    st.sampled_from(["{wd} {day}", "{wd}, {day}", "{day} ({wd})", "{day}, {wd}"]),
)
def test_a_weekday_that_does_not_fit_is_said_wherever_it_stands(ahead: int, off: int, form: str) -> None:
    day = TODAY + timedelta(days=ahead)
    wrong = day + timedelta(days=off)
    for written in (f"{day.day} {day:%B} {day.year}", day.isoformat(), f"{day.day}.{day.month}.{day.year}"):
        found = asked(form.format(wd=f"{wrong:%A}", day=written))
        assert f"is a {day:%A}, not a {wrong:%A}" in found.sentence
        assert day in [one.value for one in found.candidates]
    assert read(form.format(wd=f"{day:%a}", day=f"{day.day} {day:%B} {day.year}")) == day


# ── figures ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "locale", "day"),
    [
        ("4/12", "en-GB", "2026-12-04"),
        ("4/12", "en-US", "2027-04-12"),
        ("4/12", "de-DE", "2026-12-04"),
        ("12/4", "ja-JP", "2026-12-04"),
        ("25/12", "en-US", "2026-12-25"),
        ("Fri 4/12", "en-US", "2026-12-04"),
        ("mar 15 déc.", "fr-FR", "2026-12-15"),
    ],
)
def test_the_order_of_day_and_month_follows_the_writers_region_unless_a_weekday_settles_it(
    text: str, locale: str, day: str
) -> None:
    assert str(read(text, locale=locale)) == day


@pytest.mark.parametrize("locale", [None, "en", "en-CA", "xx"])
def test_an_order_that_no_region_settles_is_asked(locale: str | None) -> None:
    found = asked("4/12", locale=locale)
    assert "people differ" in found.sentence


def test_a_day_of_the_writers_region_that_has_passed_is_said_and_not_turned_round() -> None:
    assert "Thu 12 Nov, which has passed" in asked("11/12/2026", locale="en-US").sentence


def test_hours_are_counted_from_now_and_asked_where_the_hour_is_unknown() -> None:
    assert read("in 36 hours", at=time(9)) == date(2026, 12, 3)
    assert read("in 36 hours", at=time(13)) == date(2026, 12, 4)
    assert [one.value for one in asked("in 36 hours").candidates] == [date(2026, 12, 3), date(2026, 12, 4)]
    assert read("in 48 hours") == date(2026, 12, 4)


def test_a_word_that_two_languages_share_is_asked_where_both_are_the_writers() -> None:
    assert read("Mar 15") == date(2027, 3, 15)
    assert [str(one.value) for one in asked("mar 15", locale="fr-FR").candidates] == ["2026-12-15", "2027-03-15"]


def test_what_is_left_over_is_named_and_what_was_understood_is_offered() -> None:
    found = asked("Friday unless Kim objects")
    assert found.left_over == ("unless", "Kim", "objects")
    assert [one.said for one in found.candidates] == ["Fri 4 Dec"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("26 Nov 2026", "2027-11-26"),
        ("last Friday", "2026-12-04"),
        ("two weeks ago", "2026-12-16"),
        ("28 Nov", "2026-12-28"),
    ],
)
def test_a_day_that_has_passed_is_said_with_one_that_may_have_been_meant(text: str, day: str) -> None:
    assert "which has passed" in asked(text).sentence
    assert day in [str(one) for one in offered(text)]


@settings(deadline=None)
@given(st.text(max_size=90), st.sampled_from([None, "en-US", "de-DE", "ja-JP"]))
def test_any_text_is_read_or_asked_back_in_a_sentence(text: str, locale: str | None) -> None:
    found = read_day(text, TODAY, locale=locale)
    if isinstance(found, Refused):
        assert asked_back(found, TODAY).sentence.endswith(".")
        assert len(found.candidates) <= 3
    else:
        assert TODAY <= found.value <= date(2029, 12, 2)


# ── in a sentence ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("ask", "day"),
    [
        ("Dana approves by December 4", "2026-12-04"),
        ("Dana approves by Fri 18 Dec", "2026-12-18"),
        ("Dana approves by end of week 50", "2026-12-11"),
        ("Dana approves the Q4 plan by 4 Dec", "2026-12-04"),
        ("Dana approves the 2027 plan by month-end", "2026-12-31"),
        ("Dana approves by 4 Dec, so that the letters go out on 7 Dec.", "2026-12-04"),
        ("So that the letters go out on 7 Dec, Dana approves by 4 Dec.", "2026-12-04"),
        ("Dana approves by EOD Friday", "2026-12-04"),
        ("Dana approves within two weeks", "2026-12-16"),
        ("Dana approves before Christmas", "2026-12-24"),
        ("Dana to approve by the 15th", "2026-12-15"),
        ("Dana to approve, W50", "2026-12-11"),
        ("Dana may approve on May 4", "2027-05-04"),
        ("Dana genehmigt bis Freitag, 4. Dezember", "2026-12-04"),
        ("Dana approuve au plus tard vendredi 4 décembre", "2026-12-04"),
        ("Dana aprueba el plan para el viernes", "2026-12-04"),
        ("Dana aprova até sexta-feira", "2026-12-04"),
        ("Danaさんが12月4日までに承認", "2026-12-04"),
    ],
)
def test_the_day_of_an_ask_is_the_one_that_is_due(ask: str, day: str) -> None:
    by = day_of_ask(ask, today=TODAY)
    assert by is not None
    assert str(by.day) == day


@pytest.mark.parametrize(
    ("ask", "words", "why"),
    [
        ("Dana approves by 4-6 Dec", "4-6 Dec", "a range of days"),
        ("Dana approves by 4 or 5 December", "4 or 5 December", "more than one day"),
        ("Dana approves by 4 Dec or 7 Dec", "4 Dec or 7 Dec", "names Fri 4 Dec and Mon 7 Dec"),
        ("Dana approves by Fri 5 Dec", "Fri 5 Dec", "is a Saturday, not a Friday"),
        ("Dana approves by 4/12", "4/12", "people differ"),
        ("Dana approves by Q1", "by Q1", "more than one day in it"),
        ("Dana approves after 4 Dec", "after 4 Dec", "lies after the day"),
        ("Dana approves before Friday", "before Friday", "lies before the day"),
        ("Dana approves by 1 Dec", "1 Dec", "has passed"),
    ],
)
def test_the_memo_says_of_its_ask_what_the_card_would_say(ask: str, words: str, why: str) -> None:
    check = next(one for one in check_memo(Memo(ask=ask), today=TODAY) if one.rule == "ask")
    assert not check.passed
    assert why in say(check, TODAY)
    assert check.words == (words,)


@pytest.mark.parametrize(
    "doubt",
    ["not by {}", "maybe by {}", "by about {}", "no sooner than {}", "by {} at the earliest", "every {}", "by {} or so",
     "by {}?", "vielleicht {}", "any day but {}"],
)  # fmt: skip
def test_a_word_of_doubt_beside_the_day_of_an_ask_is_said(doubt: str) -> None:
    by = day_of_ask(f"Dana approves {doubt.format('Friday')}", today=TODAY)
    assert by is not None
    assert by.day is None
    assert isinstance(by.found, Refused)
    assert [one.said for one in by.found.candidates] == ["Fri 4 Dec"]


@pytest.mark.parametrize("beyond", ["after 9999-12-31", "not by 9999-12-31", "maybe after 9999-12-31", "in 9999 years"])
def test_an_ask_for_a_day_at_the_end_of_the_calendar_is_asked_back(beyond: str) -> None:
    by = day_of_ask(f"Dana approves {beyond}", today=TODAY)
    assert by is None or by.day is None
    assert check_memo(Memo(ask=f"Dana approves {beyond}"), today=TODAY)


LED = ("by", "before", "within", "no", "not", "in", "bis", "d'ici", "jusqu'au", "avant", "au", "pour", "para", "hasta",
       "a", "antes", "até", "vor", "innerhalb", "dans", "sous", "en", "dentro", "em", "daqui", "due", "latest", "half",
       "deadline:", "el", "1", "1.5", "5")  # fmt: skip


@pytest.mark.parametrize(
    ("text", "day"), [(text, right) for text, right, _ in phrases() if right != "ask" and text.isascii()]
)
def test_the_memo_reads_a_day_of_its_ask_as_the_card_does(text: str, day: str) -> None:
    if text.split(" ")[0] in LED or text.startswith("EO"):
        return  # begins with a word of its own: no "by" fits before it
    by = day_of_ask(f"Dana approves by {text}", today=TODAY)
    assert by is not None
    assert str(by.day) == day, by.found


@pytest.mark.parametrize(
    "text",
    [
        "Returns within 30 days of purchase stay below 4%.",
        "It is the 5th floor, the 2nd time, day 3.",
        "Christmas sales rose, and the weekend was quiet.",
        "We sat in may, then march on; mon ami, die Frist so do.",
        "The plan is v12.4, 3.5% and 4/5 of it, 24/7.",
        "In Q4 terms: an end to the week-long wait.",
    ],
)
def test_words_of_a_sentence_that_only_look_like_days_are_none(text: str) -> None:
    found = [text[one.start : one.end] for one in find_dates(text, today=TODAY)]
    assert found in ([], ["Q4"], ["In Q4"])


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("holiday peak, 2026-12-04", ("holiday peak", "2026-12-04")),
        ("holiday peak, Fri, 4 Dec", ("holiday peak", "Fri, 4 Dec")),
        ("peak, returns and refunds, Dec 4, 2026", ("peak, returns and refunds", "Dec 4, 2026")),
        ("the holiday peak on 4 Dec", ("the holiday peak", "on 4 Dec")),
        ("the holiday peak 4 Dec", ("the holiday peak", "4 Dec")),
        ("der Weihnachtsverkauf bis Freitag", ("der Weihnachtsverkauf", "bis Freitag")),
        ("the holiday peak, 4-6 Dec", ("the holiday peak", "4-6 Dec")),
    ],
)
def test_what_is_due_is_told_from_when(text: str, parts: tuple[str, str]) -> None:
    assert split_deadline(text, today=TODAY) == parts


def test_a_refusal_travels_with_what_could_be_meant() -> None:
    with pytest.raises(Unreadable) as refused:
        parse_date("4-6 Dec", today=TODAY, field="on")
    assert [one.said for one in refused.value.candidates] == ["Fri 4 Dec", "Sun 6 Dec"]
    assert refused.value.args == (refused.value.sentence, "on", refused.value.candidates)


def test_the_weekdays_of_a_plan() -> None:
    assert weekdays_of("thu") == (3,)
    assert weekdays_of("mon-fri") == (0, 1, 2, 3, 4)
    assert weekdays_of("donnerstag") == (3,)
    assert weekdays_of("mo") == weekdays_of("sprint") == weekdays_of("mon-ever") == ()
