"""Audit entries: what was done, what was looked at, what was searched for. Only ever added to."""

from typing import ClassVar

from django.db import models

from kith.core import models as core


class Entry(core.OfAuthority):
    """One act, look or search. Ids without foreign keys, so that it never stands in the way of the record."""

    only_added_to = True

    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    by_name = models.TextField(blank=True)
    did = models.TextField()
    name = models.TextField(blank=True)
    subject = models.UUIDField(null=True)
    ground = models.TextField(blank=True)
    details = models.JSONField(default=dict)

    class Sensitivity(core.Sensitivity):
        """Search words may name anyone; a look says that a person is known to the authority."""

        identifies = frozenset({"details", "subject"})
        third_party = frozenset({"by", "by_name"})
        about_the_work = frozenset({"id", "authority", "at", "did", "name", "ground"})

    class Meta:
        """Read by subject, by reader, by day."""

        indexes: ClassVar = [
            models.Index(fields=["subject", "-at"], name="audit_by_subject"),
            models.Index(fields=["by", "-at"], name="audit_by_reader"),
        ]
