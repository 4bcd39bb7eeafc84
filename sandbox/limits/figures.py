"""Slack's figures, in one table: how long, how many, how few.

Every row names the page of Slack's reference (docs.slack.dev) that states it, and the day it was read.
Lengths are in characters unless the name says `items` or `bytes`. Where the reference is silent the row
says so and the stricter reading is taken: what passes here passes in Slack.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_BLOCKS = "reference/block-kit/blocks/"
_ELEMENTS = "reference/block-kit/block-elements/"
_OBJECTS = "reference/block-kit/composition-objects/"
_SHARED = "reference/block-kit/block-elements/button-element"


@dataclass(frozen=True, slots=True)
class Limit:
    """`least` and `most` are both allowed; `source` is a page below docs.slack.dev, or says what else it is;
    `day` is when it was read, ISO."""

    most: int
    source: str
    day: str
    least: int = 0


_FIRST = "2026-11-23"
_AGAIN = "2026-11-30"


def _table(source: str, day: str = _FIRST, /, **rows: int | tuple[int, int]) -> dict[str, Limit]:
    """Rows of one page: `name=most` or `name=(least, most)`; `__` in a name stands for a dot."""
    table: dict[str, Limit] = {}
    for name, row in rows.items():
        least, most = row if isinstance(row, tuple) else (0, row)
        table[name.replace("__", ".")] = Limit(most=most, least=least, source=source, day=day)
    return table


LIMITS: Mapping[str, Limit] = {
    # Composition objects
    **_table(_OBJECTS + "text-object", text=(1, 3000)),
    **_table(
        _OBJECTS + "option-object",
        option__text=(1, 75),
        option__value=(1, 150),
        option__description=(1, 75),
    ),
    **_table(
        _OBJECTS + "option-group-object",
        option_group__label=(1, 75),
        option_group__options__items=(1, 100),
    ),
    **_table(
        _OBJECTS + "confirmation-dialog-object",
        confirm__title=(1, 100),
        confirm__text=(1, 300),
        confirm__confirm=(1, 30),
        confirm__deny=(1, 30),
    ),
    **_table(_OBJECTS + "dispatch-action-configuration-object", dispatch__items=(1, 2)),
    # A conversation has four kinds, and the filter may name each once.
    **_table(_OBJECTS + "conversation-filter-object", filter__include__items=(1, 4)),
    # Elements
    **_table(_SHARED, action_id=(1, 255)),
    **_table(
        _ELEMENTS + "button-element",
        button__text=(1, 75),
        button__value=2000,
        button__url=3000,
        button__accessibility_label=75,
        # From slack_sdk's ButtonElement.
        button__agent_prompt=4000,
    ),
    **_table(
        _ELEMENTS + "select-menu-element",
        placeholder=(1, 150),
        select__options__items=(1, 100),
        select__option_groups__items=(1, 100),
    ),
    # An upper bound is not documented: no list of options is longer than 100 groups of 100.
    **_table(
        _ELEMENTS + "multi-select-menu-element",
        multi_select__max_selected_items=(1, 10_000),
        multi_select__initial__items=(0, 10_000),
    ),
    **_table(_ELEMENTS + "overflow-menu-element", overflow__options__items=(1, 5)),
    **_table(_ELEMENTS + "checkboxes-element", checkboxes__options__items=(1, 10)),
    **_table(_ELEMENTS + "radio-button-group-element", radio_buttons__options__items=(1, 10)),
    **_table(
        _ELEMENTS + "plain-text-input-element",
        plain_text_input__min_length=(0, 3000),
        plain_text_input__max_length=(1, 3000),
        plain_text_input__initial_value=3000,
    ),
    **_table(_ELEMENTS + "rich-text-input-element", rich_text_input__lines=(1, 100)),
    **_table(_ELEMENTS + "file-input-element", file_input__max_files=(1, 10)),
    **_table(_ELEMENTS + "icon-button-element", icon_button__visible_to__items=(0, 10)),
    # Blocks
    **_table(
        "reference/block-kit/blocks",
        block_id=(1, 255),
        message__blocks__items=50,
        view__blocks__items=(1, 100),
    ),
    **_table(_BLOCKS + "actions-block", actions__elements__items=(1, 25)),
    **_table(_BLOCKS + "alert-block", alert__text=(1, 200)),
    **_table(
        _BLOCKS + "card-block",
        card__title=(1, 150),
        card__subtitle=(1, 150),
        card__body=(1, 200),
        card__subtext=(1, 200),
        card__actions__items=(1, 3),
    ),
    **_table(_BLOCKS + "carousel-block", carousel__elements__items=(1, 10)),
    **_table(
        _BLOCKS + "container-block",
        container__title=(1, 150),
        container__subtitle=(1, 150),
        container__child_blocks__items=(1, 10),
    ),
    **_table(_BLOCKS + "context-block", context__elements__items=(1, 10)),
    **_table(_BLOCKS + "context-actions-block", context_actions__elements__items=(1, 5)),
    # The page said 101 rows until the autumn of 2026; 201 and 20,000 are in the registry of slackblocks 3.0.0
    # (PyPI, 2026-10), 201 in slack-morphism 2.30.0.
    **_table(
        _BLOCKS + "data-table-block",
        _AGAIN,
        data_table__rows__items=(2, 201),
        data_table__total=20_000,
        data_table__columns__items=(1, 20),
        data_table__page_size=(1, 100),
        data_table__row_header_column_index=(0, 19),
    ),
    **_table(
        _BLOCKS + "data-visualization-block",
        chart__title=(1, 50),
        chart__label=(1, 20),
        chart__axis_label=(1, 50),
        chart__data__items=(1, 20),
        chart__series__items=(1, 12),
        chart__charts__items=2,
    ),
    # How many items a row takes and how many blocks an item, the page was not seen to say: as few as rows, and as many
    # as a container.
    **_table(
        _BLOCKS + "layout-block",
        _AGAIN,
        layout__label=(1, 150),
        layout__rows__items=(1, 5),
        layout__items__items=(1, 5),
        layout__blocks__items=(1, 10),
    ),
    # From slack_sdk 3.47's AuthProviderBlock.
    **_table(
        _BLOCKS + "auth-provider-block",
        _AGAIN,
        auth_provider__value=(1, 150),
        auth_provider__name=(1, 75),
        auth_provider__description=(1, 150),
        auth_provider__identity=(1, 75),
        auth_provider__url=(1, 3000),
    ),
    **_table(_BLOCKS + "header-block", header__text=(1, 150)),
    **_table(
        _BLOCKS + "image-block",
        image__image_url=(1, 3000),
        image__alt_text=(1, 2000),
        image__title=(1, 2000),
    ),
    **_table(_BLOCKS + "input-block", input__label=(1, 2000), input__hint=(1, 2000)),
    **_table(_BLOCKS + "markdown-block", markdown__text=(1, 12_000), markdown__total=12_000),
    **_table(_BLOCKS + "plan-block", plan__tasks__items=50),
    **_table(_BLOCKS + "rich-text-block", rich_text_list__indent=(0, 8), rich_text__border=(0, 1)),
    **_table(
        _BLOCKS + "section-block",
        section__text=(1, 3000),
        section__field=(1, 2000),
        section__fields__items=(1, 10),
    ),
    # The reference: 10,000 characters over all tables of a message.
    **_table(
        _BLOCKS + "table-block",
        table__rows__items=(1, 100),
        table__columns__items=(1, 20),
        table__column_settings__items=20,
        table__total=10_000,
    ),
    # The reference says "less than 200" and "less than 50".
    **_table(
        _BLOCKS + "video-block",
        video__title=(1, 199),
        video__author_name=49,
        video__provider_name=49,
        video__description=(1, 200),
        video__url=(1, 3000),
    ),
    # Messages
    **_table(
        "reference/methods/chat.postMessage",
        message__text=40_000,
        message__attachments__items=100,
    ),
    **_table("reference/methods/chat.update", update__text=4000),
    # Undocumented: Slack answers msg_blocks_too_long somewhere past 11 to 13 thousand characters
    # over all blocks of a message, and counts about 100 for a header besides its text. 12,000
    # characters of shown text are taken, the figure Slack states for markdown.
    **_table("reference/methods/chat.postMessage#errors", message__blocks_text=12_000),
    # The page states no size; 16 KB is where metadata_too_large has been seen.
    **_table(
        "messaging/message-metadata",
        metadata__event_type=(1, 255),
        metadata__bytes=16_000,
    ),
    # Streams: 256 is the page's figure for a task; the whole is one message's markdown.
    **_table(
        "reference/methods/chat.appendStream",
        _AGAIN,
        stream__markdown_text=(1, 12_000),
        stream__text=12_000,
        stream__task__id=(1, 256),
        stream__task__title=(1, 256),
        stream__task__details=256,
        stream__task__output=256,
        stream__plan__title=(1, 256),
    ),
    # Views
    **_table(
        "reference/views/modal-views",
        view__title=(1, 24),
        view__submit=(1, 24),
        view__close=(1, 24),
        view__callback_id=255,
        view__external_id=255,
        view__private_metadata=3000,
    ),
    **_table("reference/methods/views.open#errors", view__bytes=250_000),
    # The app manifest: lengths and counts of Slack's published schema, version 2.0.0.
    **_table(
        "reference/app-manifest",
        manifest__name=(1, 35),
        manifest__description=(1, 140),
        manifest__long_description=(175, 4000),
        manifest__bot_name=(1, 80),
        manifest__commands__items=(1, 50),
        manifest__command=(2, 32),
        manifest__command_description=(1, 2000),
        manifest__usage_hint=(1, 1000),
        manifest__url=(1, 3000),
        manifest__request_url=(1, 3500),
        manifest__shortcuts__items=(1, 10),
        manifest__shortcut_name=(1, 24),
        manifest__shortcut_description=(1, 150),
        manifest__callback_id=(1, 255),
        manifest__unfurl__items=(1, 5),
        manifest__domain=(1, 255),
        manifest__agent_description=300,
        manifest__prompts__items=4,
        manifest__redirects__items=1000,
        manifest__redirect=2500,
        manifest__scopes__items=255,
        manifest__scope=(1, 50),
        manifest__events__items=100,
        manifest__event=(1, 50),
        manifest__metadata__items=(1, 20),
        manifest__addresses__items=(1, 50),
        manifest__functions__items=50,
        manifest__workflows__items=50,
        manifest__datastores__items=10,
        manifest__types__items=50,
        manifest__outgoing__items=10,
        manifest__outgoing=(1, 50),
        manifest__mcp_servers__items=20,
        manifest__mcp_url=(1, 500),
        manifest__workflow_steps__items=(1, 10),
        manifest__workflow_step=(1, 50),
        manifest__categories__items=3,
        manifest__category=(1, 255),
        manifest__languages__items=(1, 50),
        manifest__page=(1, 500),
    ),
}
