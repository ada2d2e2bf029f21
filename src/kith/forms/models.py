"""Drafts: what is typed before it is recorded. A draft is not an event, and nothing half-true is in the record."""

from typing import ClassVar

from django.db import models

from kith.core import ids
from kith.core import models as core


class Draft(core.OfAuthority):
    """Answers being typed by one practitioner, about some children, on a form of a pack at a version.

    `version` counts saves: a save against an older one is refused, and both texts are shown. `reached` are the ids of the pages of
    a form of several that its writer has come to, in that order.
    """

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    form = models.TextField()
    pack = models.TextField()
    author = models.UUIDField()
    child = models.UUIDField()
    children = models.JSONField(default=list)
    answers = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    for_owed = models.UUIDField(null=True)
    corrects = models.UUIDField(null=True)
    reached = models.JSONField(default=list)
    returned_with = models.TextField(blank=True)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    submitted_as = models.UUIDField(null=True)

    class Sensitivity(core.Sensitivity):
        """Anything may be typed."""

        identifies = frozenset({"answers", "child", "children"})
        special_category = frozenset({"answers"})
        criminal_offence = frozenset({"answers"})
        safety_sensitive = frozenset({"answers"})
        third_party = frozenset({"answers", "author", "returned_with"})
        about_the_work = frozenset(
            {
                "id",
                "authority",
                "form",
                "pack",
                "version",
                "reached",
                "for_owed",
                "corrects",
                "started_at",
                "saved_at",
                "submitted_as",
            }
        )

    class Meta:
        """By author and by child."""

        indexes: ClassVar = [
            models.Index(fields=["author", "-saved_at"], name="draft_by_author"),
            models.Index(fields=["child"], name="draft_by_child"),
        ]
