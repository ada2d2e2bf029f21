"""Families made up for the tests: small ones with one thing each, and one with nearly all of them."""

from datetime import date

from kith.people.genogram.family import ChildOf, Couple, Household, Member, Picture, Twins

ON = date(2026, 11, 20)


def someone(id_, name=None, sex="unknown", born=None, died=None, **more):
    """A member, with years for dates."""
    return Member(id_, name or id_.title(), sex, born and date(born, 3, 4), died and date(died, 5, 6), **more)


def three_generations():
    """Jack and his family: a mother with two partners, twins, an adoption, a death, a pregnancy, a parting, a home."""
    members = (
        someone("gf1", "Arthur Pemberton", "male", 1948, 2015),
        someone("gm1", "Beryl Pemberton", "female", 1950),
        someone("gf2", "Colin Featherstonehaugh", "male", 1946),
        someone("gm2", "Dorothy Adeyemi-Clarke", "female", 1951),
        someone("dad", "Evan Pemberton", "male", 1979),
        someone("mum", "Fay Clarke", "female", 1981),
        someone("step", "Gus Okafor", "male", 1978),
        someone("aunt", "Hal Pemberton", "other", 1984),
        someone("ivy", "Ivy Pemberton", "female", 2009),
        someone("jack", "Jack Pemberton", "male", 2013, index=True),
        someone("kit", "Kit Okafor", "male", 2021),
        someone("lia", "Lia Okafor", "female", 2021),
        someone("mia", "Mia Pemberton-Shah", "female", 2016),
        Member("baby", "Baby Okafor", expected_on=date(2027, 3, 14)),
        Member("lost", "", pregnancy_ended="miscarriage", died=date(2019, 2, 1)),
    )
    couples = (
        Couple("gf1", "gm1", "married", date(1975, 6, 1)),
        Couple("gf2", "gm2", "divorced", date(1976, 1, 1), date(1990, 1, 1)),
        Couple("dad", "mum", "separated", date(2007, 1, 1), date(2017, 1, 1)),
        Couple("step", "mum", "living_together", date(2018, 1, 1)),
    )
    children = (
        ChildOf("dad", ("gf1", "gm1")),
        ChildOf("aunt", ("gf1", "gm1")),
        ChildOf("mum", ("gf2", "gm2")),
        ChildOf("ivy", ("dad", "mum")),
        ChildOf("jack", ("dad", "mum")),
        ChildOf("mia", ("dad", "mum"), "adopted"),
        *(ChildOf(one, ("mum", "step")) for one in ("kit", "lia", "baby", "lost")),
    )
    home = Household("12 Elm Road", frozenset({"mum", "step", "jack", "kit", "lia"}))
    return Picture(members, couples, children, (Twins(("kit", "lia"), identical=False),), (home,))


