"""Meetings of invented families: asked for, arranged, held, not held and arranged again, refused; and offers of one of their own."""
# Stories read better as lines than as columns of arguments.
# fmt: off

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from kith.demo.councils import data
from kith.demo.seeing import Seen
from kith.demo.working_days import after, thursday
from kith.record.procedures import rooms_by_type

Says = dict[str, Any]
OWN = {"leicestershire": "family_care_and_protect", "worcestershire": "family_meeting", "walsall": "family_network", "lincolnshire": "child_in_need"}
LEADS = {"leicestershire": ("sm", "service_manager"), "worcestershire": ("fsw", "family_meeting_coordinator"), "walsall": ("tm", "team_manager"), "lincolnshire": ("holder", "social_worker")}
CONFERENCE = "family_group_decision_making"


class Gathering:
    """One meeting of a family as it comes about. `a_type` is its kind; by default the council's own."""

    def __init__(self, seen: Seen, key: str, a_type: str = "") -> None:
        self.seen, self.key, self.pack = seen, key, seen.family.council.authority.pack
        self.a_type = a_type or OWN[self.pack]
        self.ours: Says = data("texts")["meetings"]["ours"][self.pack]
        self.about: Says = {"child": seen.kids, "family": "family", "meeting": key}
        self.lead, self.lead_role = LEADS[self.pack]

    def tell(self, what: str, day: int, **said: Any) -> None:
        """A fact of this meeting, under its own kind."""
        self.seen.family.tell(f"meeting.{what}/{self.a_type}", day, **self.about, **said)

    def text(self, name: str) -> str:
        """One of the texts of meetings."""
        found: Any = data("texts")["meetings"]
        for part in name.split("."):
            found = found[part]
        return self.seen.filled(found if isinstance(found, str) else self.seen.family.random.choice(found), self.seen.kids[0])

    def own(self, name: str) -> str:
        """What this council says of its own kind of meeting."""
        return self.seen.filled(self.ours[name], self.seen.kids[0])

    def ask(self, day: int, by: str = "parent", **said: Any) -> None:
        """Somebody asks for it, is answered, and help goes on meanwhile."""
        words = {"own_words": self.text("asked.by_child" if by == "child" else "asked.by_parent"), "purpose": self.own("purpose"), "reply": self.text("reply"), "help": self.text("help")}
        if self.a_type == "family_care_and_protect":
            said = {"referral_reasons": ["request_not_resolved"], "safe_at_home": "yes", "safeguarding_found": "none_found"} | said
            words |= {"tried": self.own("tried"), "safe_why": self.own("safe_why")}
        if self.a_type == "family_meeting":
            said |= {"asked_for_by_family": by in ("child", "parent")}
        who: Says = {"person": "mum"} if by == "parent" else {"person": self.seen.kids[0]} if by == "child" else {}
        self.tell("requested", day, **who, help_meanwhile=True, words=words, **said)

    def arrange(self, day: int, on: int, venue: str = "", family_said: str = "") -> None:
        """It is arranged for a day, with whoever leads it and how each child takes part."""
        said: Says = {"outside_slot": False} if self.a_type == "family_care_and_protect" else {}
        words: Says = {
            "starts_at": "10:00", "venue": venue or self.own("venue"), "access": self.text("access"),
            "family_said": family_said or self.text("family_said"), "purpose": self.own("purpose"),
        }  # fmt: skip
        parts = {kid: {"childs_part": self.text("childs_part")} for kid in self.seen.born}
        if len(self.seen.kids) == 1:
            words |= next(iter(parts.values()), {})
        elif parts:
            words["parts"] = parts
        self.tell("arranged", day, held_on=on, minutes=90, chair=self.lead, chair_role=self.lead_role, words=words, **said)

    def invite(self, day: int) -> None:
        """Those who are to come are named and invited: the children, both parents, a grandmother, the worker, and the school."""
        for person, part in self._family():
            self.tell("guest_named", day, person=person, guest_part=part)
            self.tell("invited", day + 1, person=person, how="letter" if part == "parent" else "in_person")
        self.tell("guest_named", day, worker="holder", guest_part="social_worker")
        self.tell("guest_named", day, guest=f"{self.key}school", guest_part="agency", words={"who": self.seen.school, "named_by": self.seen.names["mum"]})
        self.tell("invited", day + 1, guest=f"{self.key}school", how="e_mail")

    def _family(self) -> list[tuple[str, str]]:
        relatives = [("gran", "relative")] if "gran" in self.seen.names else []
        return [*((kid, "child") for kid in self.seen.born), ("mum", "parent"), ("dad", "parent"), *relatives]

    def reply(self, day: int) -> None:
        """Who comes, who sends what they think, and how the mother and the children were prepared."""
        self.tell("replied", day, person="mum", reply="coming", words={"needs": self.text("needs")})
        self.tell("replied", day, person="dad", reply="sends_views", words={"views": self.text("sends_views")})
        self.tell("replied", day, guest=f"{self.key}school", reply="coming")
        for one in ("mum", *self.seen.born):
            offered = "declined" if one == "mum" else "accepted"
            self.tell("prepared", day, person=one, advocate_offered=offered, support_in_place=True, words={"told": self.text("told")})
        for paper, stands in self.ours["papers"].items():
            self.tell("paper_noted", day, paper=paper, paper_stands=stands)

    def hold(self, day: int, turn: int = 0, **said: Any) -> None:
        """It is held: who came, what was said stage by stage, and what it came to."""
        family = self.seen.family
        room = rooms_by_type(family.council.authority.id)[self.a_type]
        came = {str(family.id(key)): how for key, how in (("mum", "came"), ("dad", "apologies"), ("holder", "came"), *((kid, "for_part" if place == 0 else "otherwise") for place, kid in enumerate(self.seen.born)))}
        words: Says = {key: self.seen.filled(text, self.seen.kids[0]) for key, text in self.ours["words"].items()} if self.a_type == OWN[self.pack] else {}
        voices = {kid: {"childs_words": voice} for kid in self.seen.born if (voice := self.seen.voice(kid))}
        words |= voices.get(self.seen.kids[0], {}) if len(self.seen.kids) == 1 else {"parts": voices} if voices else {}
        words |= {"attendance": came, "offers": [data("texts")["meetings"]["offers_made"]], "apologies": self.text("sends_views")}
        there = {"person": ["mum", *self.seen.born[:1]], "worker": "holder", "guest": f"{self.key}school", "chair": self.lead}
        said.setdefault("outcomes", self.ours["outcomes"][turn] if self.a_type == OWN[self.pack] else ["family_plan"])
        alone = {"family_alone": "alone"} if any(one.private for one in room.stages) else {}
        first = len(family.facts)
        self.tell("held", day, **there, **alone, **said, chair_role=self.lead_role, by=self.lead, words=words)
        for stage in room.stages:
            family.tell("stage.addressed", day, **self.about, stage=stage.id, by=self.lead)
        self._together(first)

    def score(self, day: int, turn: int, **scores: float) -> None:
        """What people said on the scale of safety, each for themselves."""
        for who, score in scores.items():
            names = {"worker": "holder"} if who == "worker" else {"person": who}
            said = data("texts")["meetings"]["scores"].get(who)
            words = {"why": said[turn]} if said else {}
            shown = who in ("mum", "worker")
            self.seen.family.tell("safety.scored", day, child=self.seen.kids, meeting=self.key, **names, score=score, given_how="aloud" if shown else "apart", shown_to_room=shown, by=self.lead, words=words)

    def plan(self, day: int) -> None:
        """The family's own plan, part by part in their words, with what was answered to each; a promise, and who does what by when.
        What should be done by now is done, and whoever promised was asked how it goes."""
        tell, first, plan = self.seen.family.tell, len(self.seen.family.facts), f"{self.key}plan"
        about = {**self.about, "plan": plan}
        for number, part in enumerate(data("texts")["meetings"]["parts"], 1):
            proposal = f"{self.key}part{number}"
            tell("proposal.made", day, child=self.seen.kids, meeting=self.key, plan=plan, proposal=proposal, person="mum", by=self.lead, words={"own_words": part["own"]})
            said: Says = {"part": str(number), "answer": part["answer"]}
            words: Says = {}
            if part["answer"] == "not_agreed":
                said |= {"ground": part["ground"], "evidence": True, "explained_to_family": True}
                words = {"evidence_is": part["evidence_is"], "reasons": self.seen.filled(part["reasons"], self.seen.kids[0])}
            tell("plan.part_answered/family", day, **about, proposal=proposal, by=self.lead, words=words, **said)
        self._together(first)
        who = "gran" if "gran" in self.seen.names else "dad"
        tell("promise.made", day, **self.about, promise=f"{self.key}promise", person=who, ask_on=day + 28, by=self.lead, words={"own_words": self.text("promises")})
        if day + 28 < 0:
            tell("promise.asked_about", day + 27, child=self.seen.kids, family="family", promise=f"{self.key}promise", person=who)
        for place, what in enumerate(data("texts")["meetings"]["meeting_actions"]):
            action, by_when = {**self.about, "action": f"{self.key}action{place}"}, after(self.seen.family, day, 6 + 6 * place)
            tell("action.agreed", day, **action, worker="holder", by_when=by_when, by=self.lead, words={"what": what})
            if by_when < 2:
                tell("action.done", min(by_when, 0) - 1, child=self.seen.kids, family="family", action=action["action"])

    def approve(self, day: int) -> None:
        """The record is sent for approval, approved, and given to those who came."""
        self.tell("record_submitted", day)
        self.tell("record_approved", day + 1, by="tm")
        if self.pack == "lincolnshire":
            self.tell("circulation_confirmed", day + 1, by_role="allocated_social_worker")
        for one in ("mum", *self.seen.born[:1]):
            self.tell("record_sent", day + 2, person=one, how="in_person")
        self.tell("record_sent", day + 2, person="dad", how="letter")

    def _together(self, first: int) -> None:
        """What was recorded in one act became known at one moment, in the order it is told."""
        facts = self.seen.family.facts
        known = max(one.known_at for one in facts[first:] if one.known_at)
        facts[first:] = [replace(one, known_at=known) for one in facts[first:]]


