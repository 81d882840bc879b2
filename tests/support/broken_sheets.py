"""Spreadsheets broken in the ways that files break: cut short, bytes wrong, and, inside the
archive, the XML itself wrong: cells moved, numbers where text was, closing tags lost."""

import random
import zipfile
from io import BytesIO

_PIECES = (b"<c r=\"A1\">", b"</row>", b"<v>", b"1e309", b"-1", b"", b"&#0;", b"\xff", b"r=\"ZZ9\"",
           b"<row r=\"99999999\">", b"t=\"s\"", b"t=\"e\"", b"999999999")  # fmt: skip


def broken(data: bytes, filename: str, chance: random.Random) -> bytes:
    """One mutant of a file."""
    zipped = filename.endswith((".xlsx", ".ods"))
    if zipped and chance.random() < 0.6:
        return _inside(data, chance)
    if chance.random() < 0.2:
        data = data[: chance.randint(1, len(data))]
    return _bytes(data, chance)


def _bytes(data: bytes, chance: random.Random) -> bytes:
    bad = bytearray(data)
    for _ in range(chance.randint(1, 20)):
        bad[chance.randrange(len(bad))] = chance.randrange(256)
    return bytes(bad)


def _inside(data: bytes, chance: random.Random) -> bytes:
    """The archive stays whole, one of its files does not."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        chosen = chance.choice([n for n in old.namelist() if n.endswith((".xml", ".rels"))])
        for name in old.namelist():
            content = old.read(name)
            if name == chosen and content:
                for _ in range(chance.randint(1, 6)):
                    at = chance.randrange(len(content))
                    gone = at + chance.randint(0, 12)
                    content = content[:at] + chance.choice(_PIECES) + content[gone:]
            new.writestr(name, content)
    return buffer.getvalue()
