"""One episode's span: what its blocks need to know of it."""


class Span:
    """The days of an episode, as ordinals, 0 where there is none: its referral and its closing.

    `is_closed` tells whether a closing day is given at all. `transferred` is the day of a conference recorded for the
    episode itself, `conferences` are the days of all its initial conferences, `open_plans` the types of plan without an end.
    """

    __slots__ = ("closed", "conferences", "is_closed", "open_plans", "referral", "transferred")

    def __init__(self, referral: int, closed: int, *, is_closed: bool) -> None:
        self.referral, self.closed, self.is_closed = referral, closed, is_closed
        self.transferred = 0
        self.conferences: list[int] = []
        self.open_plans: set[str] = set()
