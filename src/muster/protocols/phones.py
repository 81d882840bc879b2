"""Telephone numbers as people write them."""

import re
import unicodedata

from muster.kernel.errors import Invalid

MOBILE = re.compile(r"1[3-9]\d{9}")


class PhoneMalformed(Invalid):
    """This is not a mobile number: {number}. Eleven digits, beginning with 1."""

    code = "phone_malformed"


def mobile(text: str) -> str:
    """Eleven digits of a mobile number in any usual spelling. Raises `PhoneMalformed`; what was
    typed is in the error only as its last four characters."""
    digits = re.sub(r"[\s\-.·()（）]", "", unicodedata.normalize("NFKC", text))
    digits = re.sub(r"^(\+?86|0086)(?=1)", "", digits)
    if not MOBILE.fullmatch(digits):
        raise PhoneMalformed(number=f"…{text.strip()[-4:]}", reason="")
    return digits
