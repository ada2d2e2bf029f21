"""Every address of the application, by area."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("allauth.urls")),
    path("", include("kith.web.urls")),
]
