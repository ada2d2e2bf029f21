"""Open with each person in the family: what each was shown, why something is kept from one of them, and that one is not the other."""

import re

import pytest
from django.urls import reverse

import cast
import paperwork
from kith.record.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(settings):
    settings.KITH_SECOND_FACTOR = False
    return paperwork.household("leicestershire")


def rows(town, client=None, **asked):
    """The table of the documents page: by person, the words of each cell."""
    page = paperwork.page(client or town.amy, "documents", town.kit, **asked)
    table = page.partition('id="openness"')[2].partition("</table>")[0]
    body = table.partition("<tbody")[2]
    found = {}
    for row in re.findall(r"<tr.*?</tr>", body, re.DOTALL):
        cells = [
            re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", one)).strip()
            for one in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)
        ]
        found[cells[0]] = cells[1:]
    return found


@pytest.mark.clause("LEI-023")
def test_what_each_person_was_shown_and_when_stands_person_by_person(town):
    before = rows(town)
    assert set(before) == {"Kit Marsh", "Ros Marsh", "Fin Marsh"}
    assert all(cell.startswith("Nothing recorded") for cells in before.values() for cell in cells)
    paperwork.recorded(
        town.amy, town.kit, "openness_show", person=str(town.ros), shown_of="referral", how="conversation"
    )
    after = rows(town)
    assert after["Ros Marsh"][0].startswith("Shown on")
    assert after["Fin Marsh"][0].startswith("Nothing recorded")
    assert after["Ros Marsh"][1].startswith("Nothing recorded")


@pytest.mark.clause("LEI-023")
def test_keeping_something_back_asks_for_a_reason_and_the_reason_stands_beside_it(town):
    answer = paperwork.record(town.amy, town.kit, "openness_withhold", person=str(town.fin), shown_of="notes")
    assert answer.status_code == 422
    for words in ("Select what kind of reason", "Say why in this case"):
        assert words in answer.content.decode()
    with town.at_work(writing=False):
        assert not Event.objects.filter(kind="openness.withheld").exists()
    paperwork.recorded(
        town.amy, town.kit, "openness_withhold",
        person=str(town.fin), shown_of="notes", withheld_because="harm_to_a_person", why="He would learn where Ros goes on Tuesdays.",
    )  # fmt: skip
    cell = rows(town)["Fin Marsh"][4]
    for words in ("Kept back on", "It would put somebody at risk: He would learn where Ros goes on Tuesdays."):
        assert words in cell
    assert "Kept back" not in rows(town)["Ros Marsh"][4].partition("Kept back, and why")[0]


@pytest.mark.clause("LEI-023")
def test_what_was_kept_back_and_then_shown_is_shown_and_an_earlier_day_still_says_what_was_known_then(town):
    paperwork.recorded(
        town.amy, town.kit, "openness_withhold", when=cast.days_ago(5),
        person=str(town.ros), shown_of="assessment", withheld_because="not_ready", why="It is being written.",
    )  # fmt: skip
    with town.at_work():
        cast.recorded(
            cast.fact("assessment.shared", {"child": town.kit, "person": town.ros}, since=1, how="letter"),
            by=town.workers["Amy"],
        )
    assert rows(town)["Ros Marsh"][1].startswith("Shown on")


def test_the_table_opens_the_form_with_the_person_and_the_thing_chosen(town):
    page = paperwork.page(town.amy, "documents", town.kit)
    href = re.search(rf'href="([^"]*openness_show[^"]*{town.fin}[^"]*plan[^"]*)"', page)[1].replace("&amp;", "&")
    form = town.amy.get(href).content.decode()
    assert re.search(rf'value="{town.fin}"[^>]*(checked|selected)', form)
    assert re.search(r'value="plan"[^>]*checked', form)


def test_a_council_whose_procedure_does_not_ask_has_no_table(settings):
    settings.KITH_SECOND_FACTOR = False
    town = paperwork.household("walsall")
    assert 'id="openness"' not in paperwork.page(town.amy, "documents", town.kit)


def test_whoever_may_not_open_the_record_reads_none_of_it(town):
    assert town.olu.get(reverse("documents", args=[town.kit])).status_code == 403
