"""Units of the demonstration street and the people who work in them."""

from dataclasses import dataclass

from casetracker.domain.vocabulary import Role, UnitKind

K = UnitKind
STREET, COMMAND = "street", "zhihui"


@dataclass(frozen=True, slots=True)
class DemoUnit:
    """A unit; `line` is the username of the deputy leader responsible for it."""

    code: str
    name: str
    kind: UnitKind
    line: str | None = None
    parent: str | None = STREET
    handles: bool = True


_GOVERNANCE, _SERVICE, _SAFETY = "deputy1", "deputy2", "deputy3"

UNITS: tuple[DemoUnit, ...] = (
    DemoUnit(STREET, "新沟镇街道办事处", K.STREET, parent=None, handles=False),
    DemoUnit(COMMAND, "民呼我应指挥中心", K.CENTRE, _SERVICE),
    DemoUnit("zhengwu", "政务服务中心", K.CENTRE, _SERVICE),
    DemoUnit("zhifa", "综合执法中心", K.CENTRE, _GOVERNANCE),
    DemoUnit("zongzhi", "综治中心", K.CENTRE, _SAFETY),
    DemoUnit("dangzheng", "党政办公室", K.OFFICE, _SERVICE),
    DemoUnit("dangjian", "党建办公室", K.OFFICE, _SERVICE),
    DemoUnit("gonggong", "公共管理办公室", K.OFFICE, _GOVERNANCE),
    DemoUnit("fuwu", "公共服务办公室", K.OFFICE, _SERVICE),
    DemoUnit("pingan", "平安建设办公室", K.OFFICE, _SAFETY),
    DemoUnit("shequ", "社区建设办公室", K.OFFICE, _GOVERNANCE),
    DemoUnit("nongye", "农业农村办公室", K.OFFICE, _SAFETY),
    DemoUnit("zhengshou", "征收工作办公室", K.OFFICE, _GOVERNANCE),
    DemoUnit("dongfeng", "东风社区", K.COMMUNITY, _GOVERNANCE),
    DemoUnit("xinhe", "新河社区", K.COMMUNITY, _GOVERNANCE),
    DemoUnit("yinliu", "银柳社区", K.COMMUNITY, _GOVERNANCE),
    DemoUnit("hetang", "荷塘社区", K.COMMUNITY, _GOVERNANCE),
    DemoUnit("jinqiao", "金桥社区", K.COMMUNITY, _SERVICE),
    DemoUnit("gangwan", "港湾社区", K.COMMUNITY, _SERVICE),
    DemoUnit("xingye", "兴业社区", K.COMMUNITY, _SERVICE),
    DemoUnit("hubin", "湖滨社区", K.COMMUNITY, _SERVICE),
    DemoUnit("xiangyang", "向阳大队", K.BRIGADE, _SAFETY),
    DemoUnit("hongguang", "红光大队", K.BRIGADE, _SAFETY),
    DemoUnit("shuangqiao", "双桥大队", K.BRIGADE, _SAFETY),
    DemoUnit("baxiang", "八巷大队", K.BRIGADE, _SAFETY),
    DemoUnit("chengguan", "区城市管理执法局", K.DEPARTMENT, _GOVERNANCE),
    DemoUnit("zhugeng", "区住房保障和城市更新局", K.DEPARTMENT, _GOVERNANCE),
    DemoUnit("renshe", "区人力资源和社会保障局", K.DEPARTMENT, _SERVICE),
    DemoUnit("shichang", "区市场监督管理局", K.DEPARTMENT, _SERVICE),
    DemoUnit("shuiwu", "区水务和湖泊局", K.DEPARTMENT, _GOVERNANCE),
    DemoUnit("gongan", "区公安分局", K.DEPARTMENT, _SAFETY),
    DemoUnit("jiaotong", "区公安交通大队", K.DEPARTMENT, _SAFETY),
    DemoUnit("xiaofang", "区消防救援大队", K.DEPARTMENT, _SAFETY),
    DemoUnit("jiaoyu", "区教育局", K.DEPARTMENT, _SERVICE),
    DemoUnit("weijian", "区卫生健康局", K.DEPARTMENT, _SERVICE),
    DemoUnit("gongdian", "区供电公司", K.DEPARTMENT, _GOVERNANCE),
)

AREAS: tuple[str, ...] = tuple(unit.code for unit in UNITS if unit.kind in (K.COMMUNITY, K.BRIGADE))
"""Where residents live; every matter lies in one of them."""


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """An account; its password is drawn when the street is loaded."""

    username: str
    name: str
    roles: frozenset[Role]
    unit: str


_SURNAMES = "陈李王张刘周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董程曹袁邓许傅沈曾彭吕苏"
_GIVEN = (
    "建国", "秀英", "志强", "丽华", "国庆", "雪梅", "晓东", "海燕", "永红", "文涛",
    "春兰", "立新", "玉珍", "俊杰", "思远", "佳慧", "明亮", "红霞", "卫东", "小娟",
)  # fmt: skip


def name_of(number: int) -> str:
    """A plain name, the same for the same number."""
    return _SURNAMES[number % len(_SURNAMES)] + _GIVEN[(number * 7 + 3) % len(_GIVEN)]


_STAFF = (
    ("operator1", (Role.OPERATOR,), COMMAND),
    ("operator2", (Role.OPERATOR,), COMMAND),
    ("dispatcher1", (Role.DISPATCHER,), COMMAND),
    ("dispatcher2", (Role.DISPATCHER,), COMMAND),
    ("supervisor1", (Role.SUPERVISOR,), STREET),
    ("caller1", (Role.FOLLOW_UP,), STREET),
    ("caller2", (Role.FOLLOW_UP,), STREET),
    ("leader1", (Role.LEADER,), STREET),
    ("deputy1", (Role.DEPUTY_LEADER,), STREET),
    ("deputy2", (Role.DEPUTY_LEADER,), STREET),
    ("deputy3", (Role.DEPUTY_LEADER,), STREET),
    ("clerk1", (Role.PETITION_CLERK,), STREET),
    ("adviser1", (Role.LEGAL_ADVISER,), STREET),
    ("discipline1", (Role.DISCIPLINE,), STREET),
    ("admin1", (Role.SYSTEM_ADMIN,), STREET),
    ("security1", (Role.SECURITY_ADMIN,), STREET),
    ("auditor1", (Role.AUDITOR,), STREET),
)


def people() -> tuple[DemoPerson, ...]:
    """Accounts for every role; each handling unit has a head and a handler."""
    rows = [(username, roles, unit) for username, roles, unit in _STAFF]
    for unit in UNITS:
        if unit.handles:
            rows.append((f"{unit.code}_head", (Role.UNIT_HEAD,), unit.code))
            rows.append((f"{unit.code}_handler", (Role.HANDLER,), unit.code))
    return tuple(
        DemoPerson(username, name_of(place), frozenset(roles), unit)
        for place, (username, roles, unit) in enumerate(rows)
    )
