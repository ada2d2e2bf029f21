"""Heads of files kept elsewhere: what was cut off or rewritten since is told, even with a chain made whole again."""

import pytest
from click.testing import CliRunner

import cast
from kith.commands.main import main
from kith.record import verifying

pytestmark = pytest.mark.django_db


@pytest.fixture
def lincolnshire():
    one = cast.council("lincolnshire")
    with one.at_work():
        one.kit = cast.child(one.worker("Amy"))
    return one


def test_heads_kept_yesterday_agree_with_a_record_that_only_grew(lincolnshire):
    with lincolnshire.at_work():
        kept = list(verifying.heads())
        cast.visit(lincolnshire.kit, by=lincolnshire.worker("Amy"), seen=True)
        assert list(verifying.compare_heads(kept)) == []
        assert len(kept) == 1


def test_heads_tell_of_a_file_that_was_cut_or_rewritten(lincolnshire):
    with lincolnshire.at_work():
        (kept,) = verifying.heads()
        longer = kept.replace('"sequence": 2', '"sequence": 3')
        other = kept.replace('"digest": "', '"digest": "00')
        assert [one.partition(":")[0].split(" ")[2] for one in verifying.compare_heads([longer, other])] == ["is", "is"]
        assert "shorter" in next(verifying.compare_heads([longer]))
        assert "not what it was" in next(verifying.compare_heads([other]))


def test_the_commands_of_the_night_run(lincolnshire):
    heads = CliRunner().invoke(main, ["record", "heads", "--authority", "lincolnshire"])
    assert '"sequence": 2' in heads.output
    seventh = CliRunner().invoke(
        main, ["record", "verify", "--authority", "lincolnshire", "--seventh", "--heads", "-"], input=heads.output
    )
    assert seventh.exit_code == 0, seventh.output
    daily = CliRunner().invoke(main, ["record", "daily"])
    assert "up to date" in daily.output
