"""Who reads along, who sits on the ladder, and when somebody works."""

from datetime import date

from app.domain.ladder import BAR_RAISER, RUNGS
from app.domain.people.calendar import WorkingHours, weekend_of
from app.domain.people.working_time import WorkingTime
from app.domain.permissions import reading_along
from app.slack.ids import Modal
from app.slack.views.blocks import (
    Block,
    checkboxes,
    context,
    input_,
    modal,
    multi_users_select,
    radio,
    section,
    select,
    text_input,
    timepicker,
    users_select,
)
from app.slack.views.modals.digests import WEEKDAYS
from app.slack.views.parts.decision import name_of
from app.slack.views.parts.decision_line import titled
from app.slack.views.parts.ladder import MOST_SEATED
from app.slack.views.scene import ChannelSettings, Scene
from app.slack.views.text import mentions
from app.words.ladder import rung_said
from app.words.working_time import shown_off


def reader_modal(scene: Scene) -> Block:
    decision = scene.decision
    blocks = [
        section(titled(decision.name, decision.title, 300)),
        input_(
            "to",
            "Who may read along?",
            users_select(placeholder="Choose a person"),
            hint="They can open the memo and answer questions. They don't sign.",
        ),
    ]
    return modal(Modal.READER, "Add a reader", blocks, submit="Add", d=decision.id)


def reader_out_modal(scene: Scene) -> Block:
    """Whoever was added can be taken out again."""
    decision = scene.decision
    options = [(name_of(scene, user) or user, user) for user in reading_along(decision)][:100]
    said = f"{titled(decision.name, decision.title, 300)}\n"
    if not options:
        return modal(Modal.READER_OUT, "Readers", [section(f"{said}Nobody reads along.")], d=decision.id)
    blocks = [
        section(f"{said}Their card is closed, and the memo opens for them no more. They can be added again."),
        input_("reader", "Whom do you take out?", select(options, placeholder="Choose a person")),
    ]
    return modal(Modal.READER_OUT, "Take a reader out", blocks, submit="Take out", d=decision.id)


def ladder_modal(settings: ChannelSettings) -> Block:
    """Who sits where. An empty rung of a channel falls back to the workspace's."""
    own = settings.ladder
    blocks: list[Block] = [
        section("A decision goes to the lowest rung that can decide it. The first person you name is asked first.")
    ]
    if not settings.keeps:
        who = f"{mentions(list(settings.keepers[:8]), 'or')} decides" if settings.keepers else "A keeper decides"
        blocks.append(context(f"You propose it: {who}, and you hear what became of it."))
    elif settings.channel and settings.keepers:
        blocks.append(
            context(f"For the whole workspace, {mentions(list(settings.keepers[:8]), 'or')} decides what you change.")
        )
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
        label = rung_said(rung)[0].upper() + rung_said(rung)[1:]
        blocks += _seat_inputs(
            rung.value, label, own.seats.get(rung, ()), settings.inherited.seats.get(rung, ()), settings
        )
    blocks += _seat_inputs(BAR_RAISER, "Bar raisers", own.bar_raisers, settings.inherited.bar_raisers, settings)
    blocks.append(context("A decision that climbs already keeps the ladder it started with."))
    return modal(Modal.LADDER, "The ladder", blocks, submit="Save" if settings.keeps else "Propose", c=settings.channel)


def _seat_inputs(
    field: str, label: str, own: tuple[str, ...], inherited: tuple[str, ...], settings: ChannelSettings
) -> list[Block]:
    hint = "Independent of the team; they sign beside the rung." if field == BAR_RAISER else None
    blocks = [input_(field, label, multi_users_select(own, "Choose people"), hint=hint, optional=True)]
    if settings.channel and inherited and not own:
        blocks.append(context(f"From the workspace: {mentions(inherited[:MOST_SEATED])}"))
    return blocks


def working_time_modal(chosen: WorkingTime, hours: WorkingHours, today: date) -> Block:
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
            checkboxes([(name, str(number)) for number, name in enumerate(WEEKDAYS)], worked),
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
