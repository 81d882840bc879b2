"""Whatever is pasted or sent: no exception but the refusals, and no line is lost."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from muster.intake.chains import clean_chain, compare, read_chains
from muster.intake.errors import NotReadable
from muster.intake.sheets import read_sheet
from muster.intake.sheets.cleaner import write_cleaner
from tests.intake.shared import samples
from tests.support.accounting import unaccounted

PIECES = st.sampled_from(
    [
        "#接龙",
        "接龙",
        "【接龙】",
        "例：",
        "1.",
        "2、",
        "3)",
        "①",
        "🔟",
        "1️⃣",
        "王芳",
        "张阿姨",
        "3-2-501",
        "3号楼2单元",
        "A区",
        "505",
        "13800130001",
        "138****0001",
        "下午",
        "周一三五",
        "除周三",
        "8点后",
        "8-12",
        "+1",
        "和老公",
        "代妈妈报",
        "取消",
        "~~",
        "同上",
        "同4号",
        "改为",
        "电话：",
        "备注：",
        "土豆3斤",
        "×2",
        "各一斤",
        "4/4",
        "应4实3",
        "没人",
        "会录入",
        "住建局",
        "党员",
        "、",
        "，",
        "；",
        "（",
        "）",
        "」",
        "-",
        "|",
        "🍀",
        "\u200b",
        "̶",
        "集合点：",
        "2022-04-12",
        "08:15:22",
        "---",
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.just("\n"), st.just(" "), st.text(max_size=6)), max_size=60)


@settings(max_examples=300, deadline=None)
@given(TEXTS.map("".join))
def test_any_text_is_read_without_an_exception_and_without_loss(text: str) -> None:
    try:
        document = read_chains(text)
    except NotReadable:
        return
    assert not any(unaccounted(text, document))
    for chain in document.chains:
        clean_chain(chain)
        assert not compare(chain, chain)
    document.to_json()


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([".txt", ".json", ".xml"]))
def test_any_bytes_are_read_or_refused(data: bytes, suffix: str) -> None:
    try:
        read_chains(data, suffix=suffix)
    except NotReadable:
        return


def test_mutated_chains_of_the_corpus() -> None:
    chance = random.Random(4)
    texts = [p.read_text("utf-8") for p in sorted((samples() / "chains").glob("*.txt"))]
    for _ in range(400):
        text = list(chance.choice(texts)[:1500])
        for _ in range(chance.randint(1, 8)):
            at = chance.randrange(len(text))
            text[at : at + chance.randint(0, 3)] = chance.choice(chance.choice(texts))
        mutant = "".join(text)
        assert not any(unaccounted(mutant, read_chains(mutant)))


def test_mutated_sheets_of_the_corpus() -> None:
    chance = random.Random(4)
    for path in sorted((samples() / "sheets").glob("s0[4678].*s*")):
        data = path.read_bytes()
        for _ in range(12):
            broken = bytearray(
                data[: chance.randint(1, len(data))] if chance.random() < 0.3 else data
            )
            for _ in range(chance.randint(1, 20)):
                broken[chance.randrange(len(broken))] = chance.randrange(256)
            try:
                document = read_sheet(bytes(broken), filename=path.name)
            except NotReadable:
                continue
            write_cleaner(document)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(st.text(max_size=12), max_size=6), max_size=8))
def test_any_table_is_read(cells: list[list[str]]) -> None:
    rows = [["姓名", "身份证号", "手机号", "楼号", "房号", "出生日期"], *cells]
    data = "\n".join("\t".join(c.replace("\t", " ") for c in row) for row in rows).encode(
        "utf-8", "replace"
    )
    try:
        document = read_sheet(data, filename="a.tsv")
    except NotReadable:
        return
    write_cleaner(document)
