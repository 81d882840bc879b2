"""Reading from a zip archive that may be broken."""

import zipfile
import zlib

from muster.intake.errors import Damaged

BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)


def member(archive: zipfile.ZipFile, name: str, filename: str) -> bytes:
    """The bytes of one file of the archive; raises Damaged when it cannot be unpacked."""
    try:
        return archive.read(name)
    except BROKEN as problem:
        raise Damaged(filename=filename, reason=f"{name} cannot be unpacked") from problem
