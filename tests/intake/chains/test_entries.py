"""Entries read field by field: SCHEMA A5, A8-A10.

Covers muster.intake.chains.entries, muster.intake.chains.persons, muster.intake.chains.phrases,
muster.intake.chains.reading, muster.intake.chains.model.
"""

import pytest

from muster.intake.chains import Entry, Kind, read_chains


def entry(text: str) -> Entry:
    return read_chains(f"#接龙\n志愿者\n\n1. {text}").chains[0].entries[0]


def order(text: str) -> Entry:
    return read_chains(f"#接龙\n买菜\n\n1. {text}\n2. 醋1瓶\n3. 盐1袋").chains[0].entries[0]


NAMES = {
    "今年必破130 3-2-501": ("今年必破130", True),
    "8点半的地铁 上午": ("8点半的地铁", True),
    "早上不起床 13800130001": ("早上不起床", True),
    "3-2-501 早上不起床 晚上": ("早上不起床", True),
    "李大夫 下午": ("李大夫", True),
    "王护士 会录入": ("王护士", True),
    "周一鸣 周二": ("周一鸣", False),
    "周一 下午 王芳": ("王芳", False),
    "王芳501": ("王芳", False),
    "501王芳": ("王芳", False),
    "刘敏🌻 6-1-402": ("刘敏", False),
    "Crystal🍀 501": ("Crystal🍀", True),
    "☀️暖阳☀️ 全天": ("☀️暖阳☀️", True),
    "张　三 501": ("张三", False),
    "李 娟 上午": ("李娟", False),
    "5号楼楼长": ("楼长", True),
    "502业主": ("业主", True),
    "汪琴家 两人": ("汪琴", False),
    "买买提·吐尔逊 501": ("买买提·吐尔逊", False),
    "欧阳文静": ("欧阳文静", False),
    "芳芳 501": ("芳芳", True),
    "豆豆妈": ("豆豆妈", True),
    "小鱼（陈静）": ("陈静", False),
    "市教育局李红霞🚩13800131902": ("李红霞", False),
    "我和老公": (None, False),
    "李明报名": ("李明", False),
    "姓名：张慧 房号：501": ("张慧", False),
    "昵称：追风 电话：13800130001": ("追风", True),
    "Mr.Wu 501": ("Mr.Wu", True),
}


@pytest.mark.parametrize(("text", "expected"), NAMES.items())
def test_names(text: str, expected: tuple[str | None, bool]) -> None:
    found = entry(text)
    assert (found.name, found.is_nickname) == expected


@pytest.mark.parametrize(
    ("text", "others", "people"),
    [
        ("张三、李四", ["李四"], 2),
        ("张三 张四 张五", ["张四", "张五"], 3),
        ("张三+李四 501", ["李四"], 2),
        ("张三和李四", ["李四"], 2),
        ("冯霞+1（儿子冯宇轩）", ["冯宇轩"], 2),
        ("王丽 +1", [], 2),
        ("王秀珍--5栋--2人", [], 2),
        ("+2", [], 2),
        ("刘洋 代王芳报一个", [], 1),
    ],
)
def test_companions(text: str, others: list[str], people: int) -> None:
    found = entry(text)
    assert (found.others, found.people) == (others, people)


@pytest.mark.parametrize(
    "text",
    [
        "王丽 +1",
        "+1",
        "刘洋 代妈妈报一个",
        "王芳 3-2-5-1",
        "王芳 8-12",
        "王芳 501 1380013161",
        "王芳 3-2-501 5-1-302",
        "王芳 看情况",
        "王芳 可能来不了",
        "王芳 不一定能来",
        "王芳 时间待定",
        "王芳 同上",
    ],
)
def test_doubtful_entries_are_flagged(text: str) -> None:
    assert "ambiguous" in entry(text).flags
    assert not entry(text).cancelled


@pytest.mark.parametrize(
    "text", ["", "。。。", "——", "占位", "（空）", "【留位】", "占坑", "待定", "()", "…"]
)
def test_placeholders(text: str) -> None:
    found = entry(text)
    assert found.flags == ["placeholder"]
    assert found.note is None


@pytest.mark.parametrize("text", ["？？？", "!!!"])
def test_what_says_nothing_is_unparsed(text: str) -> None:
    assert entry(text).flags == ["unparsed"]


@pytest.mark.parametrize(
    "text",
    [
        "王芳 取消",
        "王芳（取消）",
        "王芳 取消了",
        "王芳 已取消",
        "王芳 退",
        "王芳（退）",
        "王芳 已退",
        "王芳 退出",
        "王芳 已退出",
        "王芳 作废",
        "王芳 不要了",
        "王芳 来不了了",
        "王芳 去不了",
        "王芳 不去了",
        "王芳 不来了",
        "王芳 ❌",
        "~~王芳 501~~",
        "王̶芳̶",
        "取消",
    ],
)
def test_cancelled(text: str) -> None:
    assert entry(text).cancelled
    assert entry(text).name in {"王芳", None}


