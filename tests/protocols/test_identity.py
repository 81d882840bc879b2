"""Identity numbers: judged, sealed, found again; never by the wrong key."""

import pytest

from muster.protocols.identity import (
    Keyring,
    Unsealable,
    masked,
    normal,
)

GOOD = "11010519491231002X"  # the example of GB 11643-1999
OLD, NEW = bytes(range(32)), bytes(range(32, 64))


def test_one_form_and_what_is_shown() -> None:
    assert normal(" １１0105 19491231002x ") == GOOD
    assert masked("002X") == "••••••••••002X"
    assert masked("") == "—"


def test_sealed_it_opens_and_the_same_number_has_the_same_index() -> None:
    ring = Keyring((OLD,))
    one, two = ring.seal(GOOD), ring.seal(GOOD.lower())
    assert one.cipher != two.cipher
    assert one.index == two.index == ring.index(f" {GOOD}")
    assert one.index != ring.index("E12345678")
    assert one.tail == "002X"
    assert ring.open(two.cipher) == GOOD


def test_a_new_key_loses_nothing_and_a_lost_key_says_so() -> None:
    old, both = Keyring((OLD,)), Keyring((NEW, OLD))
    sealed = old.seal(GOOD)
    assert both.open(sealed.cipher) == GOOD
    assert both.index(GOOD) == sealed.index
    fresh = both.seal(GOOD)
    with pytest.raises(Unsealable):
        old.open(fresh.cipher)
    spoiled = fresh.cipher[:-1] + bytes([fresh.cipher[-1] ^ 1])
    with pytest.raises(Unsealable):
        both.open(spoiled)


@pytest.mark.parametrize("keys", [(), (b"short",), (OLD, b"")])
def test_keys_are_32_bytes(keys: tuple[bytes, ...]) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Keyring(keys)
