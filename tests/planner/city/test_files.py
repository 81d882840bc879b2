"""muster.planner.city.files: what cannot be taken says what to mend."""

from pathlib import Path

import numpy as np
import pytest

from muster.planner.city.errors import BadCityFile, BadCityPlan
from muster.planner.city.files import load_plan, load_problem, save_plan, save_problem
from tests.planner.city.cases import nobody, tiny


def test_there_and_back(tmp_path: Path) -> None:
    city = tiny()
    save_problem(tmp_path / "c.npz", city)
    again = load_problem(tmp_path / "c.npz")
    assert again.fingerprint == city.fingerprint
    plan = nobody(city)
    plan[2, 5] = 1
    save_plan(tmp_path / "p.npz", city, plan)
    assert (load_plan(tmp_path / "p.npz", again) == plan).all()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["c.npz", "p.npz"]


def test_bad_problem_files(tmp_path: Path) -> None:
    whole = tmp_path / "c.npz"
    save_problem(whole, tiny())
    bad = tmp_path / "bad.npz"
    data = whole.read_bytes()
    for broken in (b"", b"hello", data[:-200], data[: len(data) // 2]):
        bad.write_bytes(broken)
        with pytest.raises(BadCityFile, match="copy it again"):
            load_problem(bad)
    middle = bytearray(data)
    middle[200:260] = bytes(60)
    bad.write_bytes(middle)
    with pytest.raises(BadCityFile, match=r"bad\.npz"):
        load_problem(bad)
    np.savez(bad, format=np.array("other-1"))
    with pytest.raises(BadCityFile, match="muster-city-1"):
        load_problem(bad)
    np.savez(bad, format=np.array("muster-city-1"), required=np.zeros((1, 1)))
    with pytest.raises(BadCityFile, match="without compound_xy, compound_status"):
        load_problem(bad)
    np.savez(bad, format=np.array("muster-city-1"), required=np.array([{}], dtype=object))
    with pytest.raises(BadCityFile, match="damaged"):
        load_problem(bad)


def test_a_plan_for_another_problem(tmp_path: Path) -> None:
    city, other = tiny(6), tiny(6, seed=2)
    file = tmp_path / "p.npz"
    save_plan(file, city, nobody(city))
    with pytest.raises(BadCityPlan, match="another problem"):
        load_plan(file, other)
    np.savez(file, assignment=nobody(tiny(5)))
    with pytest.raises(BadCityPlan, match="6 people"):
        load_plan(file, city)
    plan = nobody(city)
    plan[1, 2] = city.lines
    np.savez(file, assignment=plan)
    with pytest.raises(BadCityPlan, match="person 1 in slot 2"):
        load_plan(file, city)
    np.savez(file, x=plan)
    with pytest.raises(BadCityFile, match="without assignment"):
        load_plan(file, city)
