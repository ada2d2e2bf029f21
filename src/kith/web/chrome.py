"""What stands around every page: the name of the service, who is signed in, the ways on."""

from typing import Any

from django.http import HttpRequest


def around_every_page(request: HttpRequest) -> dict[str, Any]:
    """The context every template has."""
    return {"viewer": request.user if getattr(request, "user", None) and request.user.is_authenticated else None}
