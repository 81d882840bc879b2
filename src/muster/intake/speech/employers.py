"""Who somebody works for: 住建局, 市教育局李红霞, 晋阳银行龙城支行. Source: SCHEMA A8."""

import re

from muster.intake.names import is_real_name
from muster.intake.speech.slate import Slate
from muster.intake.writing import HAN, words

ENDINGS = words(
    """
    街道办事处 办事处 街道办 居委会 村委会 居民委员会 委员会 卫健委 妇联 团委 党委 工会 支行
    分行 银行 公司 集团 图书馆 大学 学院 中学 小学 幼儿园 学校 医院 卫生院 法院 检察院 研究院
    研究所 派出所 税务所 供电所 司法所 消防队 消防站 支队 大队 居委会 事务所 电视台 报社 联社
    工商联 残联 文联 科协 博物馆 文化馆 体育馆 政府 服务中心 疾控中心 局 委 厂
    """
)
_ENDING = "|".join(sorted(set(ENDINGS), key=len, reverse=True))
_TOKEN = re.compile(rf"[{HAN}A-Za-z0-9]{{3,30}}")
_EMPLOYER = re.compile(rf"(?:{_ENDING})")
_HINT = re.compile("[局委办联行司馆学校院所队厂会处团园站台社协府心]")
_AFTER = re.compile(r"(?:职工|员工|干部|退休|的|工作|护士|医生|教师|律师|司机|党员|医护)")
_BEFORE = re.compile(r"^(?:(?:工作)?单位|我?在|来自|我是)(?=..)")


def read_employer(slate: Slate) -> tuple[int, str] | None:
    """Take the first employer: (position, name as written), or None. At least three characters,
    ending in a listed word, alone or glued before a real name or a trade."""
    view = slate.view
    if not _HINT.search(view):
        return None
    for token in _TOKEN.finditer(view):
        end = _end(token[0])
        if end is None:
            continue
        lead = _BEFORE.match(token[0])
        start = token.start() + (lead.end() if lead else 0)
        stop = token.start() + end
        slate.take(start, stop)
        return start, slate.written(start, stop)
    return None


def _end(token: str) -> int | None:
    ends = [m.end() for m in _EMPLOYER.finditer(token) if m.end() >= 3]
    for end in reversed(ends):
        rest = token[end:]
        if not rest or is_real_name(rest) or _AFTER.match(rest):
            return end
    return None
