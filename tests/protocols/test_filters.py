"""The filter: who is in it is found with his table, whoever is not is not."""

import base64
from uuid import UUID, uuid4

from muster.protocols.filters import filter_of, table_in
from tests.protocols.vectors import vectors

FILTER = vectors("filter")
SALT = base64.b64decode(FILTER["salt"])


def test_the_vectors_filter_is_made_and_read() -> None:
    recorded = [(UUID(p), table) for p, table in FILTER["recorded"]]
    made = filter_of(SALT, recorded)
    assert base64.b64encode(made).decode() == FILTER["entries"]
    assert [table_in(made, SALT, p) for p, _ in recorded] == [t for _, t in recorded]
    assert {table_in(made, SALT, UUID(p)) for p in FILTER["absent"]} == {None}


def test_an_empty_filter_knows_nobody() -> None:
    assert filter_of(SALT, []) == b""
    assert table_in(b"", SALT, uuid4()) is None


def test_another_rounds_salt_finds_nobody() -> None:
    person = uuid4()
    assert table_in(filter_of(SALT, [(person, 3)]), bytes(16), person) is None
