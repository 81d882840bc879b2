"""muster.apps.people.actions.phones: codes are digits, and no plain hash of them is kept."""

from hashlib import sha256

from muster.apps.people.actions.phones import DIGITS, hashed, new_code


def test_codes_are_digits_and_differ() -> None:
    codes = {new_code() for _ in range(50)}
    assert len(codes) == 50
    assert all(code.isdecimal() and len(code) == DIGITS for code in codes)


def test_the_hash_is_keyed_and_of_one_purpose() -> None:
    assert hashed("enrolment", "12345678") == hashed("enrolment", "12345678")
    assert hashed("enrolment", "12345678") != hashed("guess", "12345678")
    assert hashed("enrolment", "12345678") != sha256(b"12345678").digest()
