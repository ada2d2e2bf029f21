"""Meetings as rows, for diaries and worklists; and what is being typed in the room, until the meeting is recorded."""

from typing import ClassVar

from django.db import models

from kith.core import models as core
from kith.people.models import Person


class Meeting(core.OfAuthority):
    """One child's part in one meeting: asked for, arranged, held, or not held and why."""

    ASKED, ARRANGED, HELD, REFUSED, NOT_HELD = "asked", "arranged", "held", "refused", "not_held"

    id = models.UUIDField(primary_key=True)
    meeting = models.UUIDField()
    child = models.ForeignKey(Person, models.CASCADE, related_name="meetings")
    a_type = models.TextField(blank=True)
    state = models.TextField()
    asked_on = models.DateField(null=True)
    on = models.DateField(null=True)
    starts_at = models.TextField(blank=True)
    minutes = models.IntegerField(null=True)
    venue = models.TextField(blank=True)
    chair = models.UUIDField(null=True)
    coordinator = models.UUIDField(null=True)
    recorded = models.BooleanField(default=False)

    class Sensitivity(core.Sensitivity):
        """That there is a meeting about a child, and where and when: it would lead somebody to them."""

        special_category = frozenset({"a_type", "state"})
        safety_sensitive = frozenset({"on", "starts_at", "venue"})
        third_party = frozenset({"chair", "coordinator"})
        about_the_work = frozenset({"id", "authority", "meeting", "child", "asked_on", "minutes", "recorded"})

    class Meta:
        """A child is in a meeting once; what is arranged has its day."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "child"], name="meeting_child_once"),
            models.CheckConstraint(
                condition=~models.Q(state="arranged") | models.Q(on__isnull=False), name="meeting_arranged_has_its_day"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["child", "-on"], name="meeting_by_child"),
            models.Index(fields=["on"], name="meeting_by_day"),
        ]


class Notes(core.OfAuthority):
    """What is being typed in the room of one meeting. `typed` holds the fields as they stand, `log` what each said before which
    version, `beside` what two people wrote of the same at the same time. Emptied when the meeting is recorded."""

    id = models.UUIDField(primary_key=True)
    version = models.IntegerField(default=0)
    typed = models.JSONField(default=dict)
    log = models.JSONField(default=list)
    beside = models.JSONField(default=dict)
    alone = models.BooleanField(default=False)
    saved_at = models.DateTimeField()
    saved_by = models.UUIDField(null=True)
    recorded_as = models.UUIDField(null=True)

    class Sensitivity(core.Sensitivity):
        """What a family says in a meeting."""

        special_category = frozenset({"typed", "log", "beside"})
        safety_sensitive = frozenset({"typed", "log", "beside"})
        third_party = frozenset({"typed", "log", "beside", "saved_by"})
        about_the_work = frozenset({"id", "authority", "version", "alone", "saved_at", "recorded_as"})
