"""The room as a Django application."""

from django.apps import AppConfig

from kith.core.moments import read_quickly


class CoreConfig(AppConfig):
    """What everything stands on."""

    name = "kith.core"
    label = "core"

    def ready(self) -> None:
        """Before anything is read."""
        read_quickly()
