"""Facts that statute counts, as typed rows: contacts, referrals and what was decided on them; assessments; visits made."""

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


class Contact(core.OfAuthority):
    """One child's part in somebody getting in touch, and what was decided on it."""

    id = models.UUIDField(primary_key=True)
    contact = models.UUIDField()
    child = models.ForeignKey(Person, models.CASCADE, related_name="contacts")
    received_on = models.DateField()
    source = models.TextField(blank=True)
    tier = models.TextField(blank=True)
    decided_on = models.DateField(null=True)
    outcome = models.TextField(blank=True)

    class Sensitivity(core.Sensitivity):
        """That somebody was worried about a child."""

        special_category = frozenset({"tier", "outcome"})
        third_party = frozenset({"source"})
        about_the_work = frozenset({"id", "authority", "contact", "child", "received_on", "decided_on"})

    class Meta:
        """A child is in a contact once; what is decided is decided on a day."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contact", "child"], name="contact_child_once"),
            models.CheckConstraint(
                condition=models.Q(decided_on__isnull=False) | models.Q(outcome=""), name="contact_outcome_has_its_day"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["child", "-received_on"], name="contact_by_child"),
            models.Index(fields=["received_on"], name="contact_waiting", condition=models.Q(decided_on__isnull=True)),
        ]


class Referral(core.OfAuthority):
    """One child's part in a referral, what was decided on it, and when whoever made it was told."""

    id = models.UUIDField(primary_key=True)
    referral = models.UUIDField()
    child = models.ForeignKey(Person, models.CASCADE, related_name="referrals")
    received_on = models.DateField()
    source = models.TextField(blank=True)
    tier = models.TextField(blank=True)
    decided_on = models.DateField(null=True)
    decision = models.TextField(blank=True)
    told_on = models.DateField(null=True)

    class Sensitivity(core.Sensitivity):
        """That a child was referred, and what was decided."""

        special_category = frozenset({"tier", "decision"})
        third_party = frozenset({"source"})
        about_the_work = frozenset({"id", "authority", "referral", "child", "received_on", "decided_on", "told_on"})

    class Meta:
        """A child is in a referral once; what is decided is decided on a day."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["referral", "child"], name="referral_child_once"),
            models.CheckConstraint(
                condition=models.Q(decided_on__isnull=False) | models.Q(decision=""),
                name="referral_decision_has_its_day",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["child", "-received_on"], name="referral_by_child"),
            models.Index(fields=["received_on"], name="referral_waiting", condition=models.Q(told_on__isnull=True)),
        ]


class Assessment(core.OfAuthority):
    """One child's part in an assessment, from its beginning to its authorising or its end."""

    id = models.UUIDField(primary_key=True)
    assessment = models.UUIDField()
    child = models.ForeignKey(Person, models.CASCADE, related_name="assessments")
    a_type = models.TextField(blank=True)
    started_on = models.DateField(null=True)
    agreed_end = models.DateField(null=True)
    submitted_on = models.DateField(null=True)
    returned_on = models.DateField(null=True)
    countersigned_by = models.JSONField(default=list)
    authorised_on = models.DateField(null=True)
    outcome = models.TextField(blank=True)
    shared_with = models.JSONField(default=list)
    disagreed = models.JSONField(default=list)
    ended_on = models.DateField(null=True)

    class Sensitivity(core.Sensitivity):
        """That a child was assessed, and what came of it."""

        special_category = frozenset({"a_type", "outcome"})
        third_party = frozenset({"shared_with", "disagreed"})
        about_the_work = frozenset(
            {
                "id", "authority", "assessment", "child", "started_on", "agreed_end", "submitted_on", "returned_on",
                "countersigned_by", "authorised_on", "ended_on",
            }
        )  # fmt: skip

    class Meta:
        """A child is in an assessment once; what comes of it comes with its authorising."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assessment", "child"], name="assessment_child_once"),
            models.CheckConstraint(
                condition=models.Q(authorised_on__isnull=False) | models.Q(outcome=""),
                name="assessment_outcome_has_its_day",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["child", "-started_on"], name="assessment_by_child")]
