"""One look at a decision for all the messages of a round."""

from app.db import posted_cards, queries
from app.slack.loading import Cases
from tests.workflows.colleagues import RITA, Company


def test_of_two_messages_in_one_round_the_second_sees_where_the_first_was_put(company: Company) -> None:
    id = company.triage()
    cases = Cases()

    def stands() -> str | None:
        with company.db.read() as session:
            case = cases.case(session, company.team, id, RITA)
            assert case
            found = cases.card(session, case.decision, "requester", RITA)
            return found.ts if found else None

    def put(ts: str) -> None:
        with company.db.begin() as session:
            posted_cards.remember_card(session, company.team, id, "requester", RITA, channel="D1", ts=ts, shown="")

    put("1.0")
    assert stands() == "1.0"
    put("2.0")
    assert stands() == "2.0"


def test_a_card_that_moves_keeps_its_place_in_the_order(company: Company) -> None:
    id = company.triage()
    with company.db.begin() as session:
        for who, ts in ((RITA, "1.0"), ("U2", "2.0"), (RITA, "3.0")):
            posted_cards.remember_card(session, company.team, id, "requester", who, channel="D1", ts=ts, shown="")
    with company.db.begin() as session:
        d = queries.decision(session, company.team, id)
        assert d
        assert [(card.recipient, card.ts) for card in posted_cards.cards(session, d)] == [(RITA, "3.0"), ("U2", "2.0")]
        assert posted_cards.around(session, d).standing == [("requester", RITA), ("requester", "U2")]
