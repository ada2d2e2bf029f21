"""The room as a Django application."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Children, families and their networks."""

    name = "kith.people"
    label = "people"
