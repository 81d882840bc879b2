from datetime import UTC, datetime, timedelta

from muster.kernel.ids import made_at, new_id


def test_ids_are_version_7_unique_and_increase() -> None:
    ids = [new_id() for _ in range(10_000)]
    assert {i.version for i in ids} == {7}
    assert {i.variant for i in ids} == {"specified in RFC 4122"}
    assert ids == sorted(set(ids))


def test_an_id_tells_when_it_was_made() -> None:
    assert abs(made_at(new_id()) - datetime.now(UTC)) < timedelta(seconds=60)
