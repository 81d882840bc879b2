"""Codes of divisions (GB/T 2260 and below): 12 digits, whose trailing zeros are their levels."""

LEVELS = (10**10, 10**8, 10**6, 10**3)
"""Province, city, district, street: what a code of that level is divisible by."""


def code_range(code: int) -> tuple[int, int]:
    """First and last 12-digit code below a division: trailing zeros are its levels (2, 4, 6, 9)."""
    for digits in LEVELS:
        if code % digits == 0:
            return code, code + digits - 1
    return code, code


def codes_around(code: int) -> list[int]:
    """The division itself and every one that it lies in, the widest first."""
    return sorted({code, *(code - code % digits for digits in LEVELS)})
