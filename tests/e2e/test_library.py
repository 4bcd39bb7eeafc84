"""Story 14: a second team asks what was settled in March, and is done after one tap. And all the ways to look."""

from app.domain.lifecycle import Status
from app.slack.ids import Act
from demo.stories import settled_before
from tests.e2e import scenes
from tests.e2e.house import Tale
from tests.stories.seen import decision, said_to


def test_a_second_team_asks_what_was_settled_in_march_and_is_done_after_one_tap(shown: Tale) -> None:
    t, nia = shown, shown.cast.nia
    settled_before.before(t)
    assert nia.command("/escalate", "Should we shorten the return window to 30 days?", t.cast.retail).acked
    t.stage.pump()
    before = t.stage.slack.count_interactions(nia)
    said = said_to(nia)[-1]
    assert "Was this decided before?" in said
    assert "D-1 (ADR-12)" in said
    assert "Accepted" in said
    assert "6 Mar" in said
    t.taps(nia, "settled_by:0")
    t.stage.pump()
    assert t.stage.slack.count_interactions(nia) == before + 1
    d = decision(t, 2)
    assert (d.status, d.settled_by) == (Status.WITHDRAWN, 1)
    said = said_to(nia)[-1]
    assert "D-1 settles it" in " ".join(said_to(nia)[-2:])
    assert Act.SETTLED_BY.value not in str(said)


def test_the_demo_tells_it(shown: Tale) -> None:
    settled_before.play(shown)
    d = decision(shown, 2)
    assert (d.status, d.settled_by) == (Status.WITHDRAWN, 1)


def test_what_was_decided_is_found_by_the_command_and_from_home(shown: Tale) -> None:
    t, nia = shown, shown.cast.nia
    settled_before.before(t)
    assert nia.command("/escalate", "find return window", t.cast.retail).acked
    assert "D-1 (ADR-12)" in scenes.last(nia, t.cast.retail)
    assert nia.command("/escalate", "find", t.cast.retail).acked
    assert "Say what you look for" in scenes.last(nia, t.cast.retail)
    assert nia.command("/escalate", "find zanzibar", t.cast.retail).acked
    assert "Nothing that you may see is like that" in scenes.last(nia, t.cast.retail)
    assert nia.command("/escalate", "D-1", t.cast.retail).acked
    assert "Shorten the return window" in scenes.last(nia, t.cast.retail)
    nia.open_home()
    t.stage.pump()
    assert nia.click_home("find", "return window").acked
    page = t.stage.slack.wait_for(lambda: nia.modal, what="what was found")
    assert "Shorten the return window" in str(page.blocks)
    nia.submit({"words": "return", "status": "declined"})
    found = nia.modal
    assert found is not None
    assert "Nothing that you may see" in str(found.blocks)
