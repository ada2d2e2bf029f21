"""The middleware that keeps what a signed-in person reads off the disk of the device they read it on."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class KeptOffDisk:
    """A page of a record is never stored by a browser or by anything between: the next person at a shared computer finds nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answers the request, and says that the answer is not to be stored."""
        response = self.get_response(request)
        if request.user.is_authenticated and "Cache-Control" not in response:
            response["Cache-Control"] = "private, no-store"
        return response
