"""A guest meets no button that would refuse them; somebody who becomes one loses those they had."""

import json

from tests.e2e import scenes
from tests.e2e.house import Tale


def test_a_guest_who_types_a_command_is_offered_nothing_that_is_refused(shown: Tale) -> None:
    t, retail = shown, shown.cast.retail
    guest = t.stage.ws.add_user("Gus", guest=True)
    t.stage.ws.state.channels[retail.id].members.append(guest.id)
    for text in ("help", "list", "ladder", "digest"):
        t.command(guest, text, retail)
        said = scenes.last(guest, retail)
        for act in ("start_open", "ladder_open", "digest_open"):
            assert act not in said, text
    guest.say("hello")
    t.stage.pump()
    assert "start_open" not in scenes.last(guest)
    guest.open_home()
    t.stage.pump()
    home = guest.home()
    assert home
    assert "members start decisions" in json.dumps(home.body)
    assert "start_open" not in json.dumps(home.body)


def test_a_signer_who_becomes_a_guest_keeps_only_what_a_guest_may_do(shown: Tale) -> None:
    t, vera = shown, shown.cast.vera
    scenes.in_review(t)
    assert "sign_open:approve" in scenes.everything(vera)
    vera.change(guest=True)
    t.stage.pump()
    card = scenes.text(t.card(vera, "question_open"))
    assert "sign_open" not in card
    assert "only members sign" in card
    vera.change(guest=False)
    t.stage.pump()
    assert "sign_open:approve" in scenes.everything(vera)
