"""A phone's token: whole or refused."""

from uuid import UUID

import pytest

from muster.protocols.devices import DeviceRefused, DeviceToken

TOKEN = DeviceToken(UUID(int=7), 140105007001, bytes(range(24)))


def test_there_and_back() -> None:
    assert DeviceToken.parse(TOKEN.text()) == TOKEN
    assert TOKEN.secret not in TOKEN.hash
    assert len(TOKEN.hash) == 32


@pytest.mark.parametrize("text", ["", "a", "é", TOKEN.text()[:-4], TOKEN.text() + "AAAA", "=" * 64])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(DeviceRefused):
        DeviceToken.parse(text)
