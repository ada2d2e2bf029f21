"""The harness: two databases, how hard hypothesis tries, and nothing that reaches outside this machine."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# A property over the record takes back each example itself (database.forgotten).
QUIET = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
settings.register_profile("here", max_examples=50, deadline=None, suppress_health_check=QUIET)
settings.register_profile("bench", max_examples=1000, deadline=None, suppress_health_check=QUIET)
settings.load_profile(os.environ.get("KITH_HYPOTHESIS", "here"))

TOUCHES = frozenset(("db", "transactional_db", "live_server", "django_db_setup"))


def pytest_configure(config: pytest.Config) -> None:
    """The marks that say on which database a test runs."""
    config.addinivalue_line("markers", "postgresql: only PostgreSQL has what this tests")
    config.addinivalue_line("markers", "both: a browser story told on PostgreSQL too")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On SQLite everything but what only PostgreSQL has; on PostgreSQL what touches a database, and few browser stories."""
    wanted = _on_postgresql if os.environ.get("KITH_TEST_CLUSTER") else _on_sqlite
    kept = [item for item in items if wanted(item)]
    config.hook.pytest_deselected(items=[item for item in items if not wanted(item)])
    items[:] = kept


def _on_sqlite(item: pytest.Item) -> bool:
    return item.get_closest_marker("postgresql") is None


def _on_postgresql(item: pytest.Item) -> bool:
    if item.get_closest_marker("browser") is not None and item.get_closest_marker("both") is None:
        return False
    return item.get_closest_marker("django_db") is not None or not TOUCHES.isdisjoint(getattr(item, "fixturenames", ()))


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    """A database of this process's own, as an owner makes it and the application then meets it."""
    from django.test import TransactionTestCase

    import database

    # A table that only grows refuses Django's own way of emptying it after a test.
    TransactionTestCase._fixture_teardown = lambda self: database.empty()
    with django_db_blocker.unblock():
        database.make()
    yield
    with django_db_blocker.unblock():
        database.remove()
