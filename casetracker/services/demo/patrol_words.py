"""What the patrols of the demonstration look at and find."""

from collections.abc import Mapping
from dataclasses import dataclass

from casetracker.domain.patrol_vocabulary import HazardKind, PlaceKind

K, P = HazardKind, PlaceKind


@dataclass(frozen=True, slots=True)
class Danger:
    """One kind of finding: what was seen, what is demanded, what was done about it."""

    kind: HazardKind
    seen: str
    demand: str
    done: str
    places: frozenset[PlaceKind] = frozenset()

    def fits(self, place: PlaceKind) -> bool:
        """Whether such a place may have it; without kinds of its own any may."""
        return not self.places or place in self.places


PLACES: Mapping[PlaceKind, tuple[str, ...]] = {
    P.FACTORY: ("宏达五金加工厂", "鑫源包装厂", "永顺木制品厂", "富民粮食加工厂", "联合机械厂"),
    P.SHOP: ("惠民超市", "百家副食店", "恒通电动车行", "新华书店", "便民五金店", "福满门烟酒店"),
    P.CATERING: ("老街牛肉面馆", "湖鲜人家", "鸿运酒楼", "川味小炒", "春燕早点铺", "同福农家乐"),
    P.WAREHOUSE: ("顺丰物流点", "供销社仓库", "益农农资仓库"),
    P.DWELLING: ("一期住宅", "还建小区", "老旧宿舍楼", "安置房小区"),
    P.RENTAL: ("自建出租房", "公租房", "群租房"),
    P.CONSTRUCTION: ("道路改造工地", "学校扩建工地", "管网施工工地"),
    P.SCHOOL: ("中心小学", "小太阳幼儿园", "阳光托管班"),
    P.GATHERING: ("文化活动中心", "快乐网吧", "夕阳红养老院", "棋牌室"),
    P.FARM: ("水产养殖场", "蔬菜大棚基地", "农机合作社"),
    P.PUBLIC: ("农贸市场", "健身广场", "排涝泵站"),
}  # fmt: skip

TOWN = (
    P.SHOP, P.SHOP, P.CATERING, P.CATERING, P.DWELLING, P.RENTAL, P.FACTORY, P.SCHOOL,
    P.GATHERING, P.CONSTRUCTION, P.PUBLIC, P.WAREHOUSE,
)  # fmt: skip
"""Kinds of place in a community, the usual ones more than once."""
COUNTRY = (P.FARM, P.FARM, P.FACTORY, P.SHOP, P.RENTAL, P.WAREHOUSE, P.PUBLIC, P.SCHOOL)
"""The same in a brigade."""

DANGERS: tuple[Danger, ...] = (
    Danger(K.FIRE, "疏散通道堆放杂物，灭火器压力不足。", "清空疏散通道，更换灭火器。",
           "通道已清空，更换灭火器4具。"),
    Danger(K.FIRE, "安全出口上锁，应急照明损坏2处。", "营业期间保持安全出口畅通，修复应急照明。",
           "出口已拆锁，应急灯已更换。"),
    Danger(K.FIRE, "电动自行车在楼道内停放充电。", "移出楼道，到集中充电棚充电。",
           "车辆已移出，楼道加装阻车桩。", frozenset({P.DWELLING, P.RENTAL, P.SHOP})),
    Danger(K.ELECTRICITY, "私拉乱接电线，插线板串接使用。", "拆除私接线路，由持证电工规范布线。",
           "私接线路已拆除，重新穿管布线。"),
    Danger(K.ELECTRICITY, "配电箱无漏电保护，箱门缺失。", "加装漏电保护器，补装箱门。",
           "已加装漏电保护器和箱门。"),
    Danger(K.GAS, "使用不合格减压阀，软管超过使用年限。", "更换合格减压阀和金属包覆软管。",
           "减压阀、软管已更换，试漏合格。", frozenset({P.CATERING, P.RENTAL, P.SCHOOL})),
    Danger(K.GAS, "后厨瓶装液化气与明火同室，未装报警器。", "气瓶间独立设置，安装可燃气体报警器。",
           "气瓶已移至独立隔间，报警器已安装。", frozenset({P.CATERING})),
    Danger(K.BUILDING, "外墙瓷砖空鼓，沿街雨棚锈蚀。", "设置警戒，排除空鼓瓷砖，加固雨棚。",
           "空鼓瓷砖已铲除，雨棚已加固。", frozenset({P.SHOP, P.CATERING, P.DWELLING})),
    Danger(K.BUILDING, "自建房违规加层，墙体出现裂缝。", "停止使用加层部分，委托鉴定并按结论处置。",
           "加层已拆除，鉴定报告已存档。", frozenset({P.RENTAL})),
    Danger(K.SPECIAL_EQUIPMENT, "电梯检验标志过期。", "停用并申请检验，合格后恢复使用。",
           "电梯检验合格，标志已更换。", frozenset({P.DWELLING, P.GATHERING, P.PUBLIC})),
    Danger(K.SPECIAL_EQUIPMENT, "叉车作业人员无证上岗。", "停止作业，持证人员方可上岗。",
           "已安排持证人员，两人取得作业证。", frozenset({P.FACTORY, P.WAREHOUSE})),
    Danger(K.HAZARDOUS_GOODS, "油漆、稀释剂与杂物混存。", "危化品专柜存放，控制存量。",
           "已设专柜存放，多余溶剂由供应商回收。", frozenset({P.FACTORY, P.WAREHOUSE, P.SHOP})),
    Danger(K.TRAFFIC, "路口警示标志缺失，视线受遮挡。", "补设警示标志，修剪遮挡绿化。",
           "警示标志已补设，绿化已修剪。", frozenset({P.SCHOOL, P.PUBLIC, P.CONSTRUCTION, P.FARM})),
    Danger(K.WORKPLACE, "切割机防护罩缺失，工人未戴防护用品。", "补装防护罩，监督佩戴防护用品。",
           "防护罩已装，防护用品已配发。", frozenset({P.FACTORY})),
    Danger(K.WORKPLACE, "脚手架未按规定设置连墙件和防护栏。", "停止作业，按方案整改验收后恢复。",
           "脚手架已整改并通过验收。", frozenset({P.CONSTRUCTION})),
    Danger(K.WATER, "堰塘临水处无护栏和警示标志。", "设置护栏、警示牌和救生圈。",
           "护栏、警示牌和救生圈已设置。", frozenset({P.FARM, P.PUBLIC})),
)  # fmt: skip

PLAN = "停用涉险部位并设警戒；由单位负责人牵头，三日内完成整改，资金由单位自筹；整改期间专人值守。"
"""What a major hazard has besides."""
