"""The stored index of what is owed. Derived from the record, rebuilt at any time; words that depend on today are not here."""

from typing import ClassVar

from django.db import models

from kith.core import models as core
from kith.people.models import Child


class Owed(core.OfAuthority):
    """One obligation: one duty owed for one set of names because of one event, and how it closed if it did."""

    id = models.UUIDField(primary_key=True)
    circle = models.UUIDField()
    duty = models.TextField()
    title = models.TextField()
    cites = models.JSONField()
    statutory = models.BooleanField()
    pack = models.TextField()
    names = models.JSONField()
    child = models.ForeignKey(Child, models.CASCADE, null=True, related_name="owed")
    children = models.JSONField()
    owed_by = models.TextField()
    role = models.TextField()
    holder = models.UUIDField(null=True)
    due_on = models.DateField(null=True)
    due_at = models.DateTimeField(null=True)
    dated_on = models.DateField(null=True)
    cannot = models.BooleanField(default=False)
    cannot_tell = models.BooleanField(default=False)
    from_on = models.DateField()
    closed_on = models.DateField(null=True)
    closed_as = models.TextField(blank=True)
    started_by = models.TextField()
    met_by = models.TextField(blank=True)
    meets = models.JSONField()
    why = models.TextField(blank=True)

    class Sensitivity(core.Sensitivity):
        """What is owed for a child says what is happening to them."""

        special_category = frozenset({"duty", "title", "why", "meets"})
        identifies = frozenset({"names", "children", "child"})
        about_the_work = frozenset(
            {
                "id", "authority", "circle", "cites", "statutory", "pack", "owed_by", "role", "holder", "due_on", "due_at",
                "dated_on", "cannot", "cannot_tell", "from_on", "closed_on", "closed_as", "started_by", "met_by",
            }
        )  # fmt: skip

    class Meta:
        """Worklists ask for what is open, by holder, by role, by child; what is closed says how."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(closed_on__isnull=True, closed_as="")
                | (models.Q(closed_on__isnull=False) & ~models.Q(closed_as="")),
                name="owed_closed_says_how",
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["holder", "due_on"],
                name="owed_open_by_holder",
                condition=models.Q(closed_on__isnull=True),
            ),
            models.Index(
                fields=["role", "due_on"],
                name="owed_open_by_role",
                condition=models.Q(closed_on__isnull=True),
            ),
            models.Index(fields=["child", "due_on"], name="owed_by_child"),
            models.Index(fields=["circle"], name="owed_by_circle"),
        ]


class WorkedOut(core.OfAuthority):
    """When the duties of a circle were last worked out, and the next day on which they change with no event."""

    circle = models.UUIDField(primary_key=True)
    again_on = models.DateField(null=True)
    mark = models.UUIDField(null=True, help_text="Another whenever the stored obligations of the circle become others.")

    class Sensitivity(core.Sensitivity):
        """Ids and days."""

        about_the_work = frozenset({"circle", "authority", "again_on", "mark"})

    class Meta:
        """By the day."""

        indexes: ClassVar = [models.Index(fields=["again_on"], name="worked_out_again")]
