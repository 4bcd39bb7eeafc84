"""Story 8. A decision that begins with its press release, and is held to what that promised."""

from app.domain.lifecycle import Status
from app.domain.syncs.life import SyncState
from demo.stories import Telling, written
from tests.stories.seen import decision, hears, keys_sent, refusals, said_to


def test_it_is_written_read_signed_and_held_to_its_three_outcomes(told: Telling) -> None:
    dana = told.cast.dana
    before = told.stage.slack.count_interactions(dana)
    written.write(told)
    d = decision(told)
    assert (d.title, d.document_version, d.status) == (written.HEADLINE, 1, Status.TRIAGE)
    channel = " ".join(str(message.blocks) for message in told.cast.sam.sees(told.cast.retail))
    assert "Nobody types a part number" not in channel, "a document is read by those who take part"
    written.decide(told)
    d = decision(told)
    assert d.status is Status.APPROVED
    assert [(one.kind.value, one.text) for one in d.remarks if one.text] == [("comment", "Approved.")]
    assert d.sync is not None
    assert (d.sync.state, d.sync.minutes_back) == (SyncState.CANCELLED, 150)
    assert told.stage.slack.count_interactions(dana) - before == 1, "a written approval takes one interaction"
    cast = told.cast
    for person in (cast.sam, cast.vera, cast.kenji, cast.dana, cast.marco):
        assert hears(person, "given back.* Nobody has to come.") == 1, f"{person.name} hears it once"
        assert hears(person, "150 minutes of five people given back") == 2, "on the card, and in the notice"
        files = [file["name"] for message in person.sees() for file in message.files]
        assert [name for name in files if name.endswith(".ics")] == ["D-1-sync.ics", "D-1-sync-cancelled.ics"]
    assert "Vera, the VP of Retail (imagined, and agreed to by Vera)" in str(page_of(told))
    for form, name in (("md", "D-1-press-release.md"), ("docx", "D-1-press-release.docx")):
        take_along(told, form)
        assert name in [file["name"] for message in told.cast.kenji.sees() for file in message.files]
    written.review(told)
    d = decision(told)
    assert d.status is Status.REVIEWED
    assert d.looks[0].look.happened.splitlines() == [
        "Add-to-cart on product pages: 6.4%",
        "Seconds to a second product: 9 seconds",
        "Returns of parts that do not fit: 3.1%",
    ]
    card = " ".join(said_to(told.cast.sam))
    assert "Seconds to a second product from 45 to 8" in card
    assert set(keys_sent(told).values()) == {1}
    assert refusals(told) == []


def page_of(t: Telling) -> object:
    t.taps(t.cast.kenji, "document_read")
    return t.stage.slack.wait_for(lambda: t.cast.kenji.modal, what="the page").blocks


def take_along(t: Telling, form: str) -> None:
    assert t.cast.kenji.click_modal(f"document_export:{form}").acked
    t.stage.pump()
    t.cast.kenji.close_modal()  # what was said lies on top of the page
