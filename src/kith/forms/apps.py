"""The room as a Django application."""

from django.apps import AppConfig


class FormsConfig(AppConfig):
    """Answers against a pack's forms, and drafts."""

    name = "kith.forms"
    label = "forms"
