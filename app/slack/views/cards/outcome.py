"""What became of a decision, as its requester sees it: the answer, what was predicted, what happened."""

from app.domain.lifecycle import Status
from app.domain.looking_back import Look
from app.domain.policy.intervals import EXPIRES_AFTER
from app.domain.signing.signoff import Answer
from app.domain.triage.doors import Door
from app.slack.ids import Act
from app.slack.views.blocks import Block, actions, button, context, fields, section
from app.slack.views.parts.decision import card_message, door_said, on_day, privacy_button, title_blocks
from app.slack.views.parts.looking_back import predicted_and_happened, promises
from app.slack.views.parts.memo import prediction_line
from app.slack.views.parts.next_step import asked_below, next_step
from app.slack.views.parts.signing import pending_signers, sign_offs
from app.slack.views.scene import Message, Scene
from app.slack.views.text import block_text, day, inline, mention, mentions
from app.words.ladder import rung_said

_IDLE_DAYS = EXPIRES_AFTER.days


def outcome_card(scene: Scene) -> Message:
    decision = scene.decision
    shown = {
        Status.APPROVED: _approved_card,
        Status.DECLINED: _declined_card,
        Status.IMPLEMENTED: _implemented_card,
        Status.DEFLECTED: _deflected_card,
        Status.LEARNED: _looked_back_card,
        Status.REVIEWED: _looked_back_card,
        Status.WITHDRAWN: _withdrawn_card,
    }
    return shown.get(decision.status, _expired_card)(scene)


def _approved_card(scene: Scene) -> Message:
    decision = scene.decision
    when = f" on {on_day(scene, decision.decided_at)}" if decision.decided_at else ""
    blocks = [
        *title_blocks(scene, f"One-way door · memo version {decision.memo_version}", says_next=True),
        section(f":white_check_mark: *Approved{when}. {next_step(scene)}* The review is four weeks later."),
        section(f"*Signed by*\n{sign_offs(scene)}"),
        *_predicted_block(scene),
        actions(
            button("It shipped…", Act.SHIPPED_OPEN, style="primary", d=decision.id),
            button("It was dropped…", Act.DROP_OPEN, d=decision.id),
            *_memo_buttons(scene),
        ),
    ]
    return card_message(scene, "approved. Say when it shipped.", blocks)


def _predicted_block(scene: Scene) -> list[Block]:
    memo = scene.decision.memo
    held_to = (memo.prediction if memo else None, *promises(scene))
    lines = dict.fromkeys(filter(None, (prediction_line(scene, one) for one in held_to)))
    return [section("\n".join(["*Predicted*", *lines]))] if lines else []


def _declined_card(scene: Scene) -> Message:
    decision = scene.decision
    if decision.looks:
        return _looked_back_card(scene)
    no = next((signer for signer in decision.signers if signer.answer is Answer.DECLINE), None)
    who = mention(no.user_id) if no else "Your signer"
    when = f" on {on_day(scene, no.answered_at)}" if no and no.answered_at else ""
    why = f"\n{block_text(no.said, 1200, quote=True)}" if no and no.said else ""
    if decision.look_on:
        then = f"The no stands. *{next_step(scene)}*"
        label = "Choose another day…"
    else:
        again = "a member can start again" if scene.guest else "start again"
        then = f"You can go along with it and set a day to look again, or {again} with what was learned."
        label = "Set a day to look again…"
    blocks = [
        *title_blocks(scene, f"One-way door · memo version {decision.memo_version}"),
        section(f":no_entry: *{who} declined{when}.*{why}"),
        section(then),
        actions(
            button(label, Act.REVISIT_OPEN, d=decision.id), *_start_again(scene, "Start again…"), *_memo_buttons(scene)
        ),
    ]
    return card_message(scene, f"declined. {then}", blocks)


def _implemented_card(scene: Scene) -> Message:
    decision = scene.decision
    shipped = day(decision.shipped_on, scene.today) if decision.shipped_on else "an unknown day"
    review = next_step(scene) if decision.look_on else ""
    blocks = [
        *title_blocks(scene, "One-way door", says_next=True),
        section(f":package: *Shipped on {shipped}. {review}*"),
        *_predicted_block(scene),
        actions(
            button("Review now…", Act.LOOK_OPEN, d=decision.id, look=Look.REVIEW.value),
            button("It shipped on another day…", Act.SHIPPED_OPEN, d=decision.id),
            *_memo_buttons(scene),
        ),
    ]
    return card_message(scene, f"shipped on {shipped}. {review}", blocks)


