"""The rights a role can carry: what a pack may give under `may`. What each allows stands in docs/security-model.md."""

from collections.abc import Mapping

RIGHTS: Mapping[str, str] = {
    "record": "record contacts, case notes and visits on a record they may open",
    "open_own": "open the record of a child they work with",
    "open_team": "open the records held by their team",
    "open_all": "open every record of the authority that is not restricted",
    "search": "search for people of the authority",
    "told_of_restricted": "be told that a restricted record exists, and whom to ring",
    "break_glass": "open a restricted record in an emergency, with a reason that is reviewed",
    "enter_people": "enter a child or another person",
    "approve": "confirm, approve or return what others have recorded",
    "allocate": "allocate a child to a worker",
    "see_team": "see the work of their team",
    "see_oversight": "see what is owed across the authority",
    "see_looks": "see who has looked at a record",
    "restrict": "restrict a record, and open or close it to a worker",
    "review_glass": "review emergency openings",
    "manage_access": "say who works here, in which roles and teams, and who may no longer sign in; never for oneself",
    "agree_sharing": "agree with a partner agency what its staff may see, and end it",
    "merge": "merge two records of one person, and undo it",
    "seal": "seal an entry made on the wrong person",
}