def waiting(seen: Seen) -> None:
    """Asked for some days ago, and waiting."""
    one = Gathering(seen, "asked for")
    one.ask(-6 if seen.family.random.random() < 0.5 else -11, by="child" if seen.born and seen.age(seen.born[0]) >= 7 else "parent")


def coming(seen: Seen) -> None:
    """Arranged for this week, with everybody asked and prepared."""
    one = Gathering(seen, "this week")
    one.ask(-17)
    one.arrange(-12, thursday(seen.family, 0))
    one.invite(-11)
    one.reply(-4)


def kept_out(seen: Seen) -> None:
    """Arranged for the Thursday after; the father is kept out of it, told so, and heard in another way."""
    one = Gathering(seen, "next week")
    one.ask(-9)
    one.arrange(-7, thursday(seen.family, 7))
    one.invite(-6)
    texts = data("texts")["meetings"]["kept_out"]
    one.tell("kept_out", -3, person="dad", by_role="team_manager", told_beforehand=True, by="tm", words={key: seen.filled(text, seen.kids[0]) for key, text in texts.items()})
    one.tell("made_safe", -3, by_role="team_manager", risk_answer="keep_out", by="tm")


def held(seen: Seen) -> None:
    """Three meetings over two months: it gets safer, and the family's own plan is agreed but for one part."""
    for turn, day in enumerate((-63, -35, -14)):
        on = thursday(seen.family, day)
        one = Gathering(seen, f"meeting {turn + 1}")
        if turn == 0:
            one.ask(on - 20)
        one.arrange(on - 14, on)
        one.invite(on - 13)
        one.reply(on - 5)
        one.hold(on, turn)
        kids = {kid: 4 + 2 * turn for kid in seen.born if seen.age(kid) >= 7}
        one.score(on, turn, mum=(4, 6, 8)[turn], worker=(3, 5, 7)[turn], **kids)
        if turn == 2:
            one.plan(on)
            one.seen.family.tell("plan.approved/family", on + 1, child=seen.kids, family="family", plan=f"{one.key}plan", by_role="team_manager", by="tm", words={"safe_because": "Somebody calm is in the house, and the children know whom to ring."})
        one.approve(on + 2)


