"""The resident ID number (GB 11643): calendar date and check digit, for whoever judges or invents
one.

The area part is never checked: codes were re-drawn, and a library's table of birth places refuses
most people born before it.
"""

from datetime import date

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"


def check_digit(first17: str) -> str:
    """The 18th character for the first 17 digits (ISO 7064 MOD 11-2)."""
    return CHECKS[sum(int(d) * w for d, w in zip(first17, WEIGHTS, strict=True)) % 11]


def birth_date(number: str) -> date | None:
    """The birth date in an 18-character number, or None if there is none."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def is_resident_id(number: str) -> bool:
    """Whether date and check digit of an 18-character number hold."""
    body = number[:17]
    return (
        len(number) == 18
        and body.isascii()
        and body.isdigit()
        and birth_date(number) is not None
        and check_digit(body) == number[17].upper()
    )
