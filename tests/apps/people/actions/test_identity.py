"""A number in full takes the right, a reason, and leaves a line."""

from uuid import UUID

import pytest

from muster.apps.audit.actions import act_as, as_system
from muster.apps.audit.queries import lines_about
from muster.apps.people.actions import NewPerson, register_person, reveal_identity_number
from muster.apps.people.errors import (
    NoIdentityNumber,
    NotAllowed,
    PersonNotFound,
    ReasonNeeded,
)
from tests.support.city import HERE, SmallCity

NUMBER = "11010519491231002X"


@pytest.fixture
def somebody(city: SmallCity) -> UUID:
    with as_system("test"):
        return register_person(
            person=NewPerson(area=HERE, name="甲", id_type="resident_id", id_number=NUMBER)
        )


def test_revealed_with_a_reason_that_stays(city: SmallCity, somebody: UUID) -> None:
    with act_as(city.secretary):
        assert reveal_identity_number(person_id=somebody, reason=" 核对报告 ") == NUMBER
        (line,) = lines_about(somebody)
    assert (line.action, line.detail) == ("id_number_revealed", {"reason": "核对报告"})
    assert line.actor == f"account:{city.secretary.account}"


@pytest.mark.parametrize("reason", ["", "   ", "abc", "核对  "])
def test_no_reason_no_number_no_line(city: SmallCity, somebody: UUID, reason: str) -> None:
    with act_as(city.secretary):
        with pytest.raises(ReasonNeeded):
            reveal_identity_number(person_id=somebody, reason=reason)
        assert lines_about(somebody) == []


def test_out_of_reach_without_the_right_or_without_a_number(
    city: SmallCity, somebody: UUID
) -> None:
    with act_as(city.other_secretary), pytest.raises(PersonNotFound):
        reveal_identity_number(person_id=somebody, reason="核对报告")
    with act_as(city.headquarters), pytest.raises(NotAllowed):
        reveal_identity_number(person_id=somebody, reason="核对报告")
    with act_as(city.secretary), pytest.raises(NoIdentityNumber):
        reveal_identity_number(person_id=city.residents[0], reason="核对报告")
