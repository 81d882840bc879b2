"""Also the mirror of muster.policies.model and muster.policies.errors."""

import re
import shutil
from pathlib import Path

import pytest

import muster.policies.errors
import muster.policies.model
from muster.policies import load, names
from muster.policies.loader import read

DATA = Path(muster.policies.model.__file__).parent / "2022_04"


def test_the_april_rules_say_what_the_report_says() -> None:
    policy = load("2022-04")
    assert [level.zh for level in policy.levels] == ["封控区", "管控区", "防范区"]
    assert policy.level("lockdown").test_days == (1, 4, 7, 10, 14)
    assert policy.screening.site.residents_per_table_tonight == 470
    assert policy.screening.site.people_per_sampler == 360
    named = [role.zh for role in policy.roles if role.named]
    assert named == ["防疫员", "流调员", "巡逻员", "物资保障员", "信息录入员"]
    assert policy.role("sampler").qualification == "medical"
    assert (policy.rest.suit_hours, policy.rest.suit_hours_stop) == (4, 6)
    assert policy.result("positive").recall
    assert {kept.dataset for kept in policy.retention} >= {"residents", "specimens", "audit"}


def test_a_policy_is_read_once() -> None:
    assert load("2022-04") is load("2022-04")


def test_versions_stand_side_by_side() -> None:
    assert names() == ("2022-04", "2022-06", "2022-11")
    november = load("2022-11")
    assert [level.key for level in november.levels] == ["high", "low"]
    assert november.roles == load("2022-04").roles


@pytest.mark.parametrize("name", names())
def test_every_policy_is_whole(name: str) -> None:
    policy = load(name)
    assert len({level.rank for level in policy.levels}) == len(policy.levels)
    assert policy.screening.tube.default_size in policy.screening.tube.sizes
    assert policy.screening.tube.code.fullmatch("TY0000000001")
    assert all(role.checklist for role in policy.roles)
    assert re.fullmatch(r"\d{4}-\d{2}", policy.name)


def test_an_unknown_policy_is_refused_with_what_is_known() -> None:
    with pytest.raises(muster.policies.errors.UnknownPolicy, match="2022-04, 2022-06, 2022-11"):
        load("1918-10")


def spoil(folder: Path, file: str, old: str, new: str) -> Path:
    shutil.copytree(DATA, folder, dirs_exist_ok=True)
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return folder


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("rest.toml", "rest_hours", "rset_hours", "rset_hours"),
        ("rest.toml", "rest_hours = 8.0", 'rest_hours = "eight"', "rest_hours"),
        ("rest.toml", "[rest]", "[rest", "rest.toml"),
        ("zones.toml", '"lockdown"\n\n', '"jail"\n\n', "jail"),
        ("screening.toml", 'role = "runner"', 'role = "jogger"', "jogger"),
        ("planning.toml", "load = [0.0, 0.0", "load = [0.0, 5.0", "planning.load"),
        ("roles.toml", "bit = 1", "bit = 0", "share a bit"),
    ],
)
def test_a_spoilt_policy_names_the_field(
    tmp_path: Path, file: str, old: str, new: str, says: str
) -> None:
    with pytest.raises(muster.policies.errors.BadPolicy, match=says):
        read("2022-04", spoil(tmp_path, file, old, new))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    shutil.copytree(DATA, tmp_path, dirs_exist_ok=True)
    (tmp_path / "rest.toml").unlink()
    with pytest.raises(muster.policies.errors.BadPolicy, match=r"rest\.toml"):
        read("2022-04", tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("every_days = 5", "every_days = 5\ncase_within_days = 3", "no condition"),
        ("every_days = 2", "every_days = 0", "at least 1"),
    ],
)
def test_a_rhythm_that_could_not_be_kept_is_refused(
    tmp_path: Path, old: str, new: str, reason: str
) -> None:
    folder = tmp_path / "policy"
    shutil.copytree(DATA, folder)
    file = folder / "rhythm.toml"
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    with pytest.raises(muster.policies.errors.BadPolicy, match=reason):
        read("broken", folder)


def test_the_ninth_edition_ends_after_three_clean_rounds() -> None:
    ninth = load("2022-06")
    assert [level.zh for level in ninth.levels] == ["高风险区", "中风险区", "低风险区"]
    assert (ninth.rhythm.ending.clean_rounds, ninth.rhythm.ending.then_after_days) == (3, 3)
    assert ninth.screening == load("2022-04").screening
