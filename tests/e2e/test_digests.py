"""A channel's digest: on its days, at its hour, in its zone; most urgent first, never private, and once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

from app.bootstrap import build
from app.due import Due
from app.workflows.signing import deadline
from app.workflows.triage import answering, intake, verdicts
from demo.stories import Telling
from sandbox import Message
from tests.e2e import scenes
from tests.e2e.house import Tale
from tests.e2e.scenes import DECISION, actor, does


def digests(t: Telling) -> list[Message]:
    """What the channel got."""
    return [m for m in t.cast.retail.messages if "Open decisions" in str(m.blocks) or "Nothing is open" in m.text]


def moments(t: Telling) -> list[str]:
    return [datetime.fromtimestamp(float(m.ts), UTC).strftime("%a %H:%M") for m in digests(t)]


def plan(t: Telling, words: str) -> None:
    t.command(t.cast.sam, f"digest {words}", t.cast.retail)


def waits(t: Telling, until: date = date(2027, 3, 1)) -> int:
    """A decision that stays open for months: its signers were asked for a far day."""
    id = scenes.in_review(t)
    does(t, lambda s: bool(deadline.extend(s, id, until, actor(t, t.cast.sam), t.stage.clock.now(), late=True)))
    return id


def test_it_comes_on_its_days_at_its_hour(told: Telling) -> None:
    waits(told)
    plan(told, "mon,thu 9:30 Europe/Berlin")
    told.stage.travel(timedelta(days=11))
    assert moments(told) == ["Thu 08:30", "Mon 08:30", "Thu 08:30"]


def test_its_hour_stays_the_same_when_the_clocks_change(shown: Telling) -> None:
    waits(shown, until=date(2027, 4, 30))
    shown.stage.clock.set(datetime(2027, 3, 11, 20, tzinfo=UTC))
    plan(shown, "fri,mon 9:00 America/New_York")  # the clocks go forward on Sunday, 14 March
    shown.stage.travel(timedelta(days=7))
    assert moments(shown) == ["Fri 14:00", "Mon 13:00"]


def test_overdue_comes_first_then_this_week_then_what_waits(told: Telling) -> None:
    cast = told.cast
    late, soon, later = scenes.in_review(told), scenes.in_review(told), scenes.drafting(told)
    does(
        told,
        lambda s: bool(
            deadline.extend(s, soon, date(2026, 11, 12), actor(told, cast.sam), told.stage.clock.now(), late=True)
        ),
    )
    plan(told, "mon 9:00 America/New_York")
    told.stage.travel(timedelta(days=7, hours=1))
    (only,) = digests(told)
    text = str(only.blocks)
    names = [scenes.decision(told, id).name for id in (late, soon, later)]
    order = [
        text.index(words) for words in ("Overdue (1)", names[0], "Due this week (1)", names[1], "Waiting (1)", names[2])
    ]
    assert order == sorted(order), text
    assert "Vera" in text or f"<@{cast.vera.id}>" in text
    assert "overdue since *Fri 6 Nov*" in text


def test_what_was_decided_and_deflected_since_is_said_once(told: Telling) -> None:
    cast = told.cast
    waits(told)
    done = scenes.in_review(told)
    plan(told, "daily 8:00 America/New_York")
    scenes.two_way(told)
    told.taps(cast.sam, "deflect_form", fill={"metric": "Baskets a visit"})
    told.stage.travel(timedelta(hours=3))
    told.must(told.fills(cast.vera, "sign_open:decline", {"said": "Too early."}, on=told.card(cast.vera, "sign_open")))
    told.stage.travel(timedelta(days=2))
    first, second = (scenes.text(m) for m in digests(told)[:2])
    assert "Decided since the last digest (1)" in first
    assert "1 two-way door went back to the team that owns it." in first
    assert "Buy now" not in first, "deflected is counted, not named"
    for early in ("Half of the last year", "How long half of the last year"):
        assert early not in first + second, "of one decision of one person nothing is said about how long they take"
    assert "Decided since" not in second
    assert "two-way door" not in second
    assert done


def test_a_private_decision_is_never_in_it(shown: Telling) -> None:
    id = scenes.in_review(shown)
    does(shown, lambda s: bool(intake.set_private(s, id, True, actor(shown, shown.cast.sam), shown.stage.clock.now())))
    plan(shown, "daily 10:00 America/New_York")
    shown.stage.travel(timedelta(days=3))
    assert digests(shown) == [], "and where nothing is left to say, nothing is said"
    waits(shown)
    shown.stage.travel(timedelta(days=1))
    (only,) = digests(shown)
    assert scenes.text(only).count(DECISION) == 1
    assert "*D-1*" not in scenes.text(only)


def test_off_ends_it_and_on_takes_it_up_again(shown: Telling) -> None:
    waits(shown)
    plan(shown, "daily 10:00 America/New_York")
    shown.stage.travel(timedelta(days=1))
    plan(shown, "off")
    shown.stage.travel(timedelta(days=2))
    plan(shown, "on")
    shown.stage.travel(timedelta(days=1))
    assert moments(shown) == ["Mon 15:00", "Thu 15:00"]


def test_a_channel_that_is_deleted_takes_its_digest_along_and_whoever_set_it_hears(shown: Tale) -> None:
    waits(shown)
    plan(shown, "daily 10:00 America/New_York")
    shown.cast.retail.delete(by=shown.cast.dana)
    shown.stage.pump()
    assert "its digest has ended with it" in scenes.last(shown.cast.sam)
    sent = len(shown.stage.slack.requests("chat.postMessage"))
    shown.stage.travel(shown.at(3, 23))
    channel = shown.cast.retail.id
    assert not [r for r in shown.stage.slack.requests("chat.postMessage")[sent:] if r.args.get("channel") == channel]


UNPOSTED = "couldn't post the digest"


def test_a_digest_of_an_archived_channel_goes_on_once_it_is_back(shown: Tale) -> None:
    shown.stage.meant = {"chat.postMessage: is_archived"}
    waits(shown)
    plan(shown, "daily 10:00 America/New_York")
    shown.cast.retail.archive(by=shown.cast.dana)
    shown.stage.pump()
    assert "is archived" in scenes.last(shown.cast.sam)
    shown.stage.travel(shown.at(3, 23))
    assert scenes.count(shown.cast.sam, UNPOSTED) == 1
    assert digests(shown) == []
    shown.cast.retail.unarchive(by=shown.cast.dana)
    shown.stage.travel(timedelta(days=1))
    assert moments(shown) == ["Fri 15:00"]


def test_a_digest_of_a_private_channel_without_us_is_told_once_and_goes_on_after_an_invitation(told: Tale) -> None:
    """Slack says of it that there is none, as of one that was deleted."""
    cast, leads = told.cast, told.cast.leads
    told.stage.meant = {"chat.postMessage: channel_not_found", "conversations.history: channel_not_found"}
    who, now = actor(told, cast.sam), told.stage.clock.now()
    id = does(told, lambda s: intake.start(s, DECISION, who, now, channel=leads.id).id)
    for question, value in scenes.ONE_WAY:
        does(told, lambda s, q=question, v=value: answering.answer(s, id, q, v, who, now))  # type: ignore[misc]
    does(told, lambda s: verdicts.start_memo(s, id, who, now))
    leads.remove(bot=True)
    reply = told.command(cast.omar, "digest on daily 10:00 America/New_York", leads)
    assert "First type `/invite @Threshold`" in str(reply.blocks), "said where it is set"
    told.stage.travel(timedelta(days=3))
    assert scenes.count(cast.omar, UNPOSTED) == 1
    assert "`/invite @Threshold`" in next(scenes.text(m) for m in cast.omar.sees() if UNPOSTED in scenes.text(m))
    leads.add(bot=True)
    told.stage.travel(timedelta(days=1))
    said = [m for m in leads.messages if "Open decisions" in scenes.text(m)]
    assert [scenes.text(m).count(DECISION) > 0 for m in said] == [True]
    leads.remove(bot=True)
    told.stage.travel(timedelta(days=1))
    assert scenes.count(cast.omar, UNPOSTED) == 2, "what happens anew is told anew"


def test_the_form_of_a_digest_says_to_invite_us_first(shown: Tale) -> None:
    sam, retail = shown.cast.sam, shown.cast.retail
    shown.stage.meant = {"conversations.history: not_in_channel"}
    retail.remove(bot=True)
    shown.command(sam, "digest", retail)
    card = sam.latest(retail)
    assert card is not None
    shown.taps(sam, "digest_open", on=card)
    assert sam.modal is not None
    assert "First type /invite @Threshold there." in str(sam.modal.body)


def test_two_replicas_post_it_once(told: Telling) -> None:
    bot = told.stage.bot
    replica = build(bot.settings, clock=told.stage.clock.now, pace=0.0)
    try:
        waits(told)
        plan(told, "daily 10:00 America/New_York")
        for _ in range(3):
            at = told.stage.next_due()
            assert at is not None
            told.stage.clock.set(max(at, told.stage.clock.now()))
            both(replica.due, bot.due)
            replica.outbox.run_once(100)
            told.stage.pump()
            replica.due.run_once()
        told.stage.travel(timedelta(days=2))
        stamps = [datetime.fromtimestamp(float(m.ts), UTC).date() for m in digests(told)]
        assert stamps
        assert len(stamps) == len(set(stamps)), "one a day, whoever was awake"
    finally:
        replica.stop()


def both(one: Due, other: Due) -> None:
    """Two bots look for due work at the same moment."""
    with ThreadPoolExecutor(2) as pool:
        for found in [pool.submit(one.run_once), pool.submit(other.run_once)]:
            found.result(10)
