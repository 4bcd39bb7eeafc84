"""A company that never was: the same from a seed, living by the rules, and seen through by insights."""

from collections import Counter
from datetime import UTC, date, datetime
from random import Random

from app.commands.simulate import lines
from app.domain.insights.report import report
from app.domain.insights.survival import End
from app.domain.people.calendar import is_working
from app.domain.policy.policy import SHIPPED_POLICY
from app.domain.simulation.chances import Share, Spread
from app.domain.simulation.company import company
from app.domain.simulation.life import PLANTED, Lived, live
from app.domain.triage.doors import Door
from app.domain.triage.verdict import verdict

BEGIN = date(2025, 1, 1)
OVER = datetime(2026, 1, 1, tzinfo=UTC)


def lived(seed: int, people: int = 400) -> list[Lived]:
    return list(live(people, 365, seed, BEGIN))


def recovered(seed: int, people: int) -> dict[str, bool]:
    """Which planted figures lie in the interval that insights give."""
    found = report([one.case for one in live(people, 365, seed, BEGIN)], OVER)
    kept = {}
    for door, planted in PLANTED.median_days.items():
        curve = found.waits[door.value].curve
        low, high = curve.median_low, curve.median_high
        kept[f"median {door}"] = low is not None and low <= planted and (high is None or planted <= high)
    assert found.deflected
    kept["deflected"] = found.deflected.low <= PLANTED.deflected <= found.deflected.high
    for door, wrong in found.doors.wrong.items():
        assert wrong
        kept[f"wrong {door}"] = wrong.low <= PLANTED.wrong_doors[door] <= wrong.high
    return kept


def test_the_same_seed_gives_the_same_bytes_and_another_one_others() -> None:
    one = list(lines(60, 200, 7, BEGIN))
    assert one == list(lines(60, 200, 7, BEGIN))
    assert one[1:] != list(lines(60, 200, 8, BEGIN))[1:]


def test_its_verdicts_are_those_of_the_rules_and_its_people_work_when_they_work() -> None:
    teams = {team.name: team for team in company(400, Random(3))}
    found = lived(3)
    for one in found:
        assert verdict(one.answers, one.setting, SHIPPED_POLICY) == one.verdict
        assert is_working(one.case.begun, teams[one.team].hours)
        if one.case.end is End.DECIDED:
            assert one.case.ended
            assert one.case.begun < one.case.ended <= OVER
    ends = Counter(one.case.end for one in found)
    assert ends[None] > 0
    assert ends[End.WITHDRAWN] > 0
    silent = [asked for one in found for asked in one.case.asked if asked.answered is None and asked.left]
    assert silent


def test_insights_find_what_was_planted() -> None:
    kept = [recovered(seed, 400) for seed in range(4)]
    for name in kept[0]:
        assert sum(one[name] for one in kept) >= 3, name


def test_a_planted_share_is_kept_in_every_stretch() -> None:
    chance = Random(1)
    share, spread = Share(0.06, chance), Spread(chance)
    hits = [share.next() for _ in range(1000)]
    assert abs(sum(hits) - 60) <= 1
    below = [spread.next() < 0.5 for _ in range(1000)]
    assert sum(below) == 500


def test_doors_are_both_there() -> None:
    doors = Counter(one.case.door for one in lived(1, 100))
    assert set(doors) == set(Door)
