"""A bare Django page that makes one indexed query: what a page of Kith is measured against."""

import os

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

if not settings.configured:
    import environ

    database = environ.Env().db("DATABASE_URL")
    database["OPTIONS"] = {"pool": {"min_size": 1, "max_size": 4}}
    settings.configure(
        DATABASES={"default": database}, ROOT_URLCONF=__name__, SECRET_KEY="measured", ALLOWED_HOSTS=["*"], USE_TZ=True,
        AUTHORITY=os.environ.get("KITH_BENCH_AUTHORITY", ""), PERSON=os.environ.get("KITH_BENCH_PERSON", ""),
    )  # fmt: skip
    django.setup()


def page(_request: HttpRequest) -> HttpResponse:
    """One row by its key."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("select name from access_practitioner where id = %s", [settings.PERSON])
        return HttpResponse(f"<p>{cursor.fetchone()}</p>")


urlpatterns = [path("", page)]
application = get_wsgi_application()