@pytest.mark.parametrize(
    "text", ["王芳 取消隔离后可以来", "王芳 退伍军人", "王芳 退休教师", "王芳 可能来不了"]
)
def test_not_cancelled(text: str) -> None:
    assert not entry(text).cancelled


def test_corrections_replace() -> None:
    assert entry("王芳 3-2-501（更正：3-2-502）").house == entry("王芳 3-2-502").house
    assert entry("王芳 13800130001 改成13900130001").phones == ["13900130001"]
    assert [a.part for a in entry("王芳 下午 改为 上午").availability] == ["am"]


def test_references() -> None:
    text = (
        "#接龙\n1. 王芳 501 下午 扫楼\n2. \n3. 李四 同上\n"
        "4. 赵六 地址同1号 晚上\n5. 孙七 时间同上\n6. 周八 同4号"
    )
    third, fourth, fifth, sixth = read_chains(text).chains[0].entries[2:]
    assert third.house
    assert (third.house.room, third.roles, third.flags) == ("501", ["door_to_door"], ["ambiguous"])
    assert fourth.house
    assert (fourth.house.room, [a.part for a in fourth.availability]) == ("501", ["evening"])
    assert (fourth.flags, fifth.flags, sixth.flags) == ([], [], ["ambiguous"])
    assert [a.part for a in fifth.availability] == ["evening"]


def test_duplicates_are_flagged_on_all() -> None:
    entries = read_chains("#接龙\n1. 王芳\n2. 李四\n2. 王 芳\n3. LISA\n4. Ｌisa").chains[0].entries
    assert [e.flags for e in entries] == [
        ["duplicate_name"],
        ["duplicate_number"],
        ["duplicate_name", "duplicate_number"],
        ["duplicate_name"],
        ["duplicate_name"],
    ]


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("王芳（晚上补位）", "补位"),
        ("王芳 下午不行", "下午不行"),
        ("王芳 可以 参加 谢谢", None),
        ("王芳 备注：晚上要上班", "晚上要上班"),
        ("王芳 140101199003074210", "140101199003074210"),
        ("王芳 2022-04-12 20:01:33", None),
    ],
)
def test_notes(text: str, note: str | None) -> None:
    assert entry(text).note == note


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("王芸 土豆5斤", "王芸"),
        ("张阿姨 501 盐2袋", "张阿姨"),
        ("老秦 盐2袋", "老秦"),
        ("莓果🍓 盐2袋", "莓果🍓"),
        ("牛奶 1箱", None),
        ("白菜、黄瓜各两斤", None),
        ("苹果🍎3斤", None),
        ("小米5斤", None),
        ("收件人：温秀 盐1袋", "温秀"),
    ],
)
def test_who_orders(text: str, name: str | None) -> None:
    assert order(text).name == name


def test_every_field_is_always_there() -> None:
    document = read_chains("#接龙\n1. 王芳").to_json()
    chains = document["chains"]
    assert isinstance(chains, list)
    assert set(chains[0]["entries"][0]) == set(Entry().to_json())


@pytest.mark.parametrize("phone", ["138****0001", "138xxxx0001", "138XXXX0001"])
def test_masked_telephones_are_no_amounts(phone: str) -> None:
    chain = read_chains(f"#接龙\n志愿者\n\n1. 李娜 {phone}\n2. 王芳 {phone}\n").chains[0]
    assert chain.kind is Kind.SIGNUP
    assert chain.entries[0].phones == ["138****0001"]


@pytest.mark.parametrize(
    ("said", "name", "goods"),
    [
        ("王敏 2斤葡萄 3斤苹果", "王敏", [("葡萄", 2), ("苹果", 3)]),
        ("王敏 一箱半牛奶", "王敏", [("牛奶", 1.5)]),
        ("王敏 6个鸡蛋", "王敏", [("鸡蛋", 6)]),
        ("王敏，半斤姜", "王敏", [("姜", 0.5)]),
        ("黄瓜 2斤 土豆 3斤", None, [("黄瓜", 2), ("土豆", 3)]),
    ],
)
def test_a_name_before_an_amount_is_who_wants_it(
    said: str, name: str | None, goods: list[tuple[str, float]]
) -> None:
    found = order(said)
    assert found.name == name
    assert [(i.name, i.quantity) for i in found.items] == goods


def test_a_telephone_in_brackets_is_no_room() -> None:
    found = entry("王伟 (138)0013-0001")
    assert (found.phones, found.house) == (["13800130001"], None)
