"""muster.intake.photos: the picture stays, what the phone wrote beside it goes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.intake.photos import Photo, PhotoRefused, clean_photo
from tests.support.photos import BARE, BARE_PNG, JFIF, JPEG, PNG, SCAN, TABLES, segment

LIMIT = 5_000_000


def test_a_jpeg_without_place_time_and_author() -> None:
    assert clean_photo(JPEG, limit=LIMIT) == Photo("image/jpeg", BARE)


def test_a_png_without_text_exif_and_what_hangs_behind() -> None:
    assert clean_photo(PNG, limit=LIMIT) == Photo("image/png", BARE_PNG)


def test_a_clean_picture_stays_as_it_is() -> None:
    assert clean_photo(BARE, limit=LIMIT).content == BARE
    assert clean_photo(BARE_PNG, limit=LIMIT).content == BARE_PNG


def test_previews_go_and_several_scans_stay() -> None:
    preview = segment(0xE0, b"JFXX\0\x10" + b"small picture")
    scans = SCAN + segment(0xC4, bytes(20)) + SCAN
    data = b"\xff\xd8" + JFIF + preview + TABLES + b"\xff" + scans + b"\xff\xd9"
    kept = clean_photo(data, limit=LIMIT).content
    assert kept == b"\xff\xd8" + JFIF + TABLES + scans + b"\xff\xd9"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.7 not a picture",
        b"<svg onload=alert(1)>",
        b"\0\0\0\x18ftypheic",
        JPEG[: len(JPEG) // 2],
        BARE[:-2],
        b"\xff\xd8\xff\xe1\0\0",
        PNG[:40],
        BARE_PNG[:-12],
    ],
)
def test_what_is_no_whole_picture_is_refused(data: bytes) -> None:
    with pytest.raises(PhotoRefused):
        clean_photo(data, limit=LIMIT)


def test_a_large_one_is_refused_with_the_limit() -> None:
    with pytest.raises(PhotoRefused) as told:
        clean_photo(JPEG + bytes(LIMIT), limit=LIMIT)
    assert told.value.data["limit"] == 5


@given(st.binary(max_size=300), st.sampled_from([b"\xff\xd8\xff", BARE_PNG[:8], BARE[:60]]))
def test_nothing_that_is_sent_breaks_it(data: bytes, head: bytes) -> None:
    try:
        kept = clean_photo(head + data, limit=LIMIT).content
    except PhotoRefused:
        return
    assert clean_photo(kept, limit=LIMIT).content == kept
