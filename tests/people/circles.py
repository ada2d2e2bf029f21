"""Ecomaps made up for the tests: one of twelve ties with every kind and strength, and one as full as they come."""

from kith.people.ecomap.ties import Ecomap, Tie


def twelve():
    """Jack's: every strength, every way of giving, every kind."""
    return Ecomap(
        "Jack and his mum",
        (
            Tie("Nan Beryl", "person", "strong", "to_family", "Sundays and half-terms"),
            Tie("Elm Park Primary", "school", "ordinary", "both"),
            Tie("Dr Rahman", "health", "ordinary", "to_family"),
            Tie("St Mark's Food Bank", "faith", "weak", "to_family"),
            Tie("Evan", "person", "stressful", "none", "rows about weekends"),
            Tie("Uncle Hal", "person", "strong", "both"),
            Tie("Housing office", "agency", "stressful", "from_family"),
            Tie("Fay's work at the bakery", "work", "ordinary", "both"),
            Tie("Football friends", "friends", "strong", "both"),
            Tie("Grandad Colin", "person", "broken", "none", "not spoken since 2022"),
            Tie("Child and Adolescent Mental Health Service", "health", "weak", "to_family", "on the waiting list"),
            Tie("Mrs Okonkwo next door", "other", "ordinary", "to_family"),
        ),
    )


def twenty():
    """As many ties as one drawing should hold, with long names and words."""
    return Ecomap(
        "The Featherstonehaugh household",
        tuple(
            Tie(f"A rather long name of a service {n}", "agency", "ordinary", "both", "what the family says of it")
            for n in range(20)
        ),
    )
