"""What people type to say why: short, and without the numbers of people, because it is kept for
years. At the desk a number is refused. A phone's entry is never refused for its words: there the
number is masked (`without_numbers`)."""

from muster.apps.audit.errors import RemarkHoldsNumber, RemarkTooLong
from muster.intake.speech.phones import holds_number

LONGEST = 80


def remark(text: str) -> str:
    """The text without the spaces around it. Raises `RemarkTooLong`, `RemarkHoldsNumber`."""
    said = " ".join(text.split())
    if len(said) > LONGEST:
        raise RemarkTooLong(limit=LONGEST, reason="")
    if holds_number(said):
        raise RemarkHoldsNumber(reason="")
    return said
