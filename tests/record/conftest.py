"""Two councils, and a worker and a child of the first."""

import pytest

import cast


@pytest.fixture
def lincolnshire(db):
    """A council."""
    return cast.council("lincolnshire")


@pytest.fixture
def walsall(db):
    """Another council."""
    return cast.council("walsall")
