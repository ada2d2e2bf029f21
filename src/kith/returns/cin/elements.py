"""The elements of the return: which there are, which block each belongs to, and how a child's tags become blocks."""

from collections.abc import Sequence

# What a tag is, in the block that it stands in.
PASS, ANSWER, MANY, OPEN, CLOSE = range(5)

_BLOCKS: dict[str, dict[int, str]] = {
    "Child": {
        PASS: "ChildIdentifiers ChildCharacteristics Disabilities",
        ANSWER: "LAchildID UPN FormerUPN UPNunknown PersonBirthDate ExpectedPersonBirthDate Sex GenderCurrent "
        "PersonDeathDate Ethnicity",
        MANY: "Disability",
        OPEN: "CINdetails",
    },
    "CINdetails": {
        ANSWER: "CINreferralDate ReferralSource PrimaryNeedCode CINclosureDate ReasonForClosure DateOfInitialCPC ReferralNFA",
        OPEN: "Assessments CINPlanDates Section47 ChildProtectionPlans PreProceedingsandFGDM",
    },
    "Assessments": {
        PASS: "FactorsIdentifiedAtAssessment",
        ANSWER: "AssessmentActualStartDate AssessmentInternalReviewDate AssessmentAuthorisationDate",
        MANY: "AssessmentFactors",
    },
    "CINPlanDates": {ANSWER: "CINPlanStartDate CINPlanEndDate"},
    "Section47": {ANSWER: "S47ActualStartDate InitialCPCtarget DateOfInitialCPC ICPCnotRequired"},
    "ChildProtectionPlans": {
        PASS: "Reviews",
        ANSWER: "CPPstartDate CPPendDate InitialCategoryOfAbuse LatestCategoryOfAbuse NumberOfPreviousCPP",
        MANY: "CPPreviewDate",
    },
    "PreProceedingsandFGDM": {
        ANSWER: "PPStartDate LBPSentDate FGDMMeetingOffer FGDMMeetingFac InitialPPMeetingDate ReviewMeetingsCount "
        "StepDecisionDate PPOutcome CourtAppDate LetterInitCPDate",
    },
}
# The answers that can become events: days, and yes or no.
_FACTS = (
    "PersonBirthDate ExpectedPersonBirthDate PersonDeathDate CINreferralDate CINclosureDate DateOfInitialCPC ReferralNFA "
    "AssessmentActualStartDate AssessmentAuthorisationDate CINPlanStartDate CINPlanEndDate S47ActualStartDate "
    "ICPCnotRequired CPPstartDate CPPendDate CPPreviewDate PPStartDate LBPSentDate FGDMMeetingOffer FGDMMeetingFac "
    "InitialPPMeetingDate StepDecisionDate CourtAppDate"
)
FACTS = frozenset(_FACTS.split())
OUTSIDE = frozenset(
    ("Message", "Header", "CollectionDetails", "Collection", "Year", "ReferenceDate", "Source", "SourceLevel", "LEA",
     "SoftwareCode", "Release", "SerialNo", "DateTime", "Content", "CBDSLevels", "CBDSLevel", "Children")
)  # fmt: skip
# The first and last collection (by the year it closes in) that asks for an element; those not named, every one.
FIRST_ASKED = {"CINPlanDates": 2022, "Sex": 2025, "PreProceedingsandFGDM": 2027}
LAST_ASKED = {"GenderCurrent": 2024}


def _allowed(block: str) -> dict[str, int]:
    tags = {f"/{block}": PASS if block == "Child" else CLOSE}
    for what, names in _BLOCKS[block].items():
        for name in names.split():
            tags[name] = what
            if what != OPEN:
                tags[f"/{name}"] = PASS
    return tags


ALLOWED = {block: _allowed(block) for block in _BLOCKS}
ASKED_FOR = frozenset(tag for tags in ALLOWED.values() for tag in tags) | {"Child"}


class Block:
    """One block of a child: the child itself, an episode, an assessment, a plan.

    `at` is the number of its own tag; `values` the number of the tag of each answer that is not blank; `many` those of
    the answers that can be given several times; `blocks` the blocks within it.
    """

    __slots__ = ("at", "blocks", "many", "name", "values")

    def __init__(self, name: str, at: int) -> None:
        self.name, self.at = name, at
        self.values: dict[str, int] = {}
        self.many: list[int] = []
        self.blocks: list[Block] = []


class Grown:
    """A child grown from its tags: the blocks, how many facts they hold, and what fits nowhere.

    `repeated` are answers given twice, `misplaced` known elements in another's block, `unknown` elements of no return,
    `loose` text outside every element; all by the number of the tag (for text, of the tag before it).
    """

    __slots__ = ("_outer", "child", "facts", "loose", "misplaced", "repeated", "unknown")

    def __init__(self, tags: Sequence[str], texts: Sequence[str]) -> None:
        self.child = here = Block("Child", 0)
        self.facts = 0
        self.repeated: list[int] = []
        self.misplaced: list[int] = []
        self.unknown: list[int] = []
        self.loose: list[int] = []
        self._outer: list[Block] = []
        look, facts = ALLOWED["Child"].get, 0
        for at, tag in enumerate(tags):
            what, text = look(tag), texts[at]
            if what == PASS:
                if text and not text.isspace():
                    self.loose.append(at)
            elif what != ANSWER:
                here = self._turn(tag, at, what, here, text)
                look = ALLOWED[here.name].get
            elif text and not text.isspace():
                facts += tag in FACTS
                if tag in here.values:
                    self.repeated.append(at)
                else:
                    here.values[tag] = at
        self.facts += facts

    def _turn(self, tag: str, at: int, what: int | None, here: Block, text: str) -> Block:
        """Anything but a plain answer: a block begins or ends, an answer that can be repeated, or what fits nowhere."""
        blank = not text.strip()
        if what == MANY:
            if not blank:
                here.many.append(at)
                self.facts += tag in FACTS
            return here
        if what is None:
            self._fits_nowhere(tag, at, blank=blank)
            return here
        if not blank:
            self.loose.append(at)
        if what == CLOSE:
            return self._outer.pop()
        inner = Block(tag, at)
        here.blocks.append(inner)
        self._outer.append(here)
        return inner

    def _fits_nowhere(self, tag: str, at: int, *, blank: bool) -> None:
        name = tag.removeprefix("/")
        if tag == name and not (tag == "Child" and at == 0):
            if name in ASKED_FOR:
                self.misplaced.append(at)
                self.facts += tag in FACTS and not blank
            else:
                self.unknown.append(at)


class Shapes:
    """The shapes in which children come, each grown once.

    Most children of a return have the same elements in the same order as some child before them, and differ in what the
    elements say. Such a child has the same blocks, which nobody changes.
    """

    _MOST = 2048

    def __init__(self) -> None:
        self._known: dict[str, tuple[tuple[bool, ...], Grown]] = {}

    def grow(self, tags: Sequence[str], texts: Sequence[str]) -> Grown:
        """The child of these tags and texts."""
        # Nothing follows the last tag; an empty text elsewhere is no blank to `isspace`, and not worth telling apart.
        if not all(texts[:-1]):
            return Grown(tags, texts)
        key, blanks = "\n".join(tags), tuple(map(str.isspace, texts))
        known = self._known.get(key)
        if known is not None and known[0] == blanks:
            return known[1]
        grown = Grown(tags, texts)
        if len(self._known) < self._MOST:
            self._known[key] = blanks, grown
        return grown
