"""Answers to the slash command: short, only for who typed it, and nothing typed is lost."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings

from app.db.models import DigestPlan
from app.domain.ladder import Ladder, Rung
from app.domain.lifecycle import Status
from app.domain.policy.policy import SHIPPED_POLICY
from app.domain.who_acts_next import Standing
from app.slack.ids import Act, unpack
from app.slack.views.replies.commands import COMMANDS, did_you_mean_reply, help_reply, list_reply
from app.slack.views.replies.digests import digest_reply
from app.slack.views.replies.people import ladder_reply
from app.slack.views.replies.policy import policy_reply
from app.slack.views.replies.registry import render_reply
from app.slack.views.replies.sentences import refused_reply, saved_reply
from app.slack.views.replies.triage import shown_reply, started_reply, which_triage_reply
from app.slack.views.scene import ChannelSettings, Message, PolicyScene
from app.slack.views.text import moment
from tests.slack.modal_scenes import DANA, LADDER, MIRA, NOW, TODAY, VIKTOR, decision, scene
from tests.slack.shown import HOSTILE, accepted_message, buttons, hostile, said


def page(message: Message) -> str:
    accepted_message(message.text, message.blocks)
    return said(message.blocks)


def test_help_teaches_the_habit_in_three_sentences_and_fits_one_screen() -> None:
    message = help_reply(channel="C1")
    habit = said(message.blocks[0]).split("\n")[1]
    assert habit.count(". ") + habit.endswith(".") == 3
    typed = [typed for typed, _ in COMMANDS if typed not in ("", "help")]
    assert [one for one in typed if f"/escalate {one}" not in page(message)] == []
    words = {one["value"] for one in buttons(message.blocks) if one["action_id"].startswith("help_show")}
    assert len(words) == 5, "each with its button"
    assert len(page(message)) < 1600
    assert len(page(message).split("\n")) <= 24
    assert "digest" not in page(help_reply()), "which belongs to a channel"
    assert "nothing was started" in page(help_reply(unknown="status"))


def test_a_start_says_where_the_first_question_waits() -> None:
    link = "slack://app?team=T1&id=A1&tab=messages"
    for what in ("D-42", decision(), scene()):
        assert "*D-42* is started. Your first question waits" in page(started_reply(what, link))
    assert "<slack://app?team=T1&amp;id=A1&amp;tab=messages|Answer it>" in page(started_reply("D-42", link))
    assert "|" not in page(started_reply("D-42"))
    assert "evil" not in page(started_reply("D-42", "javascript:evil"))
    assert "*D-42* is at the bottom of our conversation" in page(shown_reply("D-42", link))


def to_sign(*who: str) -> Standing:
    return Standing(Status.IN_REVIEW, MIRA, MIRA, to_sign=who, deadline=TODAY + timedelta(days=1))


def test_a_list_says_who_acts_next_and_opens_each() -> None:
    rows = [
        decision(1, status=Status.IN_REVIEW, deadline_at=NOW + timedelta(days=1)),
        decision(2, status=Status.NOT_YET, requester_id=VIKTOR),
    ]
    message = list_reply(rows, VIKTOR, TODAY, {1: to_sign(DANA)})
    assert f"<@{DANA}> signs by *Tue 24 Nov*." in page(message)
    assert "You meet the condition" in page(message)
    assert [unpack(one["value"]) for one in buttons(message.blocks)] == [{"d": 1}, {"d": 2}]


def test_a_long_list_is_counted_not_cut_in_silence() -> None:
    rows = [decision(id, title="w" * 400, status=Status.IN_REVIEW) for id in range(1, 31)]
    assert "and 10 more" in page(list_reply(rows, VIKTOR, TODAY, {id: to_sign(DANA, MIRA) for id in range(31)}))
    whole = list_reply(rows, VIKTOR, TODAY, {id: to_sign(DANA, MIRA) for id in range(31)}, total=45)
    assert whole.text.startswith("45 open decisions")
    assert "and 25 more" in page(whole)


def test_a_list_as_a_table_holds_the_same_and_opens_each() -> None:
    rows = [decision(id, title="Ship & <see>", status=Status.IN_REVIEW) for id in range(1, 31)]
    message = list_reply(rows, VIKTOR, TODAY, {1: to_sign(DANA, MIRA)}, table=True)
    table = next(block for block in message.blocks if block["type"] == "data_table")
    assert len(table["rows"]) == 1 + 20
    name, title, who, by = table["rows"][1]
    assert (name["text"], title["text"], by["text"]) == ("D-1", "Ship & ‹see›", "Tue 24 Nov")
    people = [leaf["user_id"] for leaf in who["elements"][0]["elements"] if leaf["type"] == "user"]
    assert people == [DANA, MIRA]
    opened = [unpack(one["value"])["d"] for one in buttons(message.blocks)]
    assert opened == [row.id for row in rows[:20]]
    assert message.text.count("\n*D-") == 20
    assert "and 10 more" in message.text


def test_an_empty_list_offers_to_start_a_decision() -> None:
    message = list_reply([], VIKTOR, TODAY, {})
    assert "Nothing is open" in page(message)
    assert [one["action_id"] for one in buttons(message.blocks)] == [Act.START_OPEN]


def test_a_slip_of_the_keys_is_met_with_the_nearest_command() -> None:
    assert "Did you mean `/escalate list`?" in page(did_you_mean_reply("lsit", "list"))
    assert "`/escalate help` lists what I know." in page(did_you_mean_reply("<!here>", None))


def test_the_ladder_says_who_sits_where_and_what_the_workspace_fills() -> None:
    message = ladder_reply(ChannelSettings("C1", Ladder({Rung.VP: (VIKTOR,)}), LADDER))
    shown = page(message)
    assert f"*VP*  <@{VIKTOR}>\n" in shown
    assert f"*Director*  <@{DANA}>  (workspace)" in shown
    assert "*SLT*  _nobody yet_" in shown
    assert [(one["action_id"], unpack(one["value"])) for one in buttons(message.blocks)] == [
        (Act.LADDER_OPEN, {"c": "C1"})
    ]


def test_the_policy_is_said_in_plain_words() -> None:
    message = policy_reply(PolicyScene(SHIPPED_POLICY, 3, keeps=False, keepers=[VIKTOR]))
    said = page(message)
    assert "version 3" in said
    assert "Propose a change" in said
    assert f"Keepers: <@{VIKTOR}>. They decide what you propose." in said
    assert "Change it" in page(policy_reply(PolicyScene(SHIPPED_POLICY, 3, keeps=True, keepers=[VIKTOR])))
    assert not buttons(policy_reply(PolicyScene(SHIPPED_POLICY, 3, keeps=False, keepers=[], guest=True)).blocks)
    assert "VP: public promise, price or policy." in said
    assert "Manager, director from $10k, VP from $50k: contract, legal or regulatory commitment." in said
    assert "14 days of waiting must cost more than likelihood × mistake: unlikely 10%" in said


def test_the_ladder_of_the_workspace_is_its_own() -> None:
    assert "(workspace)" not in page(ladder_reply(ChannelSettings("", LADDER, LADDER)))


def test_an_empty_ladder_says_what_it_is_for() -> None:
    message = ladder_reply(ChannelSettings(""))
    assert "Seat people once" in page(message)
    assert buttons(message.blocks)[0]["style"] == "primary"


def test_the_ladder_counts_what_went_on_although_a_gate_failed() -> None:
    assert "gate" not in page(ladder_reply(ChannelSettings("C1", LADDER)))
    assert "1 decision went on although a gate failed" in page(ladder_reply(ChannelSettings("C1", overrides=1)))


@pytest.mark.parametrize(
    ("channel", "won", "lost", "says"),
    [
        ("C0000000C", ["vp"], [], f"<@{DANA}> seated you as VP* on the ladder of <#C0000000C>."),
        ("", ["vp", "bar_raiser"], [], f"<@{DANA}> seated you as VP and bar raiser* on the workspace's ladder."),
        ("", [], ["slt"], "changed the workspace's ladder: you no longer sit there as SLT.*"),
        ("C0000000C", ["vp"], ["director"], "You no longer sit as director there."),
    ],
)
def test_whoever_wins_or_loses_a_seat_reads_who_did_it_and_where(
    channel: str, won: list[str], lost: list[str], says: str
) -> None:
    shown = page(
        render_reply({"view": "seated", "by": DANA, "channel": channel, "won": won, "lost": lost}, lambda _: None)
    )
    assert says in shown
    assert ("already stays with you" in shown) == bool(lost)


def test_a_digest_says_when_it_comes_next() -> None:
    plan = DigestPlan(on=True, days=[3, 0], at="09:30", tz="Europe/Berlin")
    shown = page(digest_reply(ChannelSettings("C1", plan=plan, next_at=NOW)))
    assert "on Monday and Thursday at 09:30 (Europe/Berlin)" in shown
    assert moment(NOW) in shown
    for days, words in (([0, 1, 2, 3, 4], "Monday to Friday"), (range(7), "every day")):
        plan.days = list(days)
        assert words in page(digest_reply(ChannelSettings("C1", plan=plan)))


def test_without_a_digest_one_button_sets_it_up() -> None:
    off = DigestPlan(on=False, days=[0], at="09:30", tz="UTC")
    for plan, label in ((None, "Set it up"), (off, "Switch it on")):
        message = digest_reply(ChannelSettings("C1", plan=plan))
        page(message)
        assert [one["text"]["text"] for one in buttons(message.blocks)] == [label]


def test_what_was_saved_keeps_its_mention_and_its_moment() -> None:
    shown = page(saved_reply(f"<@{MIRA}> hears nothing before {moment(NOW)}. <!here>"))
    assert f"<@{MIRA}>" in shown
    assert moment(NOW) in shown


def test_a_refusal_keeps_what_was_typed() -> None:
    shown = page(refused_reply(f"Ask <@{MIRA}>.", "/escalate digest 12/5"))
    assert f":warning: Ask <@{MIRA}>." in shown
    assert "/escalate digest 12/5" in shown
    assert "You typed" not in page(refused_reply("No.", "  "))


def test_a_message_that_fits_several_triages_asks_which_once() -> None:
    message = which_triage_reply(5, "In a few days", [decision(1), decision(2, title="")])
    assert "In a few days" in page(message)
    assert [(one["action_id"], unpack(one["value"])) for one in buttons(message.blocks)] == [
        (Act.PARKED_TO, {"p": 5, "d": 1}),
        (Act.PARKED_TO, {"p": 5, "d": 2}),
        (Act.PARKED_NEW, {"p": 5}),
    ]


def shows(text: str) -> None:
    rows: list[Any] = [decision(id, title=text, status=Status.IN_REVIEW) for id in range(1, 31)]
    messages = [
        list_reply(rows, VIKTOR, TODAY, {}),
        list_reply(rows, VIKTOR, TODAY, {}, table=True),
        did_you_mean_reply(text, None),
        saved_reply(text or "Saved."),
        refused_reply(text or "No.", text),
        which_triage_reply(1, text, rows),
        started_reply(text or "D-1", text),
    ]
    for message in messages:
        accepted_message(message.text or "…", message.blocks)


@settings(max_examples=20, deadline=None)
@given(hostile)
def test_no_text_can_break_a_reply_or_page_anybody(text: str) -> None:
    shows(text)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_known_trick_works_on_a_reply(text: str) -> None:
    shows(text)


def test_whoever_saves_a_ladder_reads_what_changed_also_where_nothing_did() -> None:
    def saved(channel: str, seats: dict[str, list[str]]) -> str:
        return page(render_reply({"view": "ladder_saved", "channel": channel, "seats": seats}, lambda _: None))

    assert f"Saved: the VP in the workspace is <@{DANA}> now." in saved("", {"vp": [DANA]})
    assert "nobody is named as bar raiser in <#C0000000C> now." in saved("C0000000C", {"bar_raiser": []})
    assert "Saved: the ladder in the workspace is as it was." in saved("", {})
