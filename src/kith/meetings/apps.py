"""The room as a Django application."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """Meetings with families, and those that statute asks for."""

    name = "kith.meetings"
    label = "meetings"
