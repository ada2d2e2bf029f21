"""What this database is: a demonstration, marked when it was made and for ever; or not."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from kith.core import clock
from kith.core.models import Installation


def mark(*, demonstration: bool) -> str:
    """Marks a new database; an old one keeps its mark. Returns what the database is, in words. Raises ImproperlyConfigured
    when a database that is not a demonstration is asked to become one."""
    one, new = Installation.objects.get_or_create(
        id=1, defaults={"demonstration": demonstration, "created_at": clock.now()}
    )
    if demonstration and not one.demonstration:
        raise ImproperlyConfigured(
            "this database holds real records or was made for them; a demonstration needs one of its own"
        )
    what = "a demonstration" if one.demonstration else "for real records"
    return f"The database is {'made' if new else 'up to date'}: {what}."


def is_demonstration() -> bool:
    """Whether this database was marked as a demonstration when it was made."""
    return Installation.objects.filter(demonstration=True).exists()


def demonstration_is_open() -> bool:
    """Whether the sign-in of the demonstration is open: it needs the mark and the switch."""
    return bool(settings.DEMONSTRATION) and is_demonstration()


def check_fit_for_production() -> None:
    """Raises ImproperlyConfigured when production settings are used on a demonstration."""
    if settings.PRODUCTION and is_demonstration():
        raise ImproperlyConfigured("this database is a demonstration: production settings refuse to start on it")
