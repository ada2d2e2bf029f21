"""Documents, their versions and who was given what, folded from the record; and deliveries that wait to be sent."""

from typing import ClassVar

from django.db import models

from kith.core import ids
from kith.core import models as core
from kith.people.models import Person


class Document(core.OfAuthority):
    """A letter made for one reader, or a file added to a record."""

    id = models.UUIDField(primary_key=True)
    letter = models.TextField(blank=True, help_text="The letter of the pack; empty for a file that was added.")
    records = models.TextField(blank=True, help_text="The kind of event that giving it records.")
    title = models.TextField()
    subject = models.TextField(blank=True)
    reader = models.TextField(blank=True)
    reader_name = models.TextField(blank=True)
    organisation = models.TextField(blank=True)
    write_to = models.TextField(blank=True)
    person = models.UUIDField(null=True, help_text="The reader, of the family or their network.")
    agency = models.UUIDField(
        null=True, help_text="The reader's agency, as the register has it; null where only its name is known."
    )
    professional = models.UUIDField(null=True, help_text="The reader, as the register has them.")
    home = models.UUIDField(null=True)
    may_know = models.TextField(blank=True)
    layout = models.TextField(blank=True)
    language = models.TextField(blank=True)
    left_out = models.TextField(blank=True)
    family = models.UUIDField(null=True)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)
    approval_by = models.TextField(blank=True)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.UUIDField(null=True)
    returned_with = models.TextField(blank=True)

    class Sensitivity(core.Sensitivity):
        """What was written, to whom, and where they were then."""

        identifies = frozenset({"reader_name", "person", "family"})
        special_category = frozenset({"title", "subject", "returned_with"})
        safety_sensitive = frozenset({"home", "write_to", "may_know"})
        third_party = frozenset({"organisation", "professional", "made_by", "approved_by"})
        about_the_work = frozenset({
            "id", "authority", "letter", "agency", "records", "reader", "layout", "language", "left_out", "made_at", "approval_by",
            "approved_at",
        })  # fmt: skip

    class Meta:
        """Approved by somebody, at a moment."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(approved_at__isnull=True) | models.Q(approved_by__isnull=False),
                name="document_approved_by_somebody",
            )
        ]

    @property
    def is_ready(self) -> bool:
        """Whether it may be given: approved, where the pack says that somebody approves it first."""
        return not self.approval_by or self.approved_at is not None


class DocumentChild(core.OfAuthority):
    """A child whom a document is about."""

    id = models.UUIDField(primary_key=True)
    document = models.ForeignKey(Document, models.CASCADE, related_name="children")
    child = models.ForeignKey(Person, models.CASCADE, related_name="documents")

    class Sensitivity(core.Sensitivity):
        """That a document is about a child."""

        about_the_work = frozenset({"id", "authority", "document", "child"})

    class Meta:
        """A document is about a child once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "child"], name="document_about_child_once"),
        ]


class Version(core.OfAuthority):
    """The bytes of a document as they were at one time, kept under their digest."""

    id = models.UUIDField(primary_key=True)
    document = models.ForeignKey(Document, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    content = models.CharField(max_length=64, blank=True, help_text="What a letter says, as data, under its digest.")
    media_type = models.TextField()
    file_name = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)

    class Sensitivity(core.Sensitivity):
        """A file's name may say what is in it."""

        special_category = frozenset({"file_name"})
        third_party = frozenset({"made_by"})
        about_the_work = frozenset(
            {"id", "authority", "document", "number", "digest", "content", "media_type", "made_at"}
        )

    class Meta:
        """Versions are counted."""

        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["document", "number"], name="version_number_once")]


class Share(core.OfAuthority):
    """One line of the ledger: who was given which version, how, in which language and layout, and whether they understood."""

    id = models.UUIDField(primary_key=True)
    document = models.ForeignKey(Document, models.CASCADE, related_name="shares")
    person = models.UUIDField(null=True)
    agency = models.UUIDField(null=True, help_text="As the register has it; null where only its name is known.")
    reader_name = models.TextField(blank=True)
    organisation = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)
    how = models.TextField(blank=True)
    language = models.TextField(blank=True)
    layout = models.TextField(blank=True)
    shared_on = models.DateField()
    shared_at = models.DateTimeField(null=True)
    by = models.UUIDField(null=True)
    understood = models.BooleanField(null=True)
    understood_note = models.TextField(blank=True)
    refused_by = models.TextField(blank=True)
    reason = models.TextField(blank=True)

    class Sensitivity(core.Sensitivity):
        """Who was given what."""

        identifies = frozenset({"person", "reader_name"})
        special_category = frozenset({"understood_note", "reason"})
        third_party = frozenset({"organisation", "by"})
        about_the_work = frozenset({
            "id", "authority", "document", "agency", "digest", "how", "language", "layout", "shared_on", "shared_at", "understood",
            "refused_by",
        })  # fmt: skip


class Delivery(core.OfAuthority):
    """A document on its way: waiting, being sent, sent, held for a person, or half done. Not folded: it is work in hand."""

    WAITING, SENDING, SENT, HELD, UNSURE, DROPPED, TO_PRINT = (
        "waiting", "sending", "sent", "held", "may_have_gone", "dropped", "to_print",
    )  # fmt: skip

    id = models.UUIDField(primary_key=True, default=ids.new)
    document = models.UUIDField()
    version = models.UUIDField()
    how = models.TextField()
    reach = models.UUIDField(null=True)
    write_to = models.TextField(blank=True)
    in_full = models.BooleanField(default=False)
    state = models.TextField()
    because = models.TextField(blank=True)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    released_by = models.UUIDField(null=True)
    released_at = models.DateTimeField(null=True)
    released_for = models.JSONField(default=list, blank=True)
    attempts = models.PositiveIntegerField(default=0)

    class Sensitivity(core.Sensitivity):
        """Where something is sent."""

        safety_sensitive = frozenset({"reach", "write_to"})
        third_party = frozenset({"asked_by", "released_by"})
        about_the_work = frozenset({
            "id", "authority", "document", "version", "how", "in_full", "state", "because", "asked_at", "changed_at",
            "released_at", "released_for", "attempts",
        })  # fmt: skip

    class Meta:
        """By what waits."""

        indexes: ClassVar = [
            models.Index(fields=["state", "asked_at"], name="delivery_by_state"),
            models.Index(fields=["document"], name="delivery_by_document"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(released_at__isnull=True) | models.Q(released_by__isnull=False),
                name="delivery_released_by_somebody",
            )
        ]
