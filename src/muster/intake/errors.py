"""What can be wrong with a pasted text or a sent file as a whole.

A doubtful *line* or *cell* is never an error: it stays, raw, with a flag (see `mends`). These are
for input that cannot be taken at all; each says the mend.
"""

from muster.kernel.errors import Invalid


class NotReadable(Invalid):
    """{filename} cannot be read: {reason}"""

    code = "intake_not_readable"


class Empty(NotReadable):
    """{filename} is empty. Check that the right file was chosen and send it again."""

    code = "intake_empty"


class NotASpreadsheet(NotReadable):
    """{filename} is not a spreadsheet ({found}). Send an .xlsx, .xls, .ods, .csv or .tsv file."""

    code = "intake_not_a_spreadsheet"


class NotText(NotReadable):
    """{filename} is not text ({found}). Copy the chain in the chat and paste it."""

    code = "intake_not_text"


class Picture(NotReadable):
    """{filename} is a picture. Muster does not read pictures: send the file it was taken from, or
    copy the text and paste it."""

    code = "intake_picture"


class TooLarge(NotReadable):
    """{filename} has {megabytes} MB, more than the {limit} MB taken at once. Split it by building
    and send the parts."""

    code = "intake_too_large"


class ZipBomb(NotReadable):
    """{filename} unpacks to {ratio} times its size and is refused. Open it in a spreadsheet
    program, save it again as .xlsx and send that."""

    code = "intake_zip_bomb"


class Macros(NotReadable):
    """{filename} holds macros and is refused. Save it as .xlsx without macros and send that."""

    code = "intake_macros"


class ExternalLinks(NotReadable):
    """{filename} holds formulas that point to other files and is refused. Copy the sheet, paste it
    into a new file as values only, and send that."""

    code = "intake_external_links"


class Encrypted(NotReadable):
    """{filename} is protected by a password. Remove the password, save it and send it again."""

    code = "intake_encrypted"


class Damaged(NotReadable):
    """{filename} is damaged: {reason}. Open it in a spreadsheet program, save it again and send
    that."""

    code = "intake_damaged"


class BrokenEncoding(NotReadable):
    """{filename} is neither UTF-8 nor GB18030 from byte {offset} on. Save it again as UTF-8."""

    code = "intake_broken_encoding"


class NoMessageText(NotReadable):
    """{filename} holds no chain message. Copy the chain in the chat and paste it as text."""

    code = "intake_no_message_text"


class TooLong(NotReadable):
    """The text has {characters} characters, more than the {limit} taken at once. Paste one chain at
    a time."""

    code = "intake_too_long"


class BadMapping(Invalid):
    """The column mapping names {field}, which this kind of sheet does not have. Known: {known}"""

    code = "intake_bad_mapping"


class UnknownKind(Invalid):
    """There is no kind of sheet called {kind}. Known: {known}"""

    code = "intake_unknown_kind"
