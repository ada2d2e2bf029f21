"""Finding and making authorities."""

import uuid
from typing import Any

from kith.core.models import Authority


def find(slug: str) -> tuple[Authority | None, list[str]]:
    """The authority of a short name, or None; and the short names of all."""
    return Authority.objects.filter(slug=slug).first(), list(
        Authority.objects.order_by("slug").values_list("slug", flat=True)
    )


def every() -> list[Authority]:
    """Every authority, by name."""
    return list(Authority.objects.order_by("name"))


def make(slug: str, name: str, pack: str, **more: Any) -> Authority:
    """A new authority, or the one there is of that short name."""
    one, _ = Authority.objects.get_or_create(slug=slug, defaults={"name": name, "pack": pack, **more})
    return one


def set_evidence(authority: uuid.UUID, written: dict[str, Any]) -> None:
    """Sets what an authority's record can show, and from when."""
    Authority.objects.filter(id=authority).update(evidence=written)
