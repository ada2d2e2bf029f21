"""The room as a Django application."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Practitioners, teams, roles and sign-in."""

    name = "kith.access"
    label = "access"
