"""The room as a Django application."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """Contacts, case notes and visits."""

    name = "kith.casework"
    label = "casework"
