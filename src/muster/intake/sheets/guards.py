"""What a sent file is, by its bytes and not by its name, and whether it may be opened.

Refused with a mend: empty, too large, a picture, not a spreadsheet, a zip bomb, macros, links to
other files, a password.
"""

import zipfile
from enum import StrEnum
from io import BytesIO

from muster.intake.errors import (
    Damaged,
    Empty,
    Encrypted,
    ExternalLinks,
    Macros,
    NotASpreadsheet,
    Picture,
    TooLarge,
    ZipBomb,
)
from muster.intake.sheets.archives import BROKEN, member
from muster.intake.signatures import is_picture, other

MEGABYTE = 1024 * 1024
LIMIT_MB = 64
UNPACKED_LIMIT_MB = 1536
RATIO_LIMIT, RATIO_FLOOR_MB = 150, 48

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Format(StrEnum):
    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    TEXT = "text"


def recognise(data: bytes, *, filename: str, limit_mb: float = LIMIT_MB) -> Format:
    """The format of the file; raises one of the errors of `muster.intake.errors`."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise Empty(filename=filename)
    check_size(len(data), filename=filename, limit_mb=limit_mb)
    if data[:4] == b"PK\x03\x04":
        return _zipped(data, filename)
    if data[:8] == _OLE:
        return _ole(data, filename)
    if is_picture(data):
        raise Picture(filename=filename)
    found = other(data)
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<table", b"<?xml")):
        found = "a web page or XML"
    if found:
        raise NotASpreadsheet(filename=filename, found=found)
    return Format.TEXT


def check_size(size: int, *, filename: str, limit_mb: float = LIMIT_MB) -> None:
    """Raises TooLarge for more than `limit_mb`; call it before a file is read into memory."""
    if size > limit_mb * MEGABYTE:
        raise TooLarge(filename=filename, megabytes=round(size / MEGABYTE), limit=f"{limit_mb:g}")


def _zipped(data: bytes, filename: str) -> Format:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            infos = archive.infolist()
            kind = (
                member(archive, "mimetype", filename)[:100]
                if "mimetype" in archive.namelist()
                else b""
            )
    except BROKEN as problem:
        raise Damaged(filename=filename, reason="the archive cannot be opened") from problem
    names = {i.filename for i in infos}
    _refuse_bomb(infos, len(data), filename)
    if any(n.lower().endswith("vbaproject.bin") for n in names):
        raise Macros(filename=filename)
    if any(n.startswith(("xl/externalLinks/", "xl/ctrlProps/", "xl/activeX/")) for n in names):
        raise ExternalLinks(filename=filename)
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        return Format.XLSX
    if b"opendocument.spreadsheet" in kind:
        if any(n.startswith(("Basic/", "Scripts/")) for n in names):
            raise Macros(filename=filename)
        return Format.ODS
    found = "a text document" if "word/document.xml" in names else "an archive"
    raise NotASpreadsheet(filename=filename, found=found)


def _refuse_bomb(infos: list[zipfile.ZipInfo], packed: int, filename: str) -> None:
    unpacked = sum(i.file_size for i in infos)
    ratio = unpacked / max(1, packed)
    huge = unpacked > UNPACKED_LIMIT_MB * MEGABYTE
    if huge or (ratio > RATIO_LIMIT and unpacked > RATIO_FLOOR_MB * MEGABYTE):
        raise ZipBomb(filename=filename, ratio=round(ratio))


def _ole(data: bytes, filename: str) -> Format:
    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        raise Encrypted(filename=filename)
    if holds("_VBA_PROJECT"):
        raise Macros(filename=filename)
    if not (holds("Workbook") or holds("Book")):
        raise NotASpreadsheet(filename=filename, found="an old office document")
    return Format.XLS
