"""Intake: how fast a chain and a sheet are read, and how well, each beside its limit."""

import io
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import xlsxwriter

from muster.intake.chains import read_chains
from muster.intake.sheets import read_sheet
from muster.kernel.resident_id import check_digit

SURNAMES, GIVEN = "王李张刘陈杨黄赵吴周徐孙马朱胡", "伟芳娜秀敏静丽强磊军洋勇艳杰娟涛明超"
WORDS = ("", "上午", "周六全天", "晚8点后", "会录入", "有车", "搬物资", "除周三")
START = "from muster.project.cli import main; main()"
type Figure = tuple[str, float, str, float | None]


def chain_text(entries: int, chance: random.Random) -> str:
    """A sign-up chain of invented people."""
    lines = ["#接龙", "志愿者", ""]
    for no in range(1, entries + 1):
        name = chance.choice(SURNAMES) + chance.choice(GIVEN) + chance.choice(GIVEN)
        stairs, floor = chance.randint(1, 4), chance.randint(1, 18)
        house = f"{chance.randint(1, 20)}-{stairs}-{floor}0{chance.randint(1, 4)}"
        lines.append(
            f"{no}. {name} {house} 138{chance.randint(0, 99999999):08d} {chance.choice(WORDS)}"
        )
    return "\n".join(lines)


def register(rows: int, chance: random.Random) -> bytes:
    """A register of invented people as xlsx."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"constant_memory": True})
    sheet = book.add_worksheet("总表")
    sheet.write_row(
        0, 0, ["姓名", "身份证号", "手机号", "楼号", "单元", "房号", "居住类型", "备注"]
    )
    for at in range(1, rows + 1):
        born = f"{chance.randint(1930, 2020)}{chance.randint(1, 12):02d}{chance.randint(1, 28):02d}"
        number = f"140101{born}{chance.randint(0, 999):03d}"
        name = chance.choice(SURNAMES) + chance.choice(GIVEN) + chance.choice(GIVEN)
        phone = f"138{chance.randint(0, 99999999):08d}"
        door = [
            f"{chance.randint(1, 40)}号楼",
            chance.randint(1, 4),
            f"{chance.randint(1, 30)}01室",
        ]
        sheet.write_row(at, 0, [name, number + check_digit(number), phone, *door, "业主", ""])
    book.close()
    return buffer.getvalue()


def seconds(work: Callable[[], object], times: int = 1) -> float:
    """The best of several runs, in seconds."""
    best = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def alone(path: Path) -> tuple[float, float]:
    """Seconds and peak memory (MB) of reading one sheet in a process of its own."""
    command = [sys.executable, "-m", "bench.intake", str(path)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return float(said[0]), float(said[1])


def started(*arguments: str) -> float:
    """Seconds from the command to its answer."""
    command = [sys.executable, "-c", START, "intake", *arguments, "--json"]
    return seconds(lambda: subprocess.run(command, check=True, capture_output=True), 5)


ENTRIES, FEW, MANY = 300, 3_000, 100_000
"""Entries of a chain, rows of two sheets."""


def run() -> list[Figure]:
    """(name, figure, unit, limit) of everything measured."""
    chance = random.Random(7)
    text = chain_text(ENTRIES, chance)
    small, large = register(FEW, chance), register(MANY, chance)
    with tempfile.TemporaryDirectory() as folder:
        chain, roll, roster = (Path(folder, n) for n in ("a.txt", "a.xlsx", "b.xlsx"))
        chain.write_text(chain_text(10, chance), "utf-8")
        roll.write_bytes(large)
        roster.write_bytes(register(10, chance))
        took, memory = alone(roll)
        starts = started("chain", os.fspath(chain)), started("sheet", os.fspath(roster))
    return [
        (f"chain of {ENTRIES} entries", 1000 * seconds(lambda: read_chains(text), 5), "ms", 50),
        (
            f"sheet of {FEW:,} rows",
            seconds(lambda: read_sheet(small, filename="a.xlsx"), 3),
            "s",
            1,
        ),
        (f"sheet of {MANY:,} rows", took, "s", 15),
        ("memory of that process", memory, "MB", 500),
        ("muster intake chain, start to answer", starts[0], "s", 0.5),
        ("muster intake sheet, start to answer", starts[1], "s", 0.5),
    ]


if __name__ == "__main__":
    data = Path(sys.argv[1]).read_bytes()
    once = seconds(lambda: read_sheet(data, filename="a.xlsx"))
    print(once, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
