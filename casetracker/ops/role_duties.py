"""What each role may do, in a line for whoever gives it out. Source: docs/rules/permissions.md."""

from collections.abc import Mapping

from casetracker.domain.vocabulary import Role
from casetracker.labels import label
from casetracker.services.commands.accounts import STAFF
from casetracker.services.people.accounts import KEEPERS

DUTIES: Mapping[Role, str] = {
    Role.OPERATOR: "看全部工单；登记、传附件、查看完整个人信息、抄录上级平台答复",
    Role.DISPATCHER: "看全部工单；登记、派单、导出、查看完整个人信息、看统计",
    Role.UNIT_HEAD: "看本单位及下级的工单；审核、导出、查看完整个人信息、看统计",
    Role.HANDLER: "看本单位中由本人承办或尚未指定承办人的工单；办理、登记、查看完整个人信息",
    Role.DEPUTY_LEADER: "看分管单位及其下级的工单；审批、签发信访处理意见、登记约谈、看统计",
    Role.LEADER: "看全部工单；审批、签发信访处理意见、批准信访延期、登记约谈、导出、看统计",
    Role.SUPERVISOR: "看全部工单；督办、登记约谈、导出、看统计",
    Role.FOLLOW_UP: "看全部工单；回访、查看完整个人信息",
    Role.PETITION_CLERK: "看全部信访件；登记、甄别、受理、告知、送达、终结，记信访台账",
    Role.LEGAL_ADVISER: "看等待合法性审核和自己审核过的信访件；审核处理意见",
    Role.DISCIPLINE: "只看保密通道中的检举控告；处理、移送、传附件、查看完整个人信息",
    Role.SYSTEM_ADMIN: "不看工单；管理账号、单位、分类、日历、时限、督办规则和消息投递",
    Role.SECURITY_ADMIN: "不看工单；设置岗位、解除动态验证码",
    Role.AUDITOR: "不看工单；查阅审计日志",
}


def role_options() -> list[tuple[str, str, str]]:
    """Roles of the work, then the three that stand alone."""
    roles = sorted(STAFF, key=lambda role: role in KEEPERS)
    return [(role.value, label(role), DUTIES[role]) for role in roles]
