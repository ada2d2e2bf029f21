"""People as the record says they are: rows folded from events, for searching, listing and deciding who may open what."""

from typing import ClassVar

from django.db import models

from kith.core import models as core


class Person(core.OfAuthority):
    """A child, a relative, a carer, a professional: the picture's first lines, for lists and search."""

    id = models.UUIDField(primary_key=True)
    is_child = models.BooleanField()
    name = models.TextField(blank=True)
    sort_name = models.TextField(blank=True)
    born_on = models.DateField(null=True)
    born_approximately = models.BooleanField(default=False)
    expected_on = models.DateField(null=True)
    pregnancy_ended_on = models.DateField(null=True)
    died_on = models.DateField(null=True)
    sex = models.TextField(blank=True)
    family = models.UUIDField(null=True)
    merged_into = models.UUIDField(null=True)

    class Sensitivity(core.Sensitivity):
        """Who someone is."""

        identifies = frozenset({"name", "sort_name", "born_on", "born_approximately", "expected_on", "family"})
        special_category = frozenset({"sex", "pregnancy_ended_on", "died_on", "expected_on"})
        about_the_work = frozenset({"id", "authority", "is_child", "merged_into"})

    class Meta:
        """By name."""

        indexes: ClassVar = [
            models.Index(fields=["sort_name"], name="person_by_name"),
            models.Index(fields=["family"], name="person_by_family"),
        ]


class SearchKey(core.OfAuthority):
    """A key by which a person is found, matched by equality: a word, a sound, three letters, an identifying number."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="keys")
    key = models.TextField()

    class Sensitivity(core.Sensitivity):
        """Parts of names and identifying numbers."""

        identifies = frozenset({"key"})
        about_the_work = frozenset({"id", "authority", "person"})

    class Meta:
        """By key."""

        indexes: ClassVar = [models.Index(fields=["key", "person"], name="search_by_key")]


class Child(core.OfAuthority):
    """How the authority works with a child now: who holds the case, whether it is open, and whether the record is."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="as_child")
    held_by = models.UUIDField(null=True)
    team = models.UUIDField(null=True)
    is_open = models.BooleanField(default=False)
    opened_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    plan = models.TextField(blank=True)
    restricted = models.BooleanField(default=False)
    restricted_because = models.TextField(blank=True)
    guardian = models.UUIDField(null=True)

    class Sensitivity(core.Sensitivity):
        """That a child is known, and how."""

        special_category = frozenset({"plan", "restricted_because"})
        about_the_work = frozenset(
            {"person", "authority", "held_by", "team", "is_open", "opened_on", "closed_on", "restricted", "guardian"}
        )

    class Meta:
        """Worklists by team and holder; a restricted record has a guardian."""

        indexes: ClassVar = [
            models.Index(fields=["team", "is_open"], name="child_by_team"),
            models.Index(fields=["held_by"], name="child_by_holder"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(restricted=False) | models.Q(guardian__isnull=False), name="restricted_has_guardian"
            )
        ]


class Involvement(core.OfAuthority):
    """A worker's part in a child's life: allocated, working beside, chairing; from one day to another."""

    id = models.UUIDField(primary_key=True)
    child = models.ForeignKey(Person, models.CASCADE, related_name="involvements")
    worker = models.UUIDField()
    role = models.TextField()
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Sensitivity(core.Sensitivity):
        """Who works with whom."""

        third_party = frozenset({"worker"})
        about_the_work = frozenset({"id", "authority", "child", "role", "from_on", "until_on"})

    class Meta:
        """By worker."""

        indexes: ClassVar = [models.Index(fields=["worker", "until_on"], name="involvement_by_worker")]


class Door(core.OfAuthority):
    """A record opened to a worker, or closed to one, apart from role and team; an emergency opening is one with an end."""

    OPENED, CLOSED, GLASS = "opened", "closed", "glass"

    id = models.UUIDField(primary_key=True)
    child = models.ForeignKey(Person, models.CASCADE, related_name="doors")
    worker = models.UUIDField()
    how = models.TextField()
    because = models.TextField(blank=True)
    until_at = models.DateTimeField(null=True)
    reviewed = models.BooleanField(default=False)

    class Sensitivity(core.Sensitivity):
        """A closed door may say that a worker is a relative."""

        third_party = frozenset({"worker", "because"})
        about_the_work = frozenset({"id", "authority", "child", "how", "until_at", "reviewed"})

    class Meta:
        """By worker."""

        indexes: ClassVar = [models.Index(fields=["worker", "child"], name="door_by_worker")]


class FamilyMember(core.OfAuthority):
    """Someone's place in a family, from one day to another."""

    id = models.UUIDField(primary_key=True)
    family = models.UUIDField()
    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    relation = models.TextField(blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Sensitivity(core.Sensitivity):
        """Who belongs with whom."""

        identifies = frozenset({"family", "relation"})
        about_the_work = frozenset({"id", "authority", "person", "from_on", "until_on"})

    class Meta:
        """By family."""

        indexes: ClassVar = [models.Index(fields=["family"], name="member_by_family")]


class Agency(core.OfAuthority):
    """An agency that families meet: what it is, where, and whom to ring; from one day to another."""

    id = models.UUIDField(primary_key=True)
    name = models.TextField()
    kind = models.TextField()
    address = models.TextField(blank=True)
    telephone = models.TextField(blank=True)
    e_mail = models.TextField(blank=True)
    ring = models.TextField(blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Sensitivity(core.Sensitivity):
        """The address of a refuge leads to those who live there."""

        safety_sensitive = frozenset({"address", "telephone", "e_mail"})
        third_party = frozenset({"ring"})
        about_the_work = frozenset({"id", "authority", "name", "kind", "from_on", "until_on"})

    class Meta:
        """By name."""

        indexes: ClassVar = [models.Index(fields=["name"], name="agency_by_name")]


class SharingAgreement(core.OfAuthority):
    """What an agency's staff may see of the children they work with, by stem (`visit`), from one day to another."""

    id = models.UUIDField(primary_key=True)
    agency = models.UUIDField()
    covers = models.JSONField(default=list)
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Sensitivity(core.Sensitivity):
        """Nothing of a person."""

        about_the_work = frozenset({"id", "authority", "agency", "covers", "from_on", "until_on"})

    class Meta:
        """By agency."""

        indexes: ClassVar = [models.Index(fields=["agency", "from_on"], name="agreement_by_agency")]


class Post(core.OfAuthority):
    """A professional's work at an agency, from one day to another."""

    id = models.UUIDField(primary_key=True)
    person = models.UUIDField()
    agency = models.UUIDField()
    name = models.TextField()
    title = models.TextField(blank=True)
    telephone = models.TextField(blank=True)
    e_mail = models.TextField(blank=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Sensitivity(core.Sensitivity):
        """Somebody at work, who is neither a child nor of a family."""

        third_party = frozenset({"person", "name", "title", "telephone", "e_mail"})
        about_the_work = frozenset({"id", "authority", "agency", "from_on", "until_on"})

    class Meta:
        """By agency and by person."""

        indexes: ClassVar = [
            models.Index(fields=["agency", "until_on"], name="post_by_agency"),
            models.Index(fields=["person"], name="post_by_person"),
        ]
