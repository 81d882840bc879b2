"""Problems and plans as ``.npz`` files: format ``muster-city-1``."""

import os
import tempfile
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import MISSING, fields
from pathlib import Path

import numpy as np

from muster.planner.city.checker import fits
from muster.planner.city.errors import BadCityFile, BadCityPlan
from muster.planner.city.problem import CityProblem, Lines, Whole, city_of
from muster.planner.city.rules.model import NAMES, Rules
from muster.planner.city.rules.reading import rules_of

FORMAT = "muster-city-1"
PLAN_FORMAT = "muster-city-plan-1"
DAMAGE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError)
"""What reading a damaged file raises."""


def load_problem(path: Path) -> CityProblem:
    """The problem in `path`.

    Raises:
        BadCityFile: not such a file, cut off, or without one of the arrays.
        BadCity: every contradiction in it.
    """
    wanted = [each.name for each in fields(CityProblem)]
    needed = [each.name for each in fields(CityProblem) if each.default is MISSING]
    arrays = _arrays(path, ["format", *wanted])
    if str(arrays.pop("format", "")) != FORMAT:
        raise _bad(path, f"its format is not {FORMAT}; is it a problem made for this program?")
    lost = [name for name in needed if name not in arrays]
    if lost:
        raise _bad(path, f"without {', '.join(lost)}; write it again with every array")
    return city_of(arrays)


def load_rules(path: Path, problem: CityProblem) -> Rules | None:
    """The rules beside `problem` in `path`; nothing when it holds none.

    Raises:
        BadCityFile: cut off.
        BadCity: every contradiction in them.
    """
    arrays = _arrays(path, list(NAMES))
    return rules_of(problem, arrays) if arrays else None


def save_problem(path: Path, problem: CityProblem, rules: Rules | None = None) -> None:
    """Write `problem`, with its `rules` if it has any, to `path`, whole or not at all."""
    beside = rules.stored() if rules else {}
    _write(path, {"format": np.array(FORMAT), **dict(problem.stored()), **beside})


def load_plan(path: Path, problem: CityProblem) -> Lines:
    """The assignment in `path`, (P, T) int32.

    Raises:
        BadCityFile: not a plan, or cut off.
        BadCityPlan: a plan for another problem.
    """
    arrays = _arrays(path, ["format", "assignment", "fingerprint"])
    if "assignment" not in arrays:
        raise _bad(path, "without assignment; it is not a plan")
    fingerprint = str(arrays.get("fingerprint", problem.fingerprint))
    assignment = arrays["assignment"]
    if fingerprint != problem.fingerprint:
        raise BadCityPlan(reason="it was made for another problem; name the file of that problem")
    fits(problem, assignment)
    return assignment.astype(np.int32)


def save_plan(path: Path, problem: CityProblem, assignment: Lines) -> None:
    """Write `assignment` to `path`, whole or not at all, with the mark of its problem."""
    arrays = {
        "format": np.array(PLAN_FORMAT),
        "assignment": assignment.astype(np.int32),
        "fingerprint": np.array(problem.fingerprint),
    }
    _write(path, arrays)


def _arrays(path: Path, names: list[str]) -> dict[str, Whole]:
    """Those of `names` that are in `path`."""
    if not zipfile.is_zipfile(path):
        raise _bad(path, "not an .npz file, or cut off; copy it again")
    try:
        with np.load(path, allow_pickle=False) as file:
            return {name: file[name] for name in names if name in file.files}
    except DAMAGE as fault:
        raise _bad(path, f"damaged ({fault}); copy it again") from fault


def _bad(path: Path, reason: str) -> BadCityFile:
    return BadCityFile(file=path.name, reason=reason)


def _write(path: Path, arrays: Mapping[str, Whole]) -> None:
    """Compressed, into a file beside it that then takes its name."""
    handle, made = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as target:
            np.savez_compressed(target, allow_pickle=False, **arrays)
        Path(made).chmod(0o644)
        Path(made).replace(path)
    except BaseException:
        Path(made).unlink(missing_ok=True)
        raise
