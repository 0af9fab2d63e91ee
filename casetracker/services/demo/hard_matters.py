"""包案、积案、敏感时期 of the demonstration."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.days import at, local_date
from casetracker.domain.petition_vocabulary import UndertakingResult
from casetracker.persistence.account import Account
from casetracker.persistence.ledgers import (
    OldCase,
    SensitivePeriod,
    Undertaking,
    UndertakingMilestone,
)
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.services.context import Context
from casetracker.services.demo.receptions import CLERK, LEADERS
from casetracker.services.use_case import use_case


@use_case
def lay_hard_matters(ctx: Context, session: Session) -> None:
    """Undertakings, old cases and a sensitive time; the same for the same moment."""
    ref = reference(session)
    staff = {row.username: row.id for row in session.execute(select(Account.username, Account.id))}
    _undertakings(ref, session, staff, local_date(ctx.now))
    session.add_all(_old_cases(ref, staff, ctx.now))
    session.add(_period(staff, ctx.now))


def _undertakings(ref: Reference, session: Session, staff: dict[str, int], today: date) -> None:
    """One that moves, one that stands still, and one that was settled."""
    told = (
        ("东风社区还建小区办证", LEADERS[1], "shequ", 60, 200, 3, None),
        ("向阳大队征地补偿遗留问题", LEADERS[3], "zhengshou", 30, 160, 40, None),
        ("荷塘社区三号院物业弃管", LEADERS[2], "gonggong", 100, 300, 90, UndertakingResult.SETTLED),
    )
    for title, who, unit, progress, began, moved, result in told:
        row = Undertaking(
            title=title,
            leader_id=staff[who[0]],
            post=who[1],
            unit_id=ref.unit_names[unit],
            plan=f"{title}：摸清底数，分户建档；会同责任单位逐项落实；回访核实后申请销号。",
            progress=progress,
            began_on=today - timedelta(days=began),
            expected_on=today + timedelta(days=60),
            moved_on=today - timedelta(days=moved),
            next_action_on=None if result else today + timedelta(days=7 - moved // 4),
            finished_on=today - timedelta(days=moved) if result else None,
            result=result,
            result_words="新物业已进驻，回访六户均表示满意。" if result else None,
            entered_by=staff[CLERK],
            entered_at=at(today - timedelta(days=began), time(10)),
        )
        session.add(row)
        session.flush()
        session.add_all(_milestones(staff, row, who[0], today))


def _milestones(
    staff: dict[str, int], row: Undertaking, leader: str, today: date
) -> Iterator[UndertakingMilestone]:
    steps = (
        (row.began_on, "召开碰头会，确定责任单位和分工。", True),
        (row.moved_on, "现场察看并听取当事人意见。", True),
        (today + timedelta(days=20), "向当事人反馈办理进展。", False),
    )
    for day, what, is_done in steps:
        if is_done or row.finished_on is None:
            yield UndertakingMilestone(
                undertaking_id=row.id,
                day=day,
                what=what,
                done_at=at(day, time(16)) if is_done else None,
                done_by=staff[leader] if is_done else None,
            )


def _old_cases(ref: Reference, staff: dict[str, int], now: datetime) -> Iterator[OldCase]:
    """Two on the list, one whose striking off waits, one struck off."""
    today = local_date(now)
    told = (
        ("1998年乡办企业改制职工社保接续问题，当事人12人。", "fuwu", 12, None),
        ("向阳大队2009年征地补偿遗留问题，涉及农户7户。", "zhengshou", -3, None),
        ("双桥大队宅基地边界纠纷，两户多次上访。", "zongzhi", 5, "已签订调解协议，双方当场履行。"),
        ("荷塘社区三号院物业弃管引发的集体访。", "gonggong", None, "物业已进驻，回访满意。"),
    )  # fmt: skip
    for place, (description, unit, days, evidence) in enumerate(told):
        yield OldCase(
            description=description,
            listed_on=today - timedelta(days=200 + 30 * place),
            source_list="区信访联席会议办公室交办" if place % 2 else "街道自查",
            unit_id=ref.unit_names[unit],
            owner=LEADERS[1 + place % 3][1],
            plan="领导包案，逐户见面，一案一策；依法能解决的限期解决，政策外的做好解释和帮扶。",
            next_action_on=None if days is None else today + timedelta(days=days),
            evidence=evidence,
            strike_asked_by=staff[CLERK] if evidence else None,
            strike_asked_at=now - timedelta(days=2) if evidence else None,
            struck_off_by=staff["leader1"] if days is None else None,
            struck_off_on=today - timedelta(days=1) if days is None else None,
            entered_by=staff[CLERK],
            entered_at=now - timedelta(days=200 + 30 * place),
        )


def _period(staff: dict[str, int], now: datetime) -> SensitivePeriod:
    today = local_date(now)
    return SensitivePeriod(
        name="重点时段信访保障",
        starts_on=today - timedelta(days=2),
        ends_on=today + timedelta(days=8),
        measures="领导带班值守，每日研判一次；对清单上的人和事逐件明确责任人；突发情况半小时内报告。",
        entered_by=staff[CLERK],
        entered_at=now - timedelta(days=5),
    )
