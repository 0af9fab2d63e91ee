"""All promises that `casetracker verify` proves. Source: docs/cli.md, 核验."""

from collections.abc import Iterator

from casetracker.services.verifying import closed_loop as loop
from casetracker.services.verifying import figures, frozen, lane, ledgers, patrols, petitions
from casetracker.services.verifying import surroundings as around
from casetracker.services.verifying.chain import check_chain
from casetracker.services.verifying.findings import Finding, Invariant, Sight
from casetracker.services.verifying.histories import histories
from casetracker.services.verifying.limits_kept import check_limits
from casetracker.services.verifying.replay import check_replay


def cases_whole(sight: Sight) -> Iterator[Finding]:
    """I2 and I3 in one walk over all histories."""
    for history in histories(sight.session):
        for check in (check_chain, check_replay, check_limits):
            yield from check(sight, history)


INVARIANTS: tuple[Invariant, ...] = (
    Invariant("I1", "已向来电或来函系统应答的登记，工单都在", around.acknowledged),
    Invariant("I2+I3", "历史连续、链条完整；状态、时间、次数、期限与历史一致", cases_whole),
    Invariant("I4", "应通知的事项各有且只有一条待发记录", around.announced),
    Invariant("I5", "发出的消息不重复，都有发送时间", around.sent_once),
    Invariant("I6", "附件都在，内容未变，没有无主文件", around.files_kept),
    Invariant("I7", "没有过期的发送租约", around.leases_over),
    Invariant("I8", "工单编号唯一，编号序列不落后", around.numbers_unique),
    Invariant("S7a", "件件有登记", loop.unregistered),
    Invariant("S7b", "件件有落实：在办的都有承办者", loop.unowned),
    Invariant("S7b", "件件有落实：在办的都有在走的时限", loop.untimed),
    Invariant("S7c", "件件有回复：办结的都答复到人", loop.unanswered),
    Invariant("S7c", "并单、不受理、转出、撤诉的都有告知", loop.untold),
    Invariant("P1", "信访件都有信访登记，告知不早于收到", petitions.unrecorded),
    Invariant("P2", "已答复的信访件都有签发编号的意见和送达时间", petitions.unserved),
    Invariant("P3", "不予受理、不再受理、转送、导入法定程序的都已书面告知", petitions.untold),
    Invariant("P4", "检举控告都在保密通道，其他台面上没有痕迹", lane.leaked),
    Invariant("P5", "转信访的热线工单只转一次，两处不重复在办", petitions.counted_twice),
    Invariant("L1", "来访编号连续，登记为信访件的都有关联", ledgers.registered),
    Invariant("L2", "台账不指向保密件", ledgers.forgotten),
    Invariant("L3", "积案销号有依据，由两人办理", ledgers.struck_off),
    Invariant("H1", "检查和隐患编号连续，检查结果与所查隐患一致", patrols.registered),
    Invariant(
        "H2", "隐患的状态、期限和步数与逐步记录一致，每一步都是流程表允许的", patrols.replayed
    ),
    Invariant("H3", "整改完成的都有整改情况，由报告人以外的人复查", patrols.checked),
    Invariant("F1", "统计累计与逐件重算一致", figures.sums_kept),
    Invariant("M1", "冻结的月份和更正未被改动", frozen.sealed),
    Invariant("M2", "冻结的数字与冻结的名单一致", frozen.counted_again),
)
