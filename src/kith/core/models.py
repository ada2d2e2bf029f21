"""What every table stands on: the authority it belongs to, and the classification of each of its fields."""

from typing import Any, ClassVar

from django.db import models

from kith.core import authorities, ids


class Sensitivity:
    """What each stored field is. Every model has one; a field that stands in none of its sets fails the build.

    `safety_sensitive` would lead someone to a person. A field may stand in several.
    """

    identifies: ClassVar[frozenset[str]] = frozenset()
    special_category: ClassVar[frozenset[str]] = frozenset()
    criminal_offence: ClassVar[frozenset[str]] = frozenset()
    safety_sensitive: ClassVar[frozenset[str]] = frozenset()
    third_party: ClassVar[frozenset[str]] = frozenset()
    about_the_work: ClassVar[frozenset[str]] = frozenset()


class OneAuthority(models.Manager[Any]):
    """Rows of the authority of this unit of work, and of no other. Raises NoAuthority outside a unit."""

    def get_queryset(self) -> models.QuerySet[Any]:
        """The rows of one authority."""
        return super().get_queryset().filter(authority=authorities.current())


class OfAuthority(models.Model):
    """A table whose every row belongs to one authority; on PostgreSQL row-level security stands behind `objects`."""

    authority = models.UUIDField(default=authorities.current, editable=False)

    objects = OneAuthority()
    everywhere: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        """Abstract."""

        abstract = True


class Authority(models.Model):
    """A council: a separate data controller with a procedure of its own. Holds no child."""

    id = models.UUIDField(primary_key=True, default=ids.new, editable=False)
    slug = models.SlugField(unique=True)
    name = models.TextField()
    pack = models.TextField(help_text="The procedure pack it works by, such as “england”.")
    adopts = models.JSONField(default=list, blank=True)
    evidence = models.JSONField(default=dict, blank=True)
    code = models.TextField(blank=True, help_text="The three figures of its number in statutory returns.")

    class Sensitivity(Sensitivity):
        """Nothing of a person."""

        about_the_work = frozenset({"id", "slug", "name", "pack", "adopts", "evidence", "code"})

    def __str__(self) -> str:
        return self.name


class Installation(models.Model):
    """What this database is. One row, written when it is created; a demonstration stays one for ever."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    demonstration = models.BooleanField()
    created_at = models.DateTimeField()

    class Sensitivity(Sensitivity):
        """Nothing of a person."""

        about_the_work = frozenset({"id", "demonstration", "created_at"})

    class Meta:
        """There is one."""

        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(id=1), name="installation_is_one")]