def _deflected_card(scene: Scene) -> Message:
    decision = scene.decision
    on = day(decision.look_on, scene.today) if decision.look_on else "a day to be set"
    caller = next((signer for signer in decision.signers if signer.answer is Answer.TWO_WAY), None)
    below = next((one for one in decision.answers.tried or () if one.who == decision.owner_id), None)
    who = next_step(scene)
    how = f"*{who}* It is a two-way door: no leader is needed."
    if caller:
        how = f"*{who}* {mention(caller.user_id)} calls it a two-way door:\n{block_text(caller.said, 700, quote=True)}"
    elif below and decision.door is Door.ONE_WAY:  # from before whoever decides below did so in writing
        how = f"*{who}* It stops with the {rung_said(below.rung)}."
    whom = "you" if scene.viewer == decision.owner_id else mention(decision.owner_id)
    row = [button("Learning check now…", Act.LOOK_OPEN, d=decision.id, look=Look.LEARNING.value), *_memo_buttons(scene)]
    blocks = [
        *title_blocks(scene, door_said(decision), says_next=True),
        section(f":leftwards_arrow_with_hook: {how}"),
        fields(f"*Judged by*\n{inline(decision.metric or '', 600) or 'Nothing yet.'}", f"*Learning check*\n{on}"),
        actions(*row),
        context(f"On that day I will ask {whom} what was chosen, and whether it was right."),
    ]
    return card_message(scene, f"back with the team. Learning check on {on}.", blocks)


def _looked_back_card(scene: Scene) -> Message:
    decision = scene.decision
    if not decision.looks:
        return _expired_card(scene)
    row = decision.looks[-1]
    said = {Look.LEARNING: "Looked back", Look.REVIEW: "Reviewed", Look.REVISIT: "Looked at again"}[row.look.look]
    when = on_day(scene, row.at)
    blocks = [
        *title_blocks(scene, "Closed"),
        section(f":mag: *{said} on {when}*, by {mention(row.by)}."),
        *predicted_and_happened(scene),
    ]
    blocks.append(actions(*_memo_buttons(scene)))
    return card_message(scene, f"{said.lower()} on {when}.", blocks)


def _withdrawn_card(scene: Scene) -> Message:
    decision = scene.decision
    last = next((event for event in reversed(scene.history) if event.what in ("withdraw", "drop")), None)
    why = str(last.detail.get("why") or "") if last else ""
    dropped = last is not None and last.what == "drop"
    who = "You" if not last or last.actor == scene.viewer else mention(last.actor)
    when = f" on {on_day(scene, decision.decided_at)}" if decision.decided_at and not dropped else ""
    said = f"{who} dropped it before it shipped." if dropped else f"{who} withdrew this{when}."
    told = mentions([signer.user_id for signer in pending_signers(decision)])
    if decision.settled_by is not None:
        settled = f"*D-{decision.settled_by} settles it.* It was decided before, so nobody decides it again."
        blocks = [*title_blocks(scene, "Settled"), section(f":card_index_dividers: {settled}")]
        return card_message(scene, f"settled by D-{decision.settled_by}.", blocks)
    blocks = [
        *title_blocks(scene, "Withdrawn"),
        section(f"*{said}* Nobody has to act." + (f"\n{block_text(why, 1000, quote=True)}" if why else "")),
    ]
    if told:
        blocks.append(context(f"Told: {told}."))
    blocks.append(actions(*_memo_buttons(scene)))
    return card_message(scene, "withdrawn.", blocks)


def _expired_card(scene: Scene) -> Message:
    decision = scene.decision
    asked = asked_below(decision)
    waited = f" {mention(asked.who)} still had the question." if asked else ""
    then = "A member can start it again" if scene.guest else "Start it again"
    then += " if it still has to be decided."
    blocks = [
        *title_blocks(scene, "Expired"),
        section(f"*Closed, since nobody touched it for {_IDLE_DAYS} days.*{waited} {then}"),
        actions(*_start_again(scene, "Start it again…", "primary"), *_memo_buttons(scene)),
    ]
    return card_message(scene, f"closed, since nobody touched it for {_IDLE_DAYS} days.", blocks)


def _start_again(scene: Scene, label: str, style: str | None = None) -> list[Block]:
    """A new decision in its place; guests start none."""
    return [] if scene.guest else [button(label, Act.START_OPEN, style=style, d=scene.decision.id)]


def _memo_buttons(scene: Scene) -> list[Block]:
    """What can be read and taken along, where a memo was written, and who may know."""
    decision = scene.decision
    papers = (
        [button("Read", Act.MEMO_READ, d=decision.id), button("Export", Act.EXPORT, d=decision.id)]
        if decision.memo
        else []
    )
    return [*papers, privacy_button(scene)]
