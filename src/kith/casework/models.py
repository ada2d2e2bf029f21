"""Facts that statute counts, as typed rows: visits made."""

from typing import ClassVar

from django.db import models

from kith.core import models as core
from kith.people.models import Person


class Visit(core.OfAuthority):
    """One child's part in one visit that was made (siblings visited together have one each)."""

    id = models.UUIDField(primary_key=True)
    visit = models.UUIDField()
    child = models.ForeignKey(Person, models.CASCADE, related_name="visits")
    made_on = models.DateField()
    worker = models.UUIDField(null=True)
    place = models.TextField(blank=True)
    seen = models.BooleanField(null=True)
    alone = models.BooleanField(null=True)
    not_seen_reason = models.TextField(blank=True)
    awaits = models.BooleanField(default=False)
    confirmed_on = models.DateField(null=True)
    returned_with = models.TextField(blank=True)

    class Sensitivity(core.Sensitivity):
        """That a child was visited, where, and whether they were seen."""

        special_category = frozenset({"not_seen_reason", "returned_with"})
        safety_sensitive = frozenset({"place"})
        third_party = frozenset({"worker"})
        about_the_work = frozenset(
            {"id", "authority", "visit", "child", "made_on", "seen", "alone", "awaits", "confirmed_on"}
        )

    class Meta:
        """A child is in a visit once; a child not seen is not seen alone."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["visit", "child"], name="visit_child_once"),
            models.CheckConstraint(condition=~models.Q(seen=False, alone=True), name="visit_alone_means_seen"),
        ]
        indexes: ClassVar = [models.Index(fields=["child", "-made_on"], name="visit_by_child")]
