"""The record as it stood: corrections in place, errors withdrawn, entries on the wrong person gone, merges followed."""

from collections.abc import Iterable, Iterator

from kith.rules.events import Event

FOR_EVER = 1 << 61


def as_known(events: Iterable[Event], known_at: int = FOR_EVER) -> list[Event]:
    """The events known at a moment, each corrected as it then was.

    A corrected event stands in the original's place and keeps its id and its `known`. A withdrawn event is gone from the
    moment that was known, and withdrawing a correction brings the earlier text back. A sealed event (made on the wrong
    person) is gone whatever moment is asked about.
    """
    every = list(events)
    if not any(event.amends for event in every):
        return [event for event in every if event.known <= known_at]
    sealed = _with_corrections(every, {event.seals for event in every if event.seals})
    known = [event for event in every if event.known <= known_at]
    gone = _withdrawn(known, sealed)
    standing: dict[str, Event] = {}
    for event in sorted(known, key=lambda one: (one.corrects is not None, one.known, one.sequence)):
        if event.id in gone or event.withdraws or event.seals:
            continue
        if event.corrects is None:
            standing[event.id] = event
        else:
            first = _original(event, every)
            if first.id in standing:
                standing[first.id] = event.moved_to(first.id, first.known, first.sequence)
    return list(_merged(standing.values()))


def _withdrawn(known: list[Event], sealed: set[str | None]) -> set[str | None]:
    """The ids that are gone: a withdrawal that was itself withdrawn, or sealed, takes nothing away."""
    gone = set(sealed)
    withdrawals = [event for event in known if event.withdraws]
    for event in sorted(withdrawals, key=lambda one: (one.known, one.sequence), reverse=True):
        if event.id not in gone:
            gone.add(event.withdraws)
    return gone


def _with_corrections(every: list[Event], ids: set[str | None]) -> set[str | None]:
    grown = True
    while grown:
        more = {event.id for event in every if event.corrects in ids} - ids
        ids, grown = ids | more, bool(more)
    return ids


def _original(event: Event, every: list[Event]) -> Event:
    by_id = {one.id: one for one in every}
    seen = {event.id}
    while event.corrects in by_id and event.corrects not in seen:
        event = by_id[event.corrects]
        seen.add(event.id)
    return event


def _merged(events: Iterable[Event]) -> Iterator[Event]:
    """Ids read through every merge of two records of one child."""
    every = list(events)
    into = {e.names["child"]: e.fields["into"] for e in every if e.kind == "child.merged" and "into" in e.fields}

    def follow(one: str) -> str:
        seen = {one}
        while one in into and into[one] not in seen:
            one = into[one]
            seen.add(one)
        return one

    for event in every:
        child = event.names.get("child")
        if not into or child is None or event.kind == "child.merged":
            yield event
            continue
        moved = event.moved_to(event.id, event.known, event.sequence)
        ids = child if isinstance(child, tuple) else (child,)
        followed = tuple(dict.fromkeys(follow(one) for one in ids))
        moved.names = {**event.names, "child": followed if len(followed) > 1 else followed[0]}
        moved.several = any(isinstance(one, tuple) for one in moved.names.values())
        moved.parts = {follow(one): part for one, part in event.parts.items()}
        yield moved


def apart(events: Iterable[Event]) -> Iterator[list[Event]]:
    """The histories that share nobody: events joined by any name but a worker's, who belongs to many families."""
    parent: dict[tuple[str, str], tuple[str, str]] = {}

    def root(node: tuple[str, str]) -> tuple[str, str]:
        while parent.setdefault(node, node) != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    every = list(events)
    first: list[tuple[str, str]] = []
    for event in every:
        nodes = list(_linking(event))
        first.append(nodes[0])
        for node in nodes[1:]:
            parent[root(nodes[0])] = root(node)
    groups: dict[tuple[str, str], list[Event]] = {}
    for event, node in zip(every, first, strict=True):
        groups.setdefault(root(node), []).append(event)
    yield from groups.values()


def _linking(event: Event) -> Iterator[tuple[str, str]]:
    yield "event", event.id
    for earlier in (event.corrects, event.withdraws, event.seals):
        if earlier:
            yield "event", earlier
    if "into" in event.fields:
        yield "child", str(event.fields["into"])
    linking = [name for name in event.names if name != "worker"] or list(event.names)
    for name in linking:
        ids = event.names[name]
        for one in ids if isinstance(ids, tuple) else (ids,):
            yield name, one
