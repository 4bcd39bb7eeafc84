"""When a channel gets its digest."""

from app.slack.ids import Modal
from app.slack.views.blocks import Block, alert, checkboxes, input_, modal, radio, section, text_input, timepicker
from app.slack.views.scene import ChannelSettings

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WORKDAYS = (0, 1, 2, 3, 4)
DEFAULT_TIME = "09:00"


def digest_modal(settings: ChannelSettings, *, member: bool = True) -> Block:
    """When the channel hears of its open decisions. ``member``: whether we are in it."""
    plan = settings.plan
    days = plan.days if plan else WORKDAYS
    first = [] if member else [alert("I am not in this channel yet. First type /invite @Threshold there.", "warning")]
    blocks = [
        *first,
        section("The digest says what is open here, most urgent first, and who acts next. Private decisions stay out."),
        input_("on", "Digest", radio([("On", "on"), ("Off", "off")], "off" if plan and not plan.on else "on")),
        input_(
            "days",
            "On which days?",
            checkboxes([(name, str(number)) for number, name in enumerate(WEEKDAYS)], [str(number) for number in days]),
            optional=True,
        ),
        input_("at", "At what time?", timepicker(plan.at if plan else DEFAULT_TIME)),
        input_(
            "tz",
            "In which time zone?",
            text_input(plan.tz if plan else settings.tz, placeholder="Europe/Berlin", max_length=64),
        ),
    ]
    return modal(Modal.DIGEST, "The digest", blocks, submit="Save", c=settings.channel)
