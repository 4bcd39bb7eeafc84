"""What a channel decides about itself: who sits on its ladder, and when it gets its digest."""

from datetime import date

from app.domain.ladder import BAR_RAISER, RUNGS, Ladder
from app.domain.people.calendar import WorkingHours, weekend_of
from app.domain.people.working_time import WorkingTime, shown_off
from app.slack.ids import Modal
from app.slack.views.kit import (
    Block,
    checkboxes,
    context,
    input_,
    modal,
    multi_users_select,
    radio,
    section,
    text_input,
    timepicker,
)
from app.slack.views.scene import ChannelSettings
from app.slack.views.words import listed, mention, mentions

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WORKDAYS = (0, 1, 2, 3, 4)
AT = "09:00"
_SEATED = 8


def ladder(settings: ChannelSettings) -> Block:
    """Who sits where. An empty rung of a channel falls back to the workspace's."""
    own = settings.ladder
    blocks: list[Block] = [
        section("A decision goes to the lowest rung that can decide it. The first person you name is asked first.")
    ]
    if settings.channel:
        blocks.append(
            input_(
                "scope",
                "Where does this ladder count?",
                radio([("In this channel", "channel"), ("In the whole workspace", "workspace")], "channel"),
                hint="A rung you leave empty for the channel is filled from the workspace's ladder.",
            )
        )
    for rung in reversed(RUNGS):
        label = rung.said[0].upper() + rung.said[1:]
        blocks += _seats(rung.value, label, own.seats.get(rung, ()), settings.inherited.seats.get(rung, ()), settings)
    blocks += _seats(BAR_RAISER, "Bar raisers", own.bar_raisers, settings.inherited.bar_raisers, settings)
    blocks.append(context("A decision that climbs already keeps the ladder it started with."))
    return modal(Modal.LADDER, "The ladder", blocks, submit="Save", c=settings.channel)


def _seats(
    field: str, label: str, own: tuple[str, ...], inherited: tuple[str, ...], settings: ChannelSettings
) -> list[Block]:
    hint = "Independent of the team; they sign beside the rung." if field == BAR_RAISER else None
    blocks = [input_(field, label, multi_users_select(own, "Choose people"), hint=hint, optional=True)]
    if settings.channel and inherited and not own:
        blocks.append(context(f"From the workspace: {mentions(inherited[:_SEATED])}"))
    return blocks


def seated(ladder_: Ladder, inherited: Ladder) -> list[str]:
    """The ladder from top to bottom, one line a rung, ready to show."""
    lines = []
    rows = [(rung.said, ladder_.seats.get(rung, ()), inherited.seats.get(rung, ())) for rung in reversed(RUNGS)]
    for said, own, base in [*rows, ("bar raisers", ladder_.bar_raisers, inherited.bar_raisers)]:
        users = own or base
        deputies = {**inherited.deputies, **ladder_.deputies}
        shown = [_with_deputy(user, deputies.get(user)) for user in users[:_SEATED]]
        who = listed(shown) if users else "_nobody yet_"
        more = f" and {len(users) - _SEATED} more" if len(users) > _SEATED else ""
        from_workspace = "  (workspace)" if base and not own else ""
        lines.append(f"*{said[0].upper()}{said[1:]}*  {who}{more}{from_workspace}")
    return lines


def _with_deputy(user: str, deputy: str | None) -> str:
    return f"{mention(user)} (deputy {mention(deputy)})" if deputy else mention(user)


def working_time(chosen: WorkingTime, hours: WorkingHours, today: date) -> Block:
    """When somebody works: what they chose, or what their zone and country say."""
    weekend = weekend_of(hours, today)
    worked = [str(day) for day in range(7) if day not in weekend]
    blocks = [
        section("Reminders wait for your working time, and deadlines count your working days."),
        input_(
            "place",
            "Whose public holidays are days off?",
            text_input(hours.country, placeholder="Germany, DE-BY, Canada, Ontario", max_length=60),
            hint="A country, with its part where holidays differ. Empty: the country of your time zone in Slack.",
            optional=True,
        ),
        input_(
            "days",
            "On which days do you work?",
            checkboxes([(name, str(number)) for number, name in enumerate(DAYS)], worked),
        ),
        input_("start", "From", timepicker(f"{hours.start:%H:%M}")),
        input_("end", "To", timepicker(f"{hours.end:%H:%M}")),
        input_(
            "off",
            "Your days off",
            text_input(shown_off(chosen.off, today), multiline=True, placeholder="2026-12-24 to 2027-01-02"),
            hint="A day or a range a line.",
            optional=True,
        ),
    ]
    return modal(Modal.HOURS, "Your working time", blocks, submit="Save")


def digest(settings: ChannelSettings) -> Block:
    """When the channel hears of its open decisions."""
    plan = settings.plan
    days = plan.days if plan else WORKDAYS
    blocks = [
        section("The digest says what is open here, most urgent first, and who acts next. Private decisions stay out."),
        input_("on", "Digest", radio([("On", "on"), ("Off", "off")], "off" if plan and not plan.on else "on")),
        input_(
            "days",
            "On which days?",
            checkboxes([(name, str(number)) for number, name in enumerate(DAYS)], [str(number) for number in days]),
            optional=True,
        ),
        input_("at", "At what time?", timepicker(plan.at if plan else AT)),
        input_(
            "tz",
            "In which time zone?",
            text_input(plan.tz if plan else settings.tz, placeholder="Europe/Berlin", max_length=64),
        ),
    ]
    return modal(Modal.DIGEST, "The digest", blocks, submit="Save", c=settings.channel)
