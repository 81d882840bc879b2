"""What counts as a person's real name, mechanically. Source: SCHEMA A5."""

import re
from functools import lru_cache

from muster.intake.writing import HAN, simplify, words

SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘蔡蒋余于杜叶程苏魏吕丁任沈姚卢姜"
    "崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔汤常温康施文牛"
    "樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉"
    "骆蓝路游辛靳管柴蒙鲍华喻祁房滕屈饶解牟艾尤穆卓古吉简车项连麦褚娄窦戚景党宫费冷席卫柏宗桂臧闵苟赖瞿邬边郁卞缪隋"
    "计岑奚仇司"
)
LONG_SURNAMES = frozenset(
    words(
        """
    欧阳 司马 上官 诸葛 皇甫 尉迟 夏侯 东方 令狐 慕容 公孙 端木
    """
    )
)
KIN_ENDINGS = "妈爸姐哥叔婶姨嫂爷奶娘"
TITLES = tuple(
    words(
        """
        阿姨 大爷 大妈 大姐 大哥 大娘 奶奶 爷爷 老师 医生 大夫 护士 师傅 主任 书记 经理 女士 先生
        太太 总 工
        """
    )
)
POSITIONS = frozenset(
    words(
        """
    楼长 楼栋长 单元长 网格长 网格员 业主 租户 组长 队长 物业 保安
    """
    )
)
# Words that look like a surname and a given name and are neither.
NOT_NAMES = frozenset(
    words(
        """
        高血压 高龄 高中 高烧 高兴 高峰期 安全 安静 安排 方便 任务 任何 任意 路过 马上 万一 常来
        常年 常住 时间 单位 管理 施工 相关 和平 方式 成年 成员 温度 毛病 甘愿 古城 金牌 景区 计划
        关注 关系 关门 连续 包车 路口 路远 石油 房东 房主 车位 车主 应急 平安 严重 谢谢 程度 文员
        文化 成都 江南 华北 宁夏 于是 游客 申请 尤其 项目 简单 费用 党校 党支部 党委 白天 白班
        白领 周围 周边 周末 曲折 全职 单身 单独 易拉宝 司机 车辆 钟点 常在 安装 解除 解封 卫生
        边上
        """
    )
)

_REAL = re.compile(rf"[{HAN}]{{2,4}}")
_DOTTED = re.compile(rf"[{HAN}]+(?:[·•・][{HAN}]+)+")


@lru_cache(maxsize=16_384)
def is_real_name(text: str) -> bool:
    """A listed surname and one or two characters, a double surname and one or two, or parts joined
    by a dot; not a doubled character, a kinship, a title or a position."""
    if _DOTTED.fullmatch(text):
        return True
    if not _REAL.fullmatch(text):
        return False
    plain = simplify(text)
    if plain in NOT_NAMES or plain in POSITIONS or plain[-1] in KIN_ENDINGS:
        return False
    if plain[:2] in LONG_SURNAMES:
        return 3 <= len(plain) <= 4 and plain[2:] not in TITLES
    if plain[0] not in SURNAMES or len(plain) > 3:
        return False
    return not (plain[1:] in TITLES or (len(plain) == 2 and plain[0] == plain[1]))


def is_titled(text: str) -> bool:
    """Two to four characters ending in a kinship or title: 李叔, 张阿姨, 陈太太."""
    plain = simplify(text)
    if not _REAL.fullmatch(plain):
        return False
    if plain[-1] in "总工":
        return len(plain) == 2 and plain[0] in SURNAMES
    return plain[-1] in KIN_ENDINGS or plain.endswith(TITLES)


def is_familiar(text: str) -> bool:
    """老, 小 or 阿 and one or two characters: 老秦, 阿莲."""
    return bool(_REAL.fullmatch(text)) and len(text) <= 3 and text[0] in "老小阿"
