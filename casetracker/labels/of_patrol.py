"""Chinese words for safety patrols (安全检查、隐患排查)."""

from collections.abc import Mapping
from enum import StrEnum

from casetracker.domain import patrol_vocabulary as v

WORDS: Mapping[type[StrEnum], Mapping[str, str]] = {
    v.PlaceKind: {
        v.PlaceKind.FACTORY: "生产企业",
        v.PlaceKind.SHOP: "商铺",
        v.PlaceKind.CATERING: "餐饮",
        v.PlaceKind.WAREHOUSE: "仓储物流",
        v.PlaceKind.DWELLING: "居民小区",
        v.PlaceKind.RENTAL: "出租房屋",
        v.PlaceKind.CONSTRUCTION: "建筑工地",
        v.PlaceKind.SCHOOL: "学校·幼儿园",
        v.PlaceKind.GATHERING: "人员密集场所",
        v.PlaceKind.FARM: "农业设施",
        v.PlaceKind.PUBLIC: "公共设施",
        v.PlaceKind.OTHER: "其他",
    },
    v.HazardKind: {
        v.HazardKind.FIRE: "消防",
        v.HazardKind.ELECTRICITY: "用电",
        v.HazardKind.GAS: "燃气",
        v.HazardKind.BUILDING: "房屋建筑",
        v.HazardKind.SPECIAL_EQUIPMENT: "特种设备",
        v.HazardKind.HAZARDOUS_GOODS: "危化品",
        v.HazardKind.TRAFFIC: "道路交通",
        v.HazardKind.WORKPLACE: "生产作业",
        v.HazardKind.WATER: "防汛·防溺水",
        v.HazardKind.OTHER: "其他",
    },
    v.HazardLevel: {
        v.HazardLevel.ORDINARY: "一般隐患",
        v.HazardLevel.MAJOR: "重大隐患",
    },
    v.HazardSource: {
        v.HazardSource.INSPECTION: "安全检查",
        v.HazardSource.GRID: "网格巡查",
        v.HazardSource.RESIDENT: "群众反映",
        v.HazardSource.SELF_REPORT: "单位自查",
        v.HazardSource.FROM_ABOVE: "上级交办",
    },
    v.HazardState: {
        v.HazardState.FOUND: "待下达整改",
        v.HazardState.NOTIFIED: "限期整改",
        v.HazardState.REPORTED: "待复查",
        v.HazardState.HANDED_OVER: "已移交",
        v.HazardState.IN_CASE: "已转工单",
        v.HazardState.RECTIFIED: "整改完成",
        v.HazardState.DISMISSED: "不构成隐患",
    },
    v.HazardStep: {
        v.HazardStep.FIND: "登记隐患",
        v.HazardStep.NOTIFY: "下达整改",
        v.HazardStep.REPORT: "报告整改",
        v.HazardStep.PASS: "复查通过",
        v.HazardStep.FAIL: "复查不通过",
        v.HazardStep.HAND_OVER: "移交",
        v.HazardStep.MAKE_CASE: "转工单",
        v.HazardStep.TAKE_BACK: "收回督办",
        v.HazardStep.DISMISS: "认定不构成隐患",
        v.HazardStep.NOTE: "督促记录",
        v.HazardStep.CORRECT: "更正登记",
    },
    v.PatrolPhoto: {
        v.PatrolPhoto.FOUND: "检查照片",
        v.PatrolPhoto.RECTIFIED: "整改照片",
    },
}
