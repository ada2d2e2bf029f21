"""The room as a Django application."""

from functools import lru_cache
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import trans_real


class WebConfig(AppConfig):
    """The pages."""

    name = "kith.web"
    label = "web"

    def ready(self) -> None:
        """What was said once in a language is not looked for again in each of its lists of words: a page says some two hundred."""
        for language, _name in settings.LANGUAGES:
            words: Any = trans_real.translation(language)
            words.gettext = lru_cache(maxsize=10_000)(words.gettext)
