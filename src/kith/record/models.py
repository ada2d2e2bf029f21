"""The record: files, events, whom each is about, the words kept apart, and how subjects hang together."""

from typing import Any, ClassVar

from django.db import models

from kith.core import ids
from kith.core import models as core


class File(core.OfAuthority):
    """The unit of order and of tamper evidence. Appending locks its row, so facts queue and never collide."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    name = models.TextField()
    subject = models.UUIDField()
    sequence = models.BigIntegerField(default=0)
    digest = models.BinaryField(default=b"")

    class Sensitivity(core.Sensitivity):
        """Ids and counts."""

        about_the_work = frozenset({"id", "authority", "name", "subject", "sequence", "digest"})

    class Meta:
        """One file for a subject."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["subject", "authority"], name="file_once")]


class Event(core.OfAuthority):
    """A fact: what happened, when it happened, when it was known, who recorded it. Only ever added to."""

    only_added_to = True

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    file = models.ForeignKey(File, models.PROTECT, related_name="events")
    sequence = models.BigIntegerField()
    kind = models.TextField()
    schema = models.SmallIntegerField(default=1)
    happened_on = models.DateField()
    happened_at = models.DateTimeField(null=True)
    ended_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    precision = models.TextField(default="day")
    known_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)
    recorded_under = models.TextField(blank=True)
    about = models.JSONField()
    coded = models.JSONField(default=dict)
    parts = models.JSONField(default=dict)
    explained = models.JSONField(default=dict)
    words_digest = models.TextField(blank=True)
    corrects = models.UUIDField(null=True)
    withdraws = models.UUIDField(null=True)
    seals = models.UUIDField(null=True)
    source = models.TextField(blank=True)
    previous_digest = models.BinaryField()
    digest = models.BinaryField()

    class Sensitivity(core.Sensitivity):
        """Coded answers say what happened to a child: every kind of sensitivity but where to find someone."""

        identifies = frozenset({"about", "coded", "parts"})
        special_category = frozenset({"coded", "parts", "kind"})
        criminal_offence = frozenset({"coded", "parts", "kind"})
        third_party = frozenset({"about", "parts", "explained"})
        about_the_work = frozenset(
            {
                "id", "authority", "file", "sequence", "schema", "happened_on", "happened_at", "ended_on", "ended_at",
                "precision", "known_at", "recorded_at", "recorded_by", "recorded_under", "words_digest", "corrects",
                "withdraws", "seals", "source", "previous_digest", "digest",
            }
        )  # fmt: skip

    class Meta:
        """One event at each place of a file; an event ends after it begins; one amendment at a time."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["file", "sequence"], name="event_one_place"),
            models.CheckConstraint(
                condition=models.Q(ended_on__isnull=True) | models.Q(ended_on__gte=models.F("happened_on")),
                name="event_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=models.Q(corrects__isnull=True, withdraws__isnull=True)
                | models.Q(corrects__isnull=True, seals__isnull=True)
                | models.Q(withdraws__isnull=True, seals__isnull=True),
                name="event_amends_one_way",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["recorded_at"], name="event_by_recording")]


class EventAbout(core.OfAuthority):
    """Whom or what an event is about: the index by which anything is read."""

    only_added_to = True

    event = models.ForeignKey(Event, models.PROTECT, related_name="abouts")
    name = models.TextField()
    subject = models.UUIDField()
    kind = models.TextField()
    happened_on = models.DateField()

    class Sensitivity(core.Sensitivity):
        """Ids."""

        about_the_work = frozenset({"id", "authority", "event", "name", "subject", "kind", "happened_on"})

    class Meta:
        """By subject, latest first."""

        indexes: ClassVar = [
            models.Index(fields=["subject", "-happened_on"], name="about_by_subject"),
            models.Index(fields=["event"], name="about_by_event"),
        ]


class EventWords(core.OfAuthority):
    """What an event says in words, and what would name or find a person: beside it, so that it can be destroyed alone.

    `salt` keeps anyone from guessing destroyed words by their digest.
    """

    event = models.OneToOneField(Event, models.PROTECT, primary_key=True, related_name="told")
    salt = models.TextField()
    words: Any = models.JSONField()

    class Sensitivity(core.Sensitivity):
        """Anything may stand here."""

        identifies = frozenset({"words"})
        special_category = frozenset({"words"})
        criminal_offence = frozenset({"words"})
        safety_sensitive = frozenset({"words"})
        third_party = frozenset({"words"})
        about_the_work = frozenset({"event", "authority", "salt"})


class Circle(core.OfAuthority):
    """Subjects that events have joined: the children, families, plans and meetings whose duties are worked out together."""

    subject = models.UUIDField()
    name = models.TextField()
    circle = models.UUIDField()

    class Sensitivity(core.Sensitivity):
        """Ids."""

        about_the_work = frozenset({"id", "authority", "subject", "name", "circle"})

    class Meta:
        """A subject stands in one circle."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["subject", "authority"], name="circle_once")]
        indexes: ClassVar = [models.Index(fields=["circle"], name="circle_members")]


class Merged(core.OfAuthority):
    """A record that is read as part of another: two records turned out to be one person. Derived from the merging event."""

    subject = models.UUIDField()
    into = models.UUIDField()
    event = models.ForeignKey(Event, models.PROTECT, related_name="+")

    class Sensitivity(core.Sensitivity):
        """Ids."""

        about_the_work = frozenset({"id", "authority", "subject", "into", "event"})

    class Meta:
        """A record is read as part of one other."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["subject", "authority"], name="merged_once")]
        indexes: ClassVar = [models.Index(fields=["into"], name="merged_into")]
