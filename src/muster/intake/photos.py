"""Photos as phones send them, without what they tell beside the picture: place, time, device.

No picture is decoded: the file's own segments are walked and only what is needed to show it stays.
"""

from dataclasses import dataclass

from muster.kernel.errors import Invalid

JPEG, PNG = "image/jpeg", "image/png"
_PNG_HEAD = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"sRGB"}
_SOI, _EOI, _SOS = 0xD8, 0xD9, 0xDA
_APP0, _APP14 = 0xE0, 0xEE
_COMMENT = 0xFE
_JFIF_BARE = 14


class PhotoRefused(Invalid):
    """The photo was not taken: it must be a JPEG or PNG of at most {limit} MB. Send a smaller one,
    or the result without a photo."""

    code = "photo_refused"


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture with nothing beside it. `media` is its MIME type."""

    media: str
    content: bytes


def clean_photo(data: bytes, *, limit: int) -> Photo:
    """The picture of a JPEG or PNG file of at most `limit` bytes, without Exif, XMP, comments,
    previews and whatever hangs on behind. What is not such a file raises `PhotoRefused`."""
    megabytes = limit // 1_000_000
    if len(data) > limit:
        raise PhotoRefused(limit=megabytes, reason="")
    try:
        if data.startswith(b"\xff\xd8\xff"):
            return Photo(JPEG, _jpeg(data))
        if data.startswith(_PNG_HEAD):
            return Photo(PNG, _png(data))
    except IndexError as error:
        raise PhotoRefused(limit=megabytes, reason="") from error
    raise PhotoRefused(limit=megabytes, reason="")


def _jpeg(data: bytes) -> bytes:
    """Segment by segment up to the end of the picture. Raises `IndexError` where it is broken."""
    kept, at = bytearray(data[:2]), 2
    while True:
        if data[at] != 0xFF:
            raise IndexError(at)
        marker = data[at + 1]
        if marker == 0xFF:  # a fill byte
            at += 1
            continue
        if marker == _EOI:
            return bytes(kept + data[at : at + 2])
        end = at + 2 + (data[at + 2] << 8 | data[at + 3])
        if end > len(data) or end < at + 4:
            raise IndexError(at)
        if marker == _SOS:
            end = _scan_end(data, end)
        if _stays(marker, data[at + 4 : end]):
            kept += data[at:end]
        at = end


def _stays(marker: int, held: bytes) -> bool:
    """JFIF (without its thumbnail) and Adobe say how colours are meant; other application segments
    and comments go."""
    if marker == _APP0:
        return held.startswith(b"JFIF\0") and len(held) == _JFIF_BARE
    if marker == _APP14:
        return True
    return not 0xE0 <= marker <= 0xEF and marker != _COMMENT


def _scan_end(data: bytes, at: int) -> int:
    """Where the entropy-coded data ends: at a marker that is neither a stuffed nor a restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0:
            raise IndexError(len(data))
        follows = data[at + 1]
        if follows and not 0xD0 <= follows <= 0xD7:
            return at
        at += 2


def _png(data: bytes) -> bytes:
    """Chunk by chunk up to IEND. Raises `IndexError` where it is broken."""
    kept, at = bytearray(data[:8]), 8
    while True:
        size = int.from_bytes(data[at : at + 4], "big")
        kind, end = data[at + 4 : at + 8], at + 12 + size
        if end > len(data):
            raise IndexError(at)
        if kind in _PNG_KEPT:
            kept += data[at:end]
        if kind == b"IEND":
            return bytes(kept)
        at = end
