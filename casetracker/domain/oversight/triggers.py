"""The triggers of supervision as rows: what each finds, its numbers, its usual order, its source.

`docs/rules/supervision.md` holds the same table in words. A rule that is off as shipped would find
too much for a street of usual size; an office switches it on.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from casetracker.domain.oversight import occasions as o
from casetracker.domain.oversight.rule import Number
from casetracker.domain.oversight.watched import Moment, Watched
from casetracker.domain.reminders import SUPERVISION_SUGGESTED_FROM
from casetracker.domain.vocabulary import SuperviseLevel, SuperviseTrigger

Find = Callable[[Watched, Mapping[str, int], Moment], o.Found]
T, L = SuperviseTrigger, SuperviseLevel


@dataclass(frozen=True, slots=True)
class TriggerRule:
    """One trigger: `level` and `requirement` are those of the first order on a case."""

    trigger: SuperviseTrigger
    find: Find
    meaning: str
    level: SuperviseLevel
    requirement: str
    source: str
    numbers: tuple[Number, ...] = ()
    is_on: bool = True

    @property
    def code(self) -> str:
        return self.trigger.value


def _days(name: str, default: int, unit: str = "个工作日") -> tuple[Number, ...]:
    return (Number("days", name, unit, default, 0, 60),)


_PRACTICE = "信访业务系统通行的自动督办规则"
_LAW = "《信访工作条例》第四十条；《信访条例》(2005)第三十六条"
_ROWS = (
    TriggerRule(
        T.HALF_TIME_NO_RECORD, o.half_time, "办理时限已过半，承办单位没有任何办理记录", L.PHONE,
        "办理时限已过半，请立即办理并填写办理记录。", f"{_PRACTICE} DB01",
    ),
    TriggerRule(
        T.NEAR_DUE, o.near_due, "答复期限将到", L.PHONE,
        "办理期限将到，请抓紧办理、按期答复。", f"{_PRACTICE}；热线平台“预超期”提示",
        _days("距到期", 1), is_on=False,
    ),
    TriggerRule(
        T.OVERDUE, o.overdue, "已过答复期限仍未答复", L.NOTICE,
        "该事项已超期，请说明原因，限期办结并书面反馈。",
        f"{_LAW}：无正当理由未按规定期限办结；《潍坊市12345条例》第二十六条",
        _days("超期满", SUPERVISION_SUGGESTED_FROM),
    ),
    TriggerRule(
        T.UNSIGNED, o.unsigned, "派单后逾期未签收", L.PHONE,
        "请立即签收；不属于本单位职责的，按规定申请退单。",
        "《潍坊市12345条例》第二十六条：拒不接收", _days("逾期满", 1),
    ),
    TriggerRule(
        T.RAISED_AGAIN, o.raised_again, "同一事项再次反映，或者群众多次催办", L.NOTICE,
        "该事项群众再次反映，请单位负责人牵头核实，一次解决到位并书面反馈。",
        f"{_PRACTICE} DB02；《济南市12345条例》第二十八条：多次集中反映未解决",
        (Number("urges", "催办达到", "次", 2, 1, 20),),
    ),
    TriggerRule(
        T.DISSATISFIED_NOT_REDONE, o.not_redone, "群众不满意，交办重办后逾期未办", L.ORDER,
        "群众对上次办理不满意，请单位负责人到场核实，限期重新办理并书面反馈。",
        "青浦区夏阳街道热线办法：三个工作日内重办", _days("逾期满", 0),
    ),
    TriggerRule(
        T.ASSIST_LATE, o.assist_late, "协办单位、吹哨部门逾期未反馈", L.NOTICE,
        "请立即反馈协办、报到情况。", f"{_PRACTICE} DB04", _days("逾期满", 3),
    ),
    TriggerRule(
        T.NOT_RESUBMITTED, o.not_resubmitted, "答复审核退回后迟迟未重新提交", L.PHONE,
        "审核退回后请按意见补正，尽快重新提交。", f"{_PRACTICE} DB03：超过五日",
        _days("退回满", 5, "日"),
    ),
    TriggerRule(
        T.LEADER_NOTE, o.leader_note, "领导批示后没有办理记录，或者到期未报落实情况", L.ORDER,
        "请按领导批示抓紧落实，并书面报告落实情况。", f"领导批示办理；{_PRACTICE} DB02",
        _days("批示后满", 3),
    ),
    TriggerRule(
        T.MEDIA, o.media, "媒体反映或者有舆情", L.ORDER,
        "该事项涉及媒体，请立即核实处置，做好回应并书面反馈。",
        "《潍坊市12345条例》第二十六条：造成负面影响",
    ),
    TriggerRule(
        T.COLLECTIVE_OR_THREAT, o.collective_or_threat, "多人集体反映，或者有扬言、极端苗头",
        L.ORDER, "请单位负责人牵头，立即稳控、调处，每日报告进展。",
        "信访业务系统的重点标识（集体、扬言、极端）",
    ),
    TriggerRule(
        T.SHIRKING, o.returned_often, "多次退单、改派，无人承办", L.ORDER,
        "该事项多次退单，请按首接负责、指定办理的要求承办，不得再行推诿。",
        f"{_LAW}：推诿、敷衍、拖延；国办函〔2025〕66号(五)",
        (Number("returns", "退单达到", "次", 2, 1, 9),),
    ),
    TriggerRule(
        T.NOT_TOLD, o.not_told, "信访事项逾期未书面告知", L.NOTICE,
        "请立即依法书面告知信访人。", f"《信访工作条例》第二十三条；{_LAW}：未按规定程序办理",
        _days("逾期满", 0),
    ),
    TriggerRule(
        T.NOT_REPORTED, o.not_reported, "交办的信访事项到期未报结果", L.NOTICE,
        "交办期限已到，请立即报送办理结果。", f"{_LAW}：未按规定反馈信访事项办理结果",
        _days("逾期满", 0),
    ),
    TriggerRule(
        T.NOT_EXECUTED, o.not_executed, "处理意见到期未执行", L.ORDER,
        "处理意见应予执行，请立即执行到位并书面反馈。", f"{_LAW}：拒不执行信访处理意见",
        _days("逾期满", 0),
    ),
    TriggerRule(
        T.FRAUD, o.fraud, "近期多件以同样措辞答复已解决，或者群众所说与办理记录不符", L.ORDER,
        "请核查办理是否属实；不属实的重新办理，并说明情况。",
        "《信访工作条例》第四十条：弄虚作假；《北京市信访条例》第五十二条：虚报办理结果",
        (Number("cases", "相同答复达到", "件", 3, 2, 50),),
    ),
)  # fmt: skip

TRIGGERS: Mapping[SuperviseTrigger, TriggerRule] = MappingProxyType(
    {row.trigger: row for row in _ROWS}
)
