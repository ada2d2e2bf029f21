"""Practitioners, the teams they work in and the roles they hold from day to day. No child is known here."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from kith.core import ids
from kith.core import models as core
from kith.core.questions import Question


class Practitioners(BaseUserManager["Practitioner"]):
    """The people who sign in."""

    def get(self, *args: Any, **filters: Any) -> "Practitioner":
        """One practitioner. By their key alone, as every page asks for whoever is signed in, by a question put into SQL once."""
        if args or filters.keys() != {"pk"}:
            return super().get(*args, **filters)
        found = _BY_KEY.first(key=Practitioner._meta.pk.to_python(filters["pk"]))
        if found is None:
            raise Practitioner.DoesNotExist
        return found

    def get_by_natural_key(self, username: str | None) -> "Practitioner":
        """By e-mail address, whatever its capitals."""
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "Practitioner":
        """A new practitioner; without a password they can come in only by single sign-on."""
        one = self.model(email=email.lower(), **fields)
        one.set_password(password)
        one.save(using=self._db)
        return one


class Practitioner(AbstractBaseUser):
    """Someone who signs in: a worker of the authority or of a partner agency. Read before the authority is known."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    authority = models.UUIDField(null=True, editable=False)
    email = models.EmailField(unique=True)
    name = models.TextField()
    job_title = models.TextField(blank=True)
    telephone = models.TextField(blank=True)
    agency = models.TextField(blank=True, help_text="The partner agency that employs them; empty for the authority.")
    agency_id = models.UUIDField(null=True, help_text="The same agency in the register, whose sharing agreement holds.")
    language = models.CharField(max_length=10, default="en")
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(null=True)

    objects: ClassVar[Practitioners] = Practitioners()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Sensitivity(core.Sensitivity):
        """A worker, not a child or a family."""

        third_party = frozenset({"email", "name", "telephone"})
        about_the_work = frozenset(
            {
                "id",
                "authority",
                "job_title",
                "agency",
                "agency_id",
                "language",
                "is_active",
                "joined_at",
                "password",
                "last_login",
            }
        )

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """Their name, as the sign-in pages ask for it."""
        return self.name

    def get_short_name(self) -> str:
        """The first word of their name."""
        return self.name.partition(" ")[0]


_BY_KEY = Question[Practitioner](lambda *, key: Practitioner.objects.filter(pk=key))


class Team(core.OfAuthority):
    """A team of the authority."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    name = models.TextField()
    telephone = models.TextField(blank=True)
    disbanded_on = models.DateField(null=True)

    class Sensitivity(core.Sensitivity):
        """Nothing of a person."""

        about_the_work = frozenset({"id", "authority", "name", "telephone", "disbanded_on"})

    class Meta:
        """One name, one team."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["authority", "name"], name="team_name_once")]

    def __str__(self) -> str:
        return self.name


class RoleHeld(core.OfAuthority):
    """A role of the authority's procedure held by a practitioner, perhaps in a team, from one day to another."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    practitioner = models.ForeignKey(Practitioner, models.PROTECT, related_name="roles_held")
    role = models.TextField()
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="roles_held")
    from_on = models.DateField()
    until_on = models.DateField(null=True)

    class Sensitivity(core.Sensitivity):
        """A worker's roles."""

        about_the_work = frozenset({"id", "authority", "practitioner", "role", "team", "from_on", "until_on"})

    class Meta:
        """A role ends on or after the day it begins."""

        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(until_on__isnull=True) | models.Q(until_on__gte=models.F("from_on")),
                name="role_ends_after_it_begins",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["practitioner", "from_on"], name="role_by_practitioner")]
