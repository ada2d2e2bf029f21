"""The room as a Django application."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Letters, files, shares and deliveries."""

    name = "kith.documents"
    label = "documents"