def not_held(seen: Seen) -> None:
    """The family did not come; they were asked what made it hard, and it is arranged anew as they chose."""
    one = Gathering(seen, "again")
    one.ask(-31)
    one.arrange(-25, thursday(seen.family, -14))
    one.invite(-16)
    on = thursday(seen.family, -14)
    one.tell("cancelled", on, not_held_because="family_did_not_come", words={"hard_for_family": one.text("not_came.hard"), "why": one.text("not_came.why")})
    one.arrange(on + 2, thursday(seen.family, 7), family_said=one.text("not_came.again"))


def put_off(seen: Seen) -> None:
    """The family did not come, and no new day is set yet."""
    one, on = Gathering(seen, "put off"), thursday(seen.family, -9)
    one.ask(-27)
    one.arrange(-20, on)
    one.invite(-19)
    one.tell("cancelled", on, not_held_because="family_did_not_come", words={"hard_for_family": one.text("not_came.hard"), "why": one.text("not_came.why")})


def refused(seen: Seen) -> None:
    """Decided against, and explained to the mother and to a child old enough."""
    one, here = Gathering(seen, "refused"), {"family_asked": True, "consulted": "operational_manager"}
    one.ask(-24)
    one.tell("refused", -19, by="tm", by_role="team_manager", words={"reasons": one.text(f"refused.{one.pack}"), "instead": one.text("instead")}, **here if one.pack == "worcestershire" else {})
    for who in ("mum", *(kid for kid in seen.born if seen.age(kid) >= 5)):
        child = {"explained_to_child": who != "mum"} if one.pack == "worcestershire" else {}
        one.tell("refusal_explained", -18, person=who, told_how="in_person", words={"said": one.text("explained")}, **child)


