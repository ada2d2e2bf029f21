"""Ashmere's stays: one agreed at a meeting under section 20, with its review; one that began in an emergency and ended at home."""
# Stories read better as lines than as columns of arguments.
# fmt: off

from collections.abc import Callable, Mapping

from kith.demo.councils import data
from kith.demo.courses import carer_enters
from kith.demo.gatherings import Gathering
from kith.demo.seeing import Seen, visit
from kith.demo.working_days import thursday


def _texts(seen: Seen, name: str) -> dict[str, str]:
    return {key: seen.filled(text, seen.kids[0]) for key, text in data("texts")["meetings"][name].items()}


def agreed(seen: Seen, one: Gathering) -> None:
    """The meeting agreed to fourteen days at most, having looked at the family first; each parent was told and agrees; a review is set."""
    says, on, kid, tell = _texts(seen, "stay"), thursday(seen.family, -9), seen.kids[0], seen.family.tell
    one.ask(on - 15, safe_at_home="not_known")
    one.arrange(on - 12, on)
    one.invite(on - 11)
    one.reply(on - 4)
    tell("carer.considered", on - 5, child=kid, person="dad", answer="not_able", words={"offer": says["considered_dad"]})
    one.hold(on, outcomes=["section_20", "support_package"])
    tell(
        "accommodation.agreed/section_20", on, child=kid, accommodation="stay", meeting=one.key, accommodation_ground="nobody_able", at_request_of="parent", exceptional="nobody_able",
        from_on=on + 1, until=on + 14, review_on=on + 11, by="sm",
        words={"clear_reasons": says["reasons"], "welfare": says["welfare"], "considered": says["considered"], "where": says["where"], "stays_same": says["stays_same"]} | ({"childs_view": voice} if (voice := seen.voice(kid)) else {}),
    )  # fmt: skip
    for parent in ("mum", "dad"):
        tell("accommodation.told/section_20", on, child=kid, accommodation="stay", meeting=one.key, person=parent, told_language="English", fit_to_agree="well", agrees_to_stay="agrees", independent_advice="before", words={"told": says["told"]})
    _begins(seen, on + 1, "section_20", emergency=False)
    one.approve(on + 2)


def home_again(seen: Seen, one: Gathering) -> None:
    """A child taken in at night: a meeting was asked for the next day, and the child was home within the fortnight."""
    says, on, kid, tell = _texts(seen, "home"), thursday(seen.family, -16), seen.kids[0], seen.family.tell
    _begins(seen, on - 8, "emergency", emergency=True)
    one.ask(on - 7, by="team_manager", referral_reasons=["accommodated_in_emergency"], safe_at_home="yes")
    one.arrange(on - 7, on)
    one.invite(on - 6)
    one.hold(on, outcomes=["reunification", "support_package"])
    tell("reunification.planned", on, child=kid, reunification="coming home", meeting=one.key, home_by=on + 3, by="sm", words={"steps": says["steps"], "help": says["help"]})
    tell("accommodation.ended/emergency", on + 3, child=kid, accommodation="stay", asked_to_end="parent", words={"where_now": says["help"]})
    one.approve(on + 5)


def _begins(seen: Seen, day: int, under: str, *, emergency: bool) -> None:
    kid, tell = seen.kids[0], seen.family.tell
    carer_enters(seen.family, day, [kid])
    tell(f"accommodation.started/{under}", day, child=kid, accommodation="stay", emergency=emergency)
    tell("placement.started/foster", day, child=kid, accommodation="stay", placement="place", person="carer", lasting=False)
    tell("placement.planned", day + 1, child=kid, accommodation="stay", placement="place")
    tell("worker.joined_family", day + 1, child=kid, family="family", worker="iro", worker_role="independent_reviewing_officer", by="bs")
    visit(seen, day + 3, place="placement", kids=[one for one in [kid] if one in seen.born])


def tell(seen: Seen, course: str, place: int) -> None:
    """The stay of one invented family of Ashmere, if it has one: told by its course and its place among those of the course."""
    if seen.family.council.authority.pack == "leicestershire" and (course, place) in SCENES:
        SCENES[course, place](seen, Gathering(seen, "meeting on the stay"))


SCENES: Mapping[tuple[str, int], Callable[[Seen, Gathering], None]] = {("assessing", 4): agreed, ("assessing", 6): home_again}
