"""Who may do something, as people are told who it is for."""

from app.domain.permissions import Who
from app.words.people import WHO_SAID


def test_everybody_that_something_is_for_is_called_somehow() -> None:
    assert set(WHO_SAID) == set(Who)
    assert len(set(WHO_SAID.values())) == len(Who)