def offered(seen: Seen) -> None:
    """A family group conference is offered to both parents: one says yes, and the other no."""
    _offer(seen, -26, {"mum": "accepted", "dad": "declined"})


def declined(seen: Seen) -> None:
    """It was offered before the child came into care, and nobody wanted it."""
    _offer(seen, int(seen.says["known"]) + 6, {"mum": "declined", "dad": "declined"})


def took_it_up(seen: Seen) -> None:
    """It was offered before the application to court, taken up, and held."""
    known = int(seen.says["known"])
    _offer(seen, known + 8, {"mum": "accepted", "dad": "accepted"})
    one = Gathering(seen, "conference", CONFERENCE)
    one.arrange(known + 14, known + 34)
    one.invite(known + 16)
    one.hold(known + 34)
    one.plan(known + 34)
    one.approve(known + 38)


def excused(seen: Seen) -> None:
    """The child came into care in an emergency before anything could be offered: it was told why, and offered the next day."""
    start = int(seen.says["known"]) + 24
    kind = "family_group_conference"
    seen.family.tell(f"offer.excused/{kind}", start, child=seen.kids, family="family", reason="emergency", by="hos", words={"reasons": data("texts")["meetings"]["offers"]["excused"]})


def _offer(seen: Seen, day: int, answers: Mapping[str, str]) -> None:
    texts = data("texts")["meetings"]["offers"]
    about: Says = {"child": seen.kids, "family": "family"}
    for who, answer in answers.items():
        seen.family.tell("offer.made/family_group_conference", day, **about, person=who, offered_how="in_person", words={"given": texts["given"]})
        seen.family.tell("offer.answered/family_group_conference", day + 3, **about, person=who, answer=answer, words={"own_words": texts[answer]})


Scene = Callable[[Seen], None]
SCENES: Mapping[tuple[str, int], tuple[Scene, ...]] = {
    ("assessing", 0): (waiting,), ("assessing", 1): (refused,), ("assessing", 2): (not_held,), ("assessing", 3): (coming,), ("assessing", 5): (put_off,),
    ("in_need", 0): (held,), ("in_need", 2): (waiting,), ("protected", 0): (kept_out,), ("protected", 1): (offered,), ("in_court", 0): (took_it_up,),
    ("looked_after", 0): (excused,), ("looked_after", 1): (declined,),
}  # fmt: skip


def tell(seen: Seen, course: str, place: int) -> bool:
    """The meetings of one invented family, told by its course and its place among those of the course. Whether it has any: that is work."""
    scenes = SCENES.get((course, place), ())
    for scene in scenes:
        scene(seen)
    return bool(scenes)
