"""What children needed, in numbers that name nobody."""

import pytest

import cast
import paperwork
from kith.core import ids

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(settings):
    settings.KITH_SECOND_FACTOR = False
    town = paperwork.household("worcestershire")
    with town.at_work():
        town.worker("Sal", "service_manager")
        amy = town.workers["Amy"]
        for number in range(22):
            _referred(amy, "tier_3", "initial_assessment" if number < 20 else "no_further_action", days=20)
        _referred(amy, "tier_4", "strategy_discussion", days=20)
        _referred(amy, "tier_3", "initial_assessment", days=500)
    return town


def _referred(amy, tier, decision, days):
    child, referral = cast.child(amy), ids.new()
    about = {"child": child, "referral": referral}
    cast.recorded(cast.fact("referral.received", about, since=days, tier=tier, source="school"), by=amy)
    cast.recorded(
        cast.fact("referral.decided", about, since=days - 1, decision=decision, further_work_needed=True), by=amy
    )


@pytest.mark.clause("WOR-037")
def test_needs_and_decisions_are_counted_for_a_year_and_small_numbers_cannot_be_worked_out(town):
    page = paperwork.page(paperwork.desk(town.workers["Sal"]), "needs")
    table = page[page.index("Referrals</h2>") :]
    rows = [row for row in table.split("<tr")[2:]]
    tier_3 = next(row for row in rows if "Tier 3" in row)
    assert ">22<" in tier_3
    assert ">2<" not in tier_3
    assert ">20<" not in tier_3, "the reader would subtract it from the total"
    tier_4 = next(row for row in rows if "Tier 4" in row)
    assert "fewer than 6" in tier_4
    assert ">1<" not in tier_4


def test_only_those_who_oversee_see_it(town):
    assert town.amy.get("/oversight/needs").status_code == 403
