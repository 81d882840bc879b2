"""When somebody can come: the tables of SCHEMA A9 and ways of saying it beyond them."""

import pytest

from muster.intake.speech.slate import Slate
from muster.intake.speech.times import PARTS, read_times

ALL = "mon,tue,wed,thu,fri,sat,sun"
# days part from to; `all` is every day of the week
TIMES: dict[str, list[str]] = {
    "下午可以": ["- pm - -"],
    "周六全天": ["sat allday - -"],
    "晚8点后": ["- - 20:00 -"],
    "8:00-12:00": ["- - 08:00 12:00"],
    "除周三": ["mon,tue,thu,fri,sat,sun - - -"],
    "工作日晚上": ["mon,tue,wed,thu,fri evening - -"],
    "周一三五下午": ["mon,wed,fri pm - -"],
    "周末": ["sat,sun - - -"],
    "每天早上": ["all am - -"],
    "8点到12点": ["- - 08:00 12:00"],
    "下午2点半到5点": ["- - 14:30 17:00"],
    "明天上午": ["tomorrow am - -"],
    "随时": ["- anytime - -"],
    "上午9点到下午3点": ["- - 09:00 15:00"],
    "8-12点": ["- - 08:00 12:00"],
    "下班后": ["- after_work - -"],
    "周六上午、周日下午": ["sat am - -", "sun pm - -"],
    "19:00以后": ["- - 19:00 -"],
    "4月12日全天": ["04-12 allday - -"],
    "今晚7点半": ["today - 19:30 -"],
    "下午不行": [],
    "18:00前": ["- - - 18:00"],
    "上下午都行": ["- am - -", "- pm - -"],
    "周三除外": ["mon,tue,thu,fri,sat,sun - - -"],
    "夜里也行": ["- night - -"],
    "中午12点到2点": ["- - 12:00 14:00"],
    "早7点-晚7点": ["- - 07:00 19:00"],
    "星期日": ["sun - - -"],
    "早8晚6": ["- - 08:00 18:00"],
    "周六日": ["sat,sun - - -"],
    "周6 8-12": ["sat - 08:00 12:00"],
    "星期6上午9点到11点半": ["sat - 09:00 11:30"],
    "周1至周5晚上": ["mon,tue,wed,thu,fri evening - -"],
    "周1、3、5下午": ["mon,wed,fri pm - -"],
    "周6、周日": ["sat,sun - - -"],
    "周二四六晚上7点以后": ["tue,thu,sat - 19:00 -"],
    "周五六晚上": ["fri,sat evening - -"],
    "周末上午8:30到11:30 下午2点到5点": ["sat,sun - 08:30 11:30", "sat,sun - 14:00 17:00"],
    "晚7-9点": ["- - 19:00 21:00"],
    "周二四六": ["tue,thu,sat - - -"],
    "周一到周五 18:30-21:00": ["mon,tue,wed,thu,fri - 18:30 21:00"],
    "周一、周四": ["mon,thu - - -"],
    "周三不行": ["mon,tue,thu,fri,sat,sun - - -"],
    "20:00-24:00": ["- - 20:00 24:00"],
    "明早7点": ["tomorrow - 07:00 -"],
    "每晚8点": ["all - 20:00 -"],
    "每晚": ["all evening - -"],
    "明晚": ["tomorrow evening - -"],
    "双休日": ["sat,sun - - -"],
    "24小时": ["- anytime - -"],
    "全天候": ["- anytime - -"],
    "上午可以\n周三不行": ["- am - -", "mon,tue,thu,fri,sat,sun - - -"],
    "周六、周日全天": ["sat,sun allday - -"],
    "下午2-5点": ["- - 14:00 17:00"],
    "周末8-12点": ["sat,sun - 08:00 12:00"],
    "上午8-12": ["- - 08:00 12:00"],
    "周六8-12": ["sat - 08:00 12:00"],
    "明天 8-12": ["tomorrow - 08:00 12:00"],
    "周一至周五晚上7点到9点": ["mon,tue,wed,thu,fri - 19:00 21:00"],
    "七点半以后": ["- - 07:30 -"],
    "晚上十点前": ["- - - 22:00"],
    "除了周一": ["tue,wed,thu,fri,sat,sun - - -"],
    "礼拜六": ["sat - - -"],
    "周三没空": ["mon,tue,thu,fri,sat,sun - - -"],
    "晚上没空": [],
    "下班以后": ["- after_work - -"],
    "周六晚上没空": [],
    "晚8点到早6点": ["- - 20:00 06:00"],
    "22:00-6:00": ["- - 22:00 06:00"],
    "星期一三五上午": ["mon,wed,fri am - -"],
    "週六": ["sat - - -"],
    "隨時": ["- anytime - -"],
    "8-12": [],
    "48小时核酸": [],
}


@pytest.mark.parametrize(("text", "expected"), TIMES.items())
def test_every_way_to_say_when(text: str, expected: list[str]) -> None:
    said = []
    for _, slot in read_times(Slate(text)):
        days = ",".join(slot.days) if slot.days else "-"
        days = "all" if days == ALL else days
        said.append(" ".join([days, slot.part or "-", slot.start or "-", slot.end or "-"]))
    assert said == expected


@pytest.mark.parametrize(("code", "word"), [(c, w) for c, ws in PARTS.items() for w in ws.split()])
def test_every_word_for_a_part_of_the_day(code: str, word: str) -> None:
    assert [slot.part for _, slot in read_times(Slate(word))] == [code]


def test_a_refused_part_of_the_day_is_kept_for_the_note() -> None:
    slate = Slate("周三晚上没空")
    assert read_times(slate) == []
    assert [slate.text[a:b] for a, b, kept in slate.rest() if kept] == ["周三晚上没空"]
