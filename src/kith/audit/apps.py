"""The room as a Django application."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Who did, and who looked."""

    name = "kith.audit"
    label = "audit"
