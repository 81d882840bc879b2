"""A column is corrected once: the next list of the same sender with these headings is read so."""

from muster.apps.audit.actions import act_as
from muster.apps.communities.actions import correct_columns, import_roll
from muster.apps.communities.actions.columns import remembered_columns
from muster.apps.communities.models import ColumnChoice
from muster.apps.communities.queries.imports import senders_of
from muster.apps.people.models import Person
from tests.apps.communities.actions.test_corrections import HEADS, LETTERS, ROW
from tests.apps.communities.actions.test_rolls import number
from tests.intake.sheets.books import xlsx
from tests.support.city import HERE, SmallCity


def test_what_was_corrected_is_used_for_the_next_list_of_this_sender_only(
    city: SmallCity,
) -> None:
    with act_as(city.secretary):
        came = import_roll(area=HERE, filename="a.xlsx", data=xlsx(HEADS, ROW), sender="物业")
        assert not came.remembered
        correct_columns(batch=came.batch.id, sheet="总表", columns=LETTERS)
        assert ColumnChoice.objects.get().by == f"account:{city.secretary.account}"
        assert senders_of(HERE) == ["物业"]
        of_police = xlsx(HEADS, ("新来二", number(4), *ROW[2:]))
        police = import_roll(area=HERE, filename="b.xlsx", data=of_police, sender="派出所")
        assert not police.remembered
        of_office = xlsx(HEADS, ("新来三", number(5), *ROW[2:]))
        office = import_roll(area=HERE, filename="晨光花园.xlsx", data=of_office, sender="物业")
        assert office.remembered
        assert Person.objects.get(name="新来三").id_tail == number(5)[-4:]
        assert remembered_columns(HERE, "") == {}
    with act_as(city.other_secretary):
        assert remembered_columns(HERE, "物业") == {}


def test_a_list_without_a_sender_is_remembered_for_such_lists(city: SmallCity) -> None:
    with act_as(city.secretary):
        came = import_roll(area=HERE, filename="a.xlsx", data=xlsx(HEADS, ROW))
        correct_columns(batch=came.batch.id, sheet="总表", columns=LETTERS)
        next_one = xlsx(HEADS, ("新来二", number(4), *ROW[2:]))
        assert import_roll(area=HERE, filename="b.xlsx", data=next_one).remembered
