"""A pasted chain: taken, waiting, remembered; nothing is dropped and nothing guessed."""

import pytest

from muster.apps.audit.actions import act_as, as_system
from muster.apps.calls.actions import paste_chain, reopen_entry, settle_entry
from muster.apps.calls.actions.chains import HEARD, Pasted
from muster.apps.calls.errors import EntrySettled
from muster.apps.calls.models import Call, ChainEntry, SignUp
from muster.apps.calls.queries import chain_versions, waiting_entries
from muster.apps.people.errors import NameMissing, NotAllowed
from muster.apps.people.models import Phone
from muster.protocols.phones import PhoneMalformed
from tests.support.city import HERE, SmallCity
from tests.support.life import call

TEXT = """#接龙
晨光花园志愿者报名

1. 赵四 13900008881 录入
2. 钱五 13900008882 党员
3. 孙六（晚上补位）
4.
"""


@pytest.fixture
def issued(city: SmallCity) -> Call:
    return call(city)


def paste(city: SmallCity, issued: Call, text: str = TEXT) -> Pasted:
    with act_as(city.secretary):
        return paste_chain(call=issued.id, area=HERE, text=text)


def signed() -> dict[str, SignUp]:
    with as_system("look"):
        return {s.person.name: s for s in SignUp.objects.select_related("person")}


def test_good_entries_are_taken_others_wait_placeholders_do_not(
    city: SmallCity, issued: Call
) -> None:
    pasted = paste(city, issued)
    assert (pasted.taken, pasted.waiting, pasted.added, pasted.same) == (2, 1, 4, False)
    found = signed()
    assert set(found) == {"赵四", "钱五"}
    assert found["赵四"].roles == ["recorder"]
    assert found["钱五"].person.party_member is True
    with act_as(city.secretary):
        (waiting,) = waiting_entries(HERE)
        assert waiting.fields["name"] == "孙六"
        assert "phone_missing" in waiting.flags
        assert ChainEntry.objects.count() == 4
        (version,) = chain_versions(HERE)
        assert version.counts == {
            "taken": 2, "waiting": 1, "added": 4, "changed": 0, "withdrawn": 0,
        }  # fmt: skip
        assert list(waiting_entries(HERE, version.id)) == [waiting]


def test_the_same_text_again_changes_nothing(city: SmallCity, issued: Call) -> None:
    paste(city, issued)
    again = paste(city, issued)
    assert again.same
    assert (again.taken, again.added) == (0, 0)
    with act_as(city.secretary):
        assert len(chain_versions(HERE)) == 1
        assert ChainEntry.objects.count() == 4


def test_a_person_settles_it_and_the_next_paste_remembers(city: SmallCity, issued: Call) -> None:
    paste(city, issued)
    with act_as(city.secretary):
        (waiting,) = waiting_entries(HERE)
        settled = settle_entry(entry=waiting.id, name="孙六", phone="139 0000 8883")
        assert settled.state == ChainEntry.State.SETTLED
        assert settled.signup is not None
        with pytest.raises(EntrySettled):
            settle_entry(entry=waiting.id, name="孙六", phone="13900008883")
    later = paste(city, issued, TEXT.replace("4.\n", "4. 李七 13900008884\n5.\n"))
    assert (later.waiting, later.added) == (0, 1)
    assert set(signed()) == {"赵四", "钱五", "孙六", "李七"}
    with act_as(city.secretary):
        newest = ChainEntry.objects.filter(version=later.versions[0], fields__name="孙六").get()
        assert newest.signup_id == settled.signup_id


def test_a_dismissed_entry_stays_dismissed(city: SmallCity, issued: Call) -> None:
    paste(city, issued)
    with act_as(city.secretary):
        (waiting,) = waiting_entries(HERE)
        assert settle_entry(entry=waiting.id, name="", phone="", take=False).state == "dismissed"
    later = paste(city, issued, TEXT.replace("4.\n", "4. 李七 13900008884\n"))
    assert later.waiting == 0
    assert "孙六" not in signed()


def test_a_withdrawn_entry_is_counted(city: SmallCity, issued: Call) -> None:
    paste(city, issued)
    later = paste(city, issued, TEXT.replace("2. 钱五 13900008882 党员\n", ""))
    assert later.withdrawn == 1


@pytest.mark.parametrize(
    ("name", "phone", "error"),
    [("", "13900008883", NameMissing), ("孙六", "12", PhoneMalformed)],
)
def test_settling_needs_a_name_and_a_number(
    city: SmallCity, issued: Call, name: str, phone: str, error: type[Exception]
) -> None:
    paste(city, issued)
    with act_as(city.secretary):
        (waiting,) = waiting_entries(HERE)
        with pytest.raises(error):
            settle_entry(entry=waiting.id, name=name, phone=phone)
        assert waiting_entries(HERE).count() == 1


def test_undo_withdraws_the_sign_up_and_the_entry_waits_again(
    city: SmallCity, issued: Call
) -> None:
    paste(city, issued)
    with act_as(city.secretary):
        (waiting,) = waiting_entries(HERE)
        settled = settle_entry(entry=waiting.id, name="孙六", phone="13900008883")
        reopened = reopen_entry(entry=waiting.id)
        assert (reopened.state, reopened.signup_id) == (ChainEntry.State.WAITING, None)
        assert SignUp.objects.get(id=settled.signup_id).state == SignUp.State.WITHDRAWN


def test_a_neighbour_without_a_number_is_found_behind_the_door(
    city: SmallCity, issued: Call
) -> None:
    with as_system("look"):
        phone = Phone.objects.select_related("person").get(person=city.residents[0])
    pasted = paste(city, issued, f"#接龙\n报名\n\n1. {phone.person.name} 1-1-101 引导\n")
    assert (pasted.taken, pasted.waiting) == (1, 0)
    assert signed()[phone.person.name].person_id == city.residents[0]


def test_another_community_may_not_paste_here_nor_settle(city: SmallCity, issued: Call) -> None:
    with act_as(city.other_secretary), pytest.raises(NotAllowed):
        paste_chain(call=issued.id, area=HERE, text=TEXT)
    paste(city, issued)
    with act_as(city.secretary):
        (waiting,) = waiting_entries(HERE)
    with act_as(city.other_secretary):
        with pytest.raises(EntrySettled):
            settle_entry(entry=waiting.id, name="孙六", phone="13900008883")
        with pytest.raises(EntrySettled):
            reopen_entry(entry=waiting.id)


def test_every_word_that_is_heard_means_roles_of_the_policy() -> None:
    from muster import policies

    known = {r.key for r in policies.load("2022-04").roles}
    assert {role for roles in HEARD.values() for role in roles} <= known
