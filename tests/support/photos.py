"""The smallest pictures that say something, one with what a phone writes beside it."""

import struct
import zlib


def segment(marker: int, held: bytes) -> bytes:
    """A JPEG segment with its length."""
    return bytes((0xFF, marker)) + struct.pack(">H", len(held) + 2) + held


EXIF = segment(0xE1, b"Exif\0\0GPS 37.80 N 112.57 E")
JFIF = segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0")
TABLES = segment(0xDB, bytes(65)) + segment(0xC0, b"\x08\0\x01\0\x01\x01\x01\x11\0")
SCAN = segment(0xDA, b"\x01\x01\0\0\x3f\0") + b"\x12\xff\x00\x34\xff\xd0\x56"
BARE = b"\xff\xd8" + JFIF + TABLES + SCAN + b"\xff\xd9"
"""A JPEG as it should be kept."""
JPEG = b"\xff\xd8" + JFIF + EXIF + segment(0xFE, b"by Mr Wang") + TABLES + SCAN + b"\xff\xd9" + EXIF
"""The same as a phone sends it."""


def chunk(kind: bytes, held: bytes) -> bytes:
    """A PNG chunk with its length and check sum."""
    return struct.pack(">I", len(held)) + kind + held + struct.pack(">I", zlib.crc32(kind + held))


HEAD = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
PIXEL = chunk(b"IDAT", zlib.compress(b"\0\x7f")) + chunk(b"IEND", b"")
BARE_PNG = HEAD + PIXEL
PNG = HEAD + chunk(b"tEXt", b"Author\0Wang") + chunk(b"eXIf", b"GPS") + PIXEL + b"behind"
