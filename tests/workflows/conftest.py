"""The company, on each database."""

import pytest

from app.db.session import Database
from tests.workflows.colleagues import Company


@pytest.fixture
def company(db: Database) -> Company:
    return Company(db).settle_in()


@pytest.fixture
def elsewhere(company: Company) -> Company:
    """A second workspace on the same database, with the same people and channels by name."""
    return Company(company.db, team="T2").settle_in()
