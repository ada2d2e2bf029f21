"""The middleware that makes each request one unit of work of the signed-in person's authority."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from kith.core import units

SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")


class UnitOfWork:
    """Everything a request reads or writes of an authority's rows happens in one transaction of that authority.

    A page that failed leaves nothing half done: an error answer rolls the unit back.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answers the request inside its unit."""
        authority = getattr(request.user, "authority", None)
        if authority is None:
            return self.get_response(request)
        try:
            with units.of_work(authority, writing=request.method not in SAFE):
                response = self.get_response(request)
                if response.status_code >= 500:
                    raise _Failed(response)
                return response
        except _Failed as failed:
            return failed.response


class _Failed(Exception):
    def __init__(self, response: HttpResponse) -> None:
        super().__init__(response.status_code)
        self.response = response
