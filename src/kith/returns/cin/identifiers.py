"""What a return says of the child: who, born and died when, and the codes that describe them."""

from kith.returns.cin.elements import Block
from kith.returns.cin.telling import TOO_EARLY, Telling
from kith.rules.days import iso


def tell_codes(telling: Telling, child: Block) -> None:
    """Checks the child's id and codes. They become no event."""
    year = telling.collection.year
    if year >= 2025:
        _check_id(telling, child)
        telling.code(child, "Sex", "4180", needed=True, mend="M, F or U")
    else:
        telling.code(child, "GenderCurrent", "4180", needed=True, mend="0, 1, 2 or 9")
    telling.code(child, "Ethnicity", "4220", needed=True)
    telling.code(child, "UPNunknown", "upn_unknown")
    if child.many:
        _tell_disabilities(telling, child)


def _check_id(telling: Telling, child: Block) -> None:
    who = telling.child
    if len(who) > 20:
        telling.problem("1570", child.values["LAchildID"], "LAchildID", who)
    if not (who.isalnum() and who.isascii()):
        telling.problem("1580", child.values["LAchildID"], "LAchildID", who)


def _tell_disabilities(telling: Telling, child: Block) -> None:
    allowed, texts = telling.asked.codes["Disability"], telling.piece.texts
    seen = set()
    for at in child.many:
        code = texts[at].strip()
        if code not in allowed:
            telling.problem("8540", at, "Disability", code)
        elif code in seen:
            telling.problem("8794", at, "Disability", code)
        seen.add(code)
    if "NONE" in seen and len(seen) > 1:
        telling.problem("8790", child.many[0], "Disability")


def tell_death(telling: Telling) -> None:
    """The child's death, if there is a day for it; after all else that happened on that day."""
    if telling.died:
        telling.event("child.died", telling.died, f"{telling.child}-died-1")


def tell_birth(telling: Telling, child: Block, referrals: list[int]) -> None:
    """The child's registration, on the day of the first referral; or the day of birth, for a child referred before it.

    Without either, it is the day of the first event there is.
    """
    if "PersonBirthDate" not in child.values and "ExpectedPersonBirthDate" not in child.values:
        telling.problem("8525Q", child.at, "PersonBirthDate", "neither is given")
        return
    fields: dict[str, object] = {}
    born = telling.day(child, "PersonBirthDate")
    if born:
        fields["date_of_birth"] = iso(born)
        if 0 < telling.died < born:
            telling.order("8535Q", child, "PersonDeathDate", telling.died, born)
    first = min(referrals, default=0) or min((event.day for event in telling.events), default=0)
    if "ExpectedPersonBirthDate" in child.values:
        expected = _expected(telling, child, on=first or born)
        if expected:
            fields["expected_on"] = iso(expected)
    if not fields:
        return
    event = telling.event("child.registered", max(first, born), f"{telling.child}-registered-1", None, fields)
    event.sequence = 0
    event.put_in_order()
    telling.events.insert(0, telling.events.pop())


def _expected(telling: Telling, child: Block, *, on: int) -> int:
    """The expected day of birth, which alone of all days may be after the reference date. `on` is the day to record it on."""
    at = child.values["ExpectedPersonBirthDate"]
    field, text = "ExpectedPersonBirthDate", telling.piece.texts[at]
    day = telling.asked.days[text]
    if "PersonBirthDate" in child.values:
        telling.problem("8525Q", at, field, "both are given")
    if day <= 0:
        telling.refuse(
            "too_early" if day == TOO_EARLY else "not_a_date", at, field, text.strip(), iso(telling.collection.last)
        )
        return 0
    if not on:
        telling.refuse("no_day", at, field, "CINreferralDate")
        return 0
    telling.read += 1
    if not iso(telling.collection.last)[:4] + "-03" <= iso(day)[:7] <= iso(telling.collection.last)[:4] + "-12":
        telling.problem("8530Q", at, field, iso(day))
    return day
