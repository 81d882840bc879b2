"""What a file is by its first bytes, whatever it is called."""

PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
OTHERS = {
    b"%PDF": "PDF",
    b"{\\rtf": "RTF",
    b"7z\xbc\xaf": "7z",
    b"Rar!": "RAR",
    b"\x1f\x8b": "gzip",
    b"MZ": "a program",
    b"\x7fELF": "a program",
    b"SQLite format": "a database",
}


def is_picture(data: bytes) -> bool:
    return data.startswith(PICTURES) or data[8:12] == b"WEBP" or data[4:8] == b"ftyp"


def is_utf16(data: bytes) -> bool:
    return data[:2] in {b"\xff\xfe", b"\xfe\xff"}


def is_binary(data: bytes) -> bool:
    """Bytes that no text holds."""
    return not is_utf16(data) and b"\x00" in data[:4096]


def other(data: bytes) -> str | None:
    """What else it plainly is, in words, or None."""
    found = next((name for magic, name in OTHERS.items() if data.startswith(magic)), None)
    return found or ("binary data" if is_binary(data) else None)
