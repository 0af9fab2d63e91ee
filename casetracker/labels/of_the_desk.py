"""Chinese words for clocks, exports, parts of a figure, and the kinds of the access log."""

from collections.abc import Mapping
from enum import StrEnum

from casetracker.domain.access import Access
from casetracker.domain.deadlines import Standing
from casetracker.domain.exports import ExportKind, ExportState
from casetracker.domain.frozen.roll import RollMark

WORDS: Mapping[type[StrEnum], Mapping[str, str]] = {
    Standing: {
        Standing.ON_TIME: "未到期",
        Standing.DUE_SOON: "临期",
        Standing.OVERDUE: "已超期",
        Standing.MET: "按时完成",
        Standing.MET_LATE: "超期完成",
        Standing.PAUSED: "已暂停",
    },
    ExportKind: {
        ExportKind.CASES: "工单清单",
        ExportKind.PETITIONS: "信访件清单",
        ExportKind.FIGURE: "数字背后的工单",
        ExportKind.MONTHLY: "月度指标表",
        ExportKind.ORDERS: "督办登记簿",
    },
    ExportState: {
        ExportState.TO_CONSENT: "待审批",
        ExportState.WAITING: "等待生成",
        ExportState.MAKING: "正在生成",
        ExportState.READY: "可以下载",
        ExportState.REFUSED: "未同意",
        ExportState.FAILED: "生成失败",
        ExportState.EXPIRED: "已过期删除",
    },
    RollMark: {
        RollMark.NUMERATOR: "计入分子",
        RollMark.DENOMINATOR: "只计分母",
        RollMark.EXCLUDED: "剔除",
        RollMark.OUTSIDE: "不计入",
    },
    Access: {
        Access.SIGN_IN: "登录",
        Access.SIGN_OUT: "退出登录",
        Access.PASSWORD_CHANGED: "修改密码",
        Access.SECOND_FACTOR_ON: "启用动态验证码",
        Access.SECOND_FACTOR_OFF: "停用动态验证码",
        Access.SESSION_ENDED: "结束登录",
        Access.ACCOUNT_CREATED: "新建账号",
        Access.ACCOUNT_CHANGED: "修改账号",
        Access.ACCOUNT_DISABLED: "停用账号",
        Access.ACCOUNT_ENABLED: "启用账号",
        Access.PASSWORD_RESET: "重置密码",
        Access.ROLES_SET: "设置岗位",
        Access.TOKEN_ISSUED: "签发接口令牌",
        Access.TOKEN_REVOKED: "撤销接口令牌",
        Access.UNIT_CHANGED: "维护单位",
        Access.CATEGORY_CHANGED: "维护分类",
        Access.CALENDAR_LOADED: "导入工作日历",
        Access.LIMIT_CHANGED: "调整时限",
        Access.SETTING_CHANGED: "修改参数",
        Access.PROFILE_CHANGED: "维护统计口径",
        Access.OVERSIGHT_RULE_CHANGED: "调整督办规则",
        Access.OVERSIGHT_KEPT: "登记督办事项",
        Access.ROUTING_CHANGED: "维护派单目录",
        Access.TEMPLATE_CHANGED: "维护答复模板",
        Access.SCREEN_PLACED: "设置大屏",
        Access.SCREEN_REMOVED: "停用大屏",
        Access.PERSON_REVEALED: "查看完整个人信息",
        Access.EXPORT_ORDERED: "申请导出",
        Access.EXPORT_DECIDED: "审批导出",
        Access.CASES_EXPORTED: "导出工单",
        Access.EXPORT_TAKEN: "下载导出文件",
        Access.UPSTREAM_COPIED: "回填上级平台",
        Access.FILE_OPENED: "打开附件",
        Access.PAPER_READ: "查看文书",
        Access.LANE_SEEN: "查看保密件",
        Access.LEDGER_KEPT: "登记信访台账",
        Access.PATROL_KEPT: "登记安全检查和隐患",
        Access.PATROL_PRINTED: "打印安全检查台账",
        Access.REPORT_KEPT: "编制通报",
        Access.SIGN_CHECKED: "核实指标异常",
        Access.IMPORTED: "导入数据",
        Access.DELIVERY_DECIDED: "处置未达消息",
        Access.AUDIT_READ: "查阅审计日志",
    },
}
