"""Chinese words for the codes of supervision."""

from collections.abc import Mapping
from enum import StrEnum

from casetracker.domain import oversight_vocabulary as o

WORDS: Mapping[type[StrEnum], Mapping[str, str]] = {
    o.RuleMode: {o.RuleMode.SUGGEST: "提请督办", o.RuleMode.ISSUE: "自动督办"},
    o.SuggestionStatus: {
        o.SuggestionStatus.PENDING: "待处理",
        o.SuggestionStatus.ISSUED: "已督办",
        o.SuggestionStatus.DISMISSED: "不予督办",
        o.SuggestionStatus.LAPSED: "情形已消除",
    },
    o.OrderStatus: {
        o.OrderStatus.OPEN: "待反馈",
        o.OrderStatus.LATE: "逾期未反馈",
        o.OrderStatus.ANSWERED: "已反馈待销号",
        o.OrderStatus.CLOSED: "已销号",
    },
    o.TalkReason: {
        o.TalkReason.SECOND_OVERDUE: "重办后再次超期",
        o.TalkReason.MUCH_OVERDUE: "超期件较多",
        o.TalkReason.WORST_TWICE: "满意率连续两月末位",
        o.TalkReason.ORDERS_LATE: "督办逾期未反馈",
        o.TalkReason.ORDERS_SENT_BACK: "督办反馈多次被退回",
        o.TalkReason.WHISTLE_UNHEARD: "吹哨未按时报到",
    },
    o.WatchList: {
        o.WatchList.OVERDUE: "已超期",
        o.WatchList.DUE_SOON: "临期",
        o.WatchList.UNSIGNED: "逾期未签收",
        o.WatchList.RETURNED_OFTEN: "多次退单",
        o.WatchList.NOT_REDONE: "不满意未重办",
        o.WatchList.HOLD_LATE: "挂账逾期未回看",
        o.WatchList.ASSIST_LATE: "协办、报到逾期",
        o.WatchList.ORDERS_LATE: "督办逾期未反馈",
    },
    o.WhistlePart: {
        o.WhistlePart.CALLED: "吹哨次数",
        o.WhistlePart.DUE: "应响应",
        o.WhistlePart.ON_TIME: "按时响应",
        o.WhistlePart.UNIT_SCORED: "街道评部门",
        o.WhistlePart.STREET_SCORED: "部门评街道",
    },
    o.RepeatBy: {
        o.RepeatBy.MATTER: "同一事项",
        o.RepeatBy.PERSON: "同一诉求人",
        o.RepeatBy.PLACE: "同一地点",
    },
}
