"""The root of every error Muster raises on purpose.

::

    MusterError              code, typed data, a docstring that is the message
    ├ Refused                the caller may not do this          403
    ├ NotFound               there is no such thing in reach     404
    ├ Invalid                the input is wrong; says the mend   422
    ├ Conflict               the state has moved on              409
    └ Unavailable            try again later (retry_after)       503

Each package keeps its own errors in ``errors.py`` below these. The class docstring is the English
message, a ``str.format`` template over the error's data; ``web/problems.py`` alone translates it.
A retired code is never used again.
"""

from typing import Any, ClassVar


class MusterError(Exception):
    """Something went wrong."""

    code: ClassVar[str] = "error"

    def __init__(self, **data: Any) -> None:
        self.data = data
        super().__init__(self.message)

    @property
    def template(self) -> str:
        """The untranslated message with ``{fields}`` in it."""
        return " ".join((type(self).__doc__ or "").split())

    @property
    def message(self) -> str:
        """The English message with the error's data filled in."""
        return self.template.format_map(_Blank(self.data))


class _Blank(dict[str, Any]):
    """Leaves a field that was not given readable instead of raising inside an error."""

    def __missing__(self, key: str) -> str:
        return f"<{key}>"


class Refused(MusterError):
    """You may not do this here."""

    code = "refused"


class NotFound(MusterError):
    """There is no such thing within your reach."""

    code = "not_found"


class Invalid(MusterError):
    """The input is not valid: {reason}"""

    code = "invalid"


class Conflict(MusterError):
    """Somebody else changed this first: {reason}"""

    code = "conflict"


class Unavailable(MusterError):
    """Muster is busy. Try again in {retry_after} seconds."""

    code = "unavailable"
