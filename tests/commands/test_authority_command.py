"""`kith authority`: a council begins, with somebody who says who works there."""

import pytest
from click.testing import CliRunner
from django.urls import reverse

import paperwork
from kith.access.models import Practitioner
from kith.commands.main import main
from kith.core.models import Authority

pytestmark = pytest.mark.django_db
PASSWORD = "brass-kettle-Tuesday"


def kith(*words):
    return CliRunner().invoke(main, ["authority", *words])


def begun():
    return kith("new", "shire", "--name", "Shire Council", "--pack", "lincolnshire", "--code", "925")


def test_a_council_begins_and_its_administrator_enters_the_next_person(settings, client):
    settings.KITH_SECOND_FACTOR = False
    assert begun().exit_code == 0
    entered = kith(
        "administrator", "shire", "--email", "ada@example.org", "--name", "Ada Okafor", "--password", PASSWORD
    )
    assert entered.exit_code == 0, entered.output
    ada = Practitioner.objects.get(email="ada@example.org")
    assert ada.check_password(PASSWORD)
    desk = paperwork.desk(ada)
    assert desk.post(reverse("enter-practitioner"), {"name": "Nell", "email": "nell@example.org"}).status_code == 302
    assert desk.get(reverse("find")).status_code == 403


def test_a_wrong_pack_a_weak_password_and_a_second_council_of_the_name_are_refused_and_change_nothing():
    wrong = kith("new", "shire", "--name", "Shire Council", "--pack", "lincolnshyre")
    assert wrong.exit_code == 1
    assert "lincolnshyre" in wrong.output
    assert not Authority.objects.exists()
    begun()
    again = kith("new", "shire", "--name", "Other", "--pack", "walsall")
    assert again.exit_code == 1
    assert Authority.objects.get().name == "Shire Council"
    weak = kith("administrator", "shire", "--email", "ada@example.org", "--name", "Ada", "--password", "kettle")
    assert weak.exit_code == 1
    assert not Practitioner.objects.exists()


def test_whoever_keeps_the_server_sets_a_password_where_no_letter_can_be_sent():
    begun()
    kith("administrator", "shire", "--email", "ada@example.org", "--name", "Ada Okafor", "--password", PASSWORD)
    assert kith("password", "--email", "ada@example.org", "--password", "copper-lamp-Wednesday").exit_code == 0
    assert Practitioner.objects.get().check_password("copper-lamp-Wednesday")
    nobody = kith("password", "--email", "nobody@example.org", "--password", PASSWORD)
    assert nobody.exit_code == 1
    assert "nobody signs in as nobody@example.org" in nobody.output
