"""The room as a Django application."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """What everything stands on."""

    name = "kith.core"
    label = "core"
