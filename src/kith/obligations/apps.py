"""The room as a Django application."""

from django.apps import AppConfig


class ObligationsConfig(AppConfig):
    """What is owed."""

    name = "kith.obligations"
    label = "obligations"
