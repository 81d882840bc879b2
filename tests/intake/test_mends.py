"""Every code has words and a mend; lists for a terminal hide numbers.

Covers muster.intake.mends, muster.intake.listing, muster.intake.errors, muster.intake.signatures.
"""

import re
from pathlib import Path

from muster.intake import sheets
from muster.intake.chains import Flag, read_chains
from muster.intake.listing import list_chains, list_sheet, mask
from muster.intake.mends import MENDS
from muster.intake.sheets import read_sheet

CODES = re.compile(r"(?:doubt|Notice)\(\s*\"([a-z_0-9]+)\"")


def test_every_code_that_the_source_uses_has_a_mend() -> None:
    source = "".join(p.read_text("utf-8") for p in Path(sheets.__path__[0]).glob("*.py"))
    assert {flag.value for flag in Flag} <= set(MENDS)
    assert set(CODES.findall(source)) <= set(MENDS)
    assert all(all((m.zh, m.en, m.mend_zh, m.mend_en)) for m in MENDS.values())


def test_listings_show_the_doubtful_first_and_no_phone() -> None:
    lines = "\n".join(list_chains(read_chains("#接龙\n1. 王芳 13800130001\n2. 李四 +1")))
    assert lines.index("李四") < lines.index("王芳")
    assert "13800130001" not in lines
    assert mask("13800130001") == "138****0001"
    sheet = read_sheet("姓名,手机,房号\n王芳,123,501".encode(), filename="a.csv")
    assert MENDS["phone_invalid"].zh in "\n".join(list_sheet(sheet))
