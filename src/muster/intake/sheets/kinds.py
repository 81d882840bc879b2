"""Kinds of sheets, as data: which headings mean which field, and which fields make a row a row.

A new kind is a new entry here. Headings are compared after NFKC without spaces, line breaks, `*`
and bracketed text. Source of the roster: SCHEMA B1.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

PERSON = {
    "name": "姓名 名字 业主姓名 住户姓名 成员姓名 居民姓名 人员姓名 租户姓名 志愿者姓名",
    "id_number": "身份证 身份证号 身份证号码 证件号 证件号码 公民身份号码 有效证件号",
    "id_type": "证件类型 证件种类",
    "phones": "手机 手机号 手机号码 电话 联系电话 联系方式 本人电话 电话1 电话2 备用电话",
}
HOME = {
    "building": "楼号 楼栋 楼栋号 幢号 栋号",
    "unit": "单元 单元号",
    "room": "房号 室 门牌 门牌号 室号 房间号",
    "address": "住址 地址 现住址 居住地址 家庭住址 详细地址 现居住地 楼栋-单元-室 楼-单元",
}
REMARKS = {"remarks": "备注 说明 情况说明 备注说明"}
# The building and unit of these headings are a pair: 3-2.
PAIR_HEADINGS = frozenset({"楼-单元", "楼栋-单元-室"})


@dataclass(frozen=True, slots=True)
class SheetKind:
    """`headings`: field → words. `presence`: a row without any of these fields is no row. `extra`:
    fields beyond a person and a home → how they are read (see `fields.READERS`)."""

    name: str
    headings: Mapping[str, str]
    presence: tuple[str, ...]
    extra: Mapping[str, str] = field(default_factory=dict)
    required: tuple[str, ...] = ("name",)

    @property
    def words(self) -> dict[str, str]:
        """Heading → field."""
        return {w: key for key, words in self.headings.items() for w in words.split()}


ROSTER = SheetKind(
    name="roster",
    headings={
        **PERSON,
        **HOME,
        "residency": (
            "居住类型 人员类别 住户类型 居住性质 类别 租户/业主 租户/房东 是否常住 是否流动人口"
        ),
        "birth_date": "出生日期 出生年月日 生日",
        **REMARKS,
        "head": "户主 户主姓名",
        "relation": "与户主关系 关系",
    },
    presence=("name", "id_number", "phones"),
)
VOLUNTEERS = SheetKind(
    name="volunteers",
    headings={
        **PERSON,
        **HOME,
        "org": "单位 工作单位 所在单位",
        "party_member": "是否党员 政治面貌",
        "skills": "特长 技能 专长",
        "roles": "意向岗位 岗位意向 岗位 志愿岗位",
        "availability": "可服务时间 服务时间 可值班时间 时间",
        **REMARKS,
    },
    presence=("name", "id_number", "phones"),
    extra={
        "org": "text",
        "party_member": "party",
        "skills": "skills",
        "roles": "roles",
        "availability": "times",
    },
)
ORGANISATIONS = SheetKind(
    name="organisations",
    headings={
        "name": "单位 单位名称 组织名称 名称 支部名称 机关名称",
        "uscc": "统一社会信用代码 信用代码 社会信用代码",
        "contact": "联系人 负责人 带队人 联络员",
        "phones": "电话 联系电话 手机 手机号 联系方式 负责人电话",
        "people": "人数 可派人数 下沉人数 党员数 应到",
        "address": "地址 单位地址 办公地址",
        **REMARKS,
    },
    presence=("name", "contact", "phones"),
    extra={"uscc": "uscc", "contact": "text", "people": "count"},
)
RESULTS = SheetKind(
    name="results",
    headings={
        **PERSON,
        "tube": "试管编号 采样管编号 管码 条码 试管号 采样编码",
        "sampled_at": "采样时间 采样日期",
        "result": "结果 检测结果 核酸结果 抗原结果",
        "lab": "检测机构 实验室",
        **REMARKS,
    },
    presence=("name", "id_number", "tube"),
    extra={"tube": "text", "sampled_at": "moment", "result": "result", "lab": "text"},
    required=(),
)
NEEDS = SheetKind(
    name="needs",
    headings={
        **PERSON,
        **HOME,
        "items": "需求 需要 物资 物品 品名 菜品 药品 需求物资 所需物资 药名 商品",
        "quantity": "数量 份数",
        **REMARKS,
    },
    presence=("name", "phones", "items"),
    extra={"items": "items"},
    required=(),
)
KINDS: dict[str, SheetKind] = {
    kind.name: kind for kind in (ROSTER, VOLUNTEERS, ORGANISATIONS, RESULTS, NEEDS)
}
