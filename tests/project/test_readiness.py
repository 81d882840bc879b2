"""What must be true before the night; each finding says how to mend it."""

from muster.project.readiness import findings
from tests.support.city import SmallCity


def told() -> dict[str, bool]:
    return {f.what: f.good for f in findings()}


def test_an_empty_installation_is_not_ready(db: None) -> None:
    answers = told()
    assert not answers["places are registered (else: import the city)"]
    assert not answers["there is an account (else: muster user add)"]
    assert answers["audit chain of 0 lines is whole"]


def test_a_city_with_accounts_is(city: SmallCity) -> None:
    answers = told()
    assert answers["places are registered (else: import the city)"]
    assert answers["there is an account (else: muster user add)"]
    assert answers["policy 2022-04 is readable"]
    assert [good for what, good in answers.items() if what.startswith("audit chain")] == [True]
