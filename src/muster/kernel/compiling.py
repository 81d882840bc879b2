"""How kernels are compiled: once, kept on disk, without the interpreter's lock."""

from collections.abc import Callable
from typing import Any

import numba


def compiled[F: Callable[..., Any]](function: F) -> F:
    """Compile `function` to machine code that runs without the interpreter's lock; kept on disk."""
    made: F = numba.njit(cache=True, nogil=True)(function)
    return made