def cousins():
    """Four generations and some thirty people."""
    members = [
        someone("ggm", "Ethel", "female", 1925, 2010),
        someone("ggf", "Wilf", "male", 1922, 1999),
        *(someone(f"p{n}", ["Ron", "Joan"][n % 2], ["male", "female"][n % 2], 1946 + n) for n in range(6)),
        *(
            someone(
                f"q{n}",
                ["Paul", "Anne", "Steve", "Lisa", "Mark", "Gill", "Ravi", "Ewa"][n],
                ["male", "female"][n % 2],
                1970 + n,
            )
            for n in range(8)
        ),
        *(
            someone(
                f"c{n}", f"Child {n}", ["male", "female", "other"][n % 3], 1998 + (n if n != 5 else 1), index=n == 4
            )
            for n in range(14)
        ),
    ]
    couples = [
        Couple("ggm", "ggf", "married"),
        *(Couple(f"p{n}", f"p{n + 1}", "married") for n in (0, 2, 4)),
        *(
            Couple(f"q{n}", f"q{n + 1}", ["married", "divorced", "living_together", "separated"][n // 2])
            for n in (0, 2, 4, 6)
        ),
    ]
    children = [
        ChildOf("p0", ("ggm", "ggf")),
        ChildOf("p3", ("ggm", "ggf")),
        ChildOf("q0", ("p0", "p1")),
        ChildOf("q3", ("p0", "p1")),
        ChildOf("q4", ("p2", "p3")),
        ChildOf("q1", ("p4", "p5")),
        ChildOf("q6", ("p2", "p3")),
        *(ChildOf(f"c{n}", (f"q{n % 4 * 2}", f"q{n % 4 * 2 + 1}")) for n in range(14)),
    ]
    home = Household("The Rectory", frozenset({"q0", "q1", "c0", "c4", "c8", "c12"}))
    return Picture(tuple(members), tuple(couples), tuple(children), (Twins(("c1", "c5"), identical=True),), (home,))


def many_partners():
    """A mother with three partners, a father nobody knows, a single parent, and half-brothers on both sides."""
    members = (
        someone("mum", "Chantelle", "female", 1990),
        someone("a", "Dwayne", "male", 1988),
        someone("b", "Tariq", "male", 1991),
        someone("c", "Unknown", "male"),
        someone("d", "Nikki", "female", 1992),
        someone("one", "Tyler", "male", 2008),
        someone("two", "Amira", "female", 2012),
        someone("three", "Bo", "unknown", 2015, index=True),
        someone("four", "Zac", "male", 2018),
        someone("five", "Nan's lodger Steve"),
        someone("gran", "Maureen", "female", 1965),
        someone("six", "Jaydon", "male", 2025),
        Member("ended", "", pregnancy_ended="termination"),
        Member("still", "Grace", "female", pregnancy_ended="stillbirth", died=date(2010, 1, 1)),
    )
    return Picture(
        members,
        (
            Couple("mum", "a", "divorced"),
            Couple("mum", "b", "separated"),
            Couple("a", "d", "married"),
            Couple("mum", "c", "brief"),
        ),
        (
            ChildOf("mum", ("gran",)),
            ChildOf("one", ("mum", "a")),
            ChildOf("still", ("mum", "a")),
            ChildOf("two", ("mum", "b")),
            ChildOf("three", ("mum", "c")),
            ChildOf("four", ("a", "d")),
            ChildOf("ended", ("mum", "c")),
            ChildOf("six", ("one",)),
        ),
        (),
        (
            Household("Flat 3", frozenset({"mum", "two", "three", "gran"})),
            Household("Dwayne's", frozenset({"a", "d", "four", "two"})),
        ),
    )


def care():
    """A child adopted from a mother shown, a brother in foster care, and a grandmother who is special guardian."""
    members = (
        someone("gran", "Sheila Marsh", "female", 1958),
        someone("grandad", "Bill Marsh", "male", 1955, 2020),
        someone("mum", "Kelly Marsh", "female", 1988, approximate_birth=True),
        someone("dad", "Unknown", "male"),
        someone("ad1", "Priya Nair", "female", 1980),
        someone("ad2", "Tom Nair", "male", 1979),
        someone("fc", "Joy Mensah", "female", 1970),
        someone("donor", "Donor", "male"),
        someone("noah", "Noah", "male", 2014),
        someone("ella", "Ella Nair", "female", 2018, index=True),
        someone("max", "Max", "male", 2020),
        someone("zed", "Zed Nair", "male", 2022),
    )
    return Picture(
        members,
        (
            Couple("gran", "grandad", "married"),
            Couple("ad1", "ad2", "civil_partnership"),
            Couple("mum", "dad", "brief"),
        ),
        (
            ChildOf("mum", ("gran", "grandad")),
            ChildOf("noah", ("mum", "dad")),
            ChildOf("ella", ("mum", "dad")),
            ChildOf("max", ("mum",)),
            ChildOf("ella", ("ad1", "ad2"), "adopted"),
            ChildOf("max", ("fc",), "fostered"),
            ChildOf("noah", ("gran",), "special_guardianship"),
            ChildOf("zed", ("ad1", "ad2")),
            ChildOf("zed", ("donor",), "donor"),
        ),
        (),
        (Household("Nan's house", frozenset({"gran", "noah"})),),
    )


def lonely():
    """A child of whom nothing else is known, and people joined to nobody."""
    return Picture(tuple(someone(f"m{n}", f"Person {n}", "male", 1990 + n, index=n == 0) for n in range(4)))
