"""The room as a Django application."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The pages."""

    name = "kith.web"
    label = "web"
