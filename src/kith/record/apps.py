"""The room as a Django application."""

from django.apps import AppConfig


class RecordConfig(AppConfig):
    """The record of events."""

    name = "kith.record"
    label = "record"
