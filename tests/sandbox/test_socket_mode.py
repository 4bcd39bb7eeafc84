"""The whole conversation of a Bolt app with the sandbox over Socket Mode."""

from __future__ import annotations

from typing import Any

from slack_bolt import App

from sandbox import Sandbox, Workspace
from tests.sandbox.conftest import Connect

MODAL: dict[str, Any] = {
    "type": "modal",
    "callback_id": "ask",
    "title": {"type": "plain_text", "text": "Ask"},
    "submit": {"type": "plain_text", "text": "Send"},
    "blocks": [
        {
            "type": "input",
            "block_id": "what",
            "label": {"type": "plain_text", "text": "What is it?"},
            "element": {"type": "plain_text_input", "action_id": "text", "min_length": 3},
        },
        {
            "type": "input",
            "block_id": "door",
            "label": {"type": "plain_text", "text": "Which door?"},
            "element": {
                "type": "static_select",
                "action_id": "pick",
                "options": [
                    {"text": {"type": "plain_text", "text": "Two-way"}, "value": "two"},
                    {"text": {"type": "plain_text", "text": "One-way"}, "value": "one"},
                ],
            },
        },
    ],
}


def doors(app: App) -> None:
    @app.command("/ask")
    def ask(ack: Any, body: dict[str, Any], client: Any) -> None:
        ack(f"Asking «{body['text']}»")
        client.views_open(trigger_id=body["trigger_id"], view=MODAL)

    @app.view("ask")
    def asked(ack: Any, body: dict[str, Any], view: dict[str, Any], client: Any) -> None:
        values = view["state"]["values"]
        if values["what"]["text"]["value"] == "bad":
            ack(response_action="errors", errors={"what": "Say more."})
            return
        ack()
        door = values["door"]["pick"]["selected_option"]["value"]
        client.chat_postMessage(
            channel=body["user"]["id"],
            text=f"{values['what']['text']['value']} is {door}",
            blocks=[
                {
                    "type": "actions",
                    "elements": [
                        {
                            "type": "button",
                            "action_id": "agree",
                            "text": {"type": "plain_text", "text": "Agree"},
                            "value": "yes",
                        }
                    ],
                }
            ],
        )

    @app.action("agree")
    def agree(ack: Any, respond: Any, action: dict[str, Any]) -> None:
        ack()
        respond(text=f"agreed: {action['value']}", replace_original=True, blocks=[])

    @app.message("hello")
    def hello(message: dict[str, Any], say: Any) -> None:
        say(f"hello <@{message['user']}>")


def test_a_command_opens_a_modal_whose_answer_comes_by_direct_message(
    slack: Sandbox, acme: Workspace, connect: Connect
) -> None:
    connect(doors)
    ana = acme.add_user("Ana")
    reply = ana.command("/ask", "Move?", channel=acme.add_channel("checkout", [ana]))
    assert reply.acked
    assert reply.text == "Asking «Move?»"
    modal = slack.wait_for(lambda: ana.modal)
    assert modal.title == "Ask"

    empty = ana.submit({"What is it?": "a database"})
    assert empty.errors == {"door": "Please complete this required field."}
    assert not empty.sent
    refused = ana.submit({"What is it?": "bad", "Which door?": "One-way"})
    assert refused.errors == {"what": "Say more."}
    done = ana.submit({"what": "a database"})
    assert (done.errors, done.closed, done.view) == ({}, True, None)

    message = slack.wait_for(ana.latest)
    assert message.text == "a database is one"
    assert ana.click(message, "Agree").acked
    slack.wait_for(lambda: "agreed: yes" in ana.latest().text)  # type: ignore[union-attr]
    assert slack.count_interactions(ana) == 5


def test_a_direct_message_is_heard_and_answered(slack: Sandbox, acme: Workspace, connect: Connect) -> None:
    connect(doors)
    ana = acme.add_user("Ana")
    ana.say("hello")
    slack.wait_for(lambda: any(m.text == f"hello <@{ana.id}>" for m in ana.sees()))
