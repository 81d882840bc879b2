"""The tree of 2,300 organisations: city committee, eleven districts, organisations, branches."""

from random import Random

from muster.cities import City
from muster.demo.generator.identities import Inventor
from muster.demo.generator.model import Organisation

COUNT = 2300
ROOT = 1_000_000_000_000  # 001 000 000 000 000
_LEVELS = (10**12, 10**9, 10**6, 10**3, 1)
_OFFICES = (
    *(
        "教育局",
        "财政局",
        "民政局",
        "司法局",
        "住房和城乡建设局",
        "交通运输局",
        "水务局",
        "农业农村局",
    ),
    *("商务局", "文化和旅游局", "卫生健康局", "退役军人事务局", "应急管理局", "审计局", "统计局"),
    *(
        "市场监督管理局",
        "信访局",
        "医疗保障局",
        "行政审批服务局",
        "城乡管理局",
        "总工会",
        "团委",
        "妇联",
    ),
    *("公安分局", "人民法院", "人民检察院", "税务局", "档案馆", "供销社", "园林服务中心"),
)
_TRADES = (
    "机电",
    "建材",
    "食品",
    "物流",
    "软件",
    "医药",
    "纺织",
    "能源",
    "装饰",
    "印务",
    "置业",
    "餐饮",
)
_FIRM = "晋汾恒盛同泰瑞祥鼎源博远宏达创联嘉禾"
_KINDS = (("enterprise", 0.38), ("school", 0.24), ("hospital", 0.08), ("office", 0.30))
_Node = tuple[int, int | None, str, str, int]
_BRANCHES = 0.42  # of the organisations below a district are branches of a larger one


def grow(city: City, inventor: Inventor, rng: Random, people: int) -> list[Organisation]:
    """`COUNT` organisations whose headcounts add up to `people`."""
    nodes: list[_Node] = [(ROOT, None, "committee", f"中共{city.name}委员会", city.code)]
    taken: set[str] = set()
    whole = sum(d.population for d in city.districts)
    rest = COUNT - 1 - len(city.districts)
    for number, district in enumerate(city.districts, start=1):
        code = ROOT + number * _LEVELS[1]
        nodes.append((code, ROOT, "committee", f"中共{district.name}委员会", district.code))
        left = len(city.districts) - number
        used = len(nodes) - 1 - number
        wanted = rest - used if left == 0 else round(rest * district.population / whole)
        nodes += _below(code, district.name, district.code, wanted, taken=taken, rng=rng)
    heads = _headcounts(len(nodes), people, rng)
    return [
        Organisation(
            id=index + 1,
            code=code,
            parent=parent,
            kind=kind,
            name=name,
            district=district_code,
            headcount=heads[index],
            contact=inventor.name(rng.choice("男女")),
            contact_phone=inventor.phone(),
        )
        for index, (code, parent, kind, name, district_code) in enumerate(nodes)
    ]


def _below(
    parent: int, where: str, district: int, wanted: int, *, taken: set[str], rng: Random
) -> list[_Node]:
    """`wanted` organisations of one district, some of them party branches of another."""
    branches = round(wanted * _BRANCHES)
    kinds, shares = [kind for kind, _ in _KINDS], [share for _, share in _KINDS]
    large: list[_Node] = []
    for number in range(1, wanted - branches + 1):
        kind = rng.choices(kinds, shares)[0]
        name = _name(kind, where, number, taken, rng)
        large.append((parent + number * _LEVELS[2], parent, kind, name, district))
    small: list[_Node] = []
    for index in range(branches):
        round_, position = divmod(index, len(large))
        above = large[position]
        code = above[0] + (round_ + 1) * _LEVELS[3]
        name = f"{above[3]}第{round_ + 1}党支部"
        small.append((code, above[0], "party_branch", name, district))
    return [*large, *small]


def _name(kind: str, where: str, number: int, taken: set[str], rng: Random) -> str:
    office = f"{where}{_OFFICES[number % len(_OFFICES)]}"
    if kind == "office" and office not in taken:
        name = office
    elif kind == "office":
        name = f"{where}第{number}事务中心"
    elif kind == "school":
        name = f"{where}第{number}{rng.choice(('小学', '中学', '幼儿园'))}"
    elif kind == "hospital":
        name = f"{where}第{number}{rng.choice(('人民医院', '社区卫生服务中心'))}"
    else:
        firm = rng.choice(_FIRM) + rng.choice(_FIRM)
        name = f"{where}{firm}{rng.choice(_TRADES)}有限公司"
    if name in taken:
        name = f"{name}（{number}）"
    taken.add(name)
    return name


def _headcounts(count: int, people: int, rng: Random) -> list[int]:
    """Uneven sizes, at least two each, that add up to `people`."""
    weights = [rng.lognormvariate(0, 0.7) for _ in range(count)]
    scale = (people - 2 * count) / sum(weights)
    heads = [2 + int(weight * scale) for weight in weights]
    for index in range(people - sum(heads)):
        heads[index % count] += 1
    return heads
