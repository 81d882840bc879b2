"""What a household needs, in the words of SCHEMA A9 and beyond."""

import pytest

from muster.intake.speech.goods import read_goods
from muster.intake.speech.slate import Slate

# name quantity unit spec
GOODS: dict[str, list[str]] = {
    "土豆5斤 白菜2颗 鸡蛋一板": ["土豆 5 斤 -", "白菜 2 颗 -", "鸡蛋 1 板 -"],
    "大葱一捆，豆腐两块": ["大葱 1 捆 -", "豆腐 2 块 -"],
    "土豆、洋葱各一斤": ["土豆 1 斤 -", "洋葱 1 斤 -"],
    "猪肉1.5斤 半斤虾皮": ["猪肉 1.5 斤 -", "虾皮 0.5 斤 -"],
    "一斤半五花肉，盐，酱油1瓶": ["五花肉 1.5 斤 -", "酱油 1 瓶 -"],
    "蔬菜包×3": ["蔬菜包 3 - -"],
    "蔬菜包*2 鸡蛋2板": ["蔬菜包 2 - -", "鸡蛋 2 板 -"],
    "汾泉矿泉水600ml*24瓶4箱": ["汾泉矿泉水 4 箱 600ml*24瓶"],
    "橙子4斤青岛清爽24罐装一箱": ["橙子 4 斤 -", "青岛清爽 1 箱 24罐装"],
    "大米10kg装2袋": ["大米 2 袋 10kg装"],
    "鸡蛋30个一板 食用油5L1桶": ["鸡蛋 1 板 30个", "食用油 1 桶 5L"],
    "奶粉(3段)2罐 尿不湿XL码2包": ["奶粉 2 罐 3段", "尿不湿 2 包 XL码"],
    "A套餐2份 B套餐1份": ["A套餐 2 份 -", "B套餐 1 份 -"],
    "面粉25斤1袋，小米5斤": ["面粉 1 袋 25斤", "小米 5 斤 -"],
    "牛肉2斤（要瘦的） 羊肉1斤": ["牛肉 2 斤 -", "羊肉 1 斤 -"],
    "土豆两三斤": ["土豆 - 斤 -"],
    "再加 牛奶1箱": ["牛奶 1 箱 -"],
    "硝苯地平缓释片20mg*30片 2盒": ["硝苯地平缓释片 2 盒 20mg*30片"],
    "二甲双胍 0.5g*20片 3盒，胰岛素针头一盒": ["二甲双胍 3 盒 0.5g*20片", "胰岛素针头 1 盒 -"],
    "N95口罩20个、酒精湿巾五包": ["N95口罩 20 个 -", "酒精湿巾 5 包 -"],
    "青菜若干，豆腐一块": ["青菜 - - -", "豆腐 1 块 -"],
    "2斤葡萄 1个西瓜": ["葡萄 2 斤 -", "西瓜 1 个 -"],
    "火龙果 6个": ["火龙果 6 个 -"],
    "两份蔬菜包": ["蔬菜包 2 份 -"],
    "汤圆400g*2袋": ["汤圆 2 袋 400g"],
    "黄瓜*10根": ["黄瓜 10 根 -"],
    "土豆3-4斤": ["土豆 - 斤 -"],
    "麻烦要土豆2斤": ["土豆 2 斤 -"],
    "尿不湿 NB码2包": ["尿不湿 2 包 NB码"],
    "84消毒液1瓶 A4纸2包": ["84消毒液 1 瓶 -", "A4纸 2 包 -"],
    "一些青菜": ["青菜 - - -"],
    "白菜两颗和豆腐一块": ["白菜 2 颗 -", "豆腐 1 块 -"],
    "要2袋盐 1瓶醋": ["盐 2 袋 -", "醋 1 瓶 -"],
    "土豆，洋葱各2斤": ["土豆 2 斤 -", "洋葱 2 斤 -"],
    "半斤虾皮2斤五花肉": ["虾皮 0.5 斤 -", "五花肉 2 斤 -"],
    "六个核桃2箱": ["六个核桃 2 箱 -"],
    "雞蛋兩板": ["雞蛋 2 板 -"],
    "盐": [],
    "矿泉水24瓶/箱 2箱": ["矿泉水 2 箱 24瓶/箱"],
}


@pytest.mark.parametrize(("text", "expected"), GOODS.items())
def test_goods(text: str, expected: list[str]) -> None:
    items, doubtful = read_goods(Slate(text))
    said = [(i.name, i.quantity, i.unit, i.spec) for i in items]
    assert [" ".join("-" if p is None else str(p) for p in item) for item in said] == expected
    assert doubtful == any(i.quantity is None and i.unit for i in items)


def test_what_has_no_amount_stays_in_the_note() -> None:
    slate = Slate("盐，酱油1瓶")
    read_goods(slate)
    assert "盐" in "".join(slate.text[a:b] for a, b, _ in slate.rest())
