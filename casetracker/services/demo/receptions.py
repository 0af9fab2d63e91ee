"""领导接访 of the demonstration: the ten sessions of 2019 with ten matters that the founding report
counts, those of the last months, and the schedule to come.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import cycle

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.days import at, local_date
from casetracker.domain.ledgers import next_month
from casetracker.domain.petition_vocabulary import ReceptionKind, SessionStatus
from casetracker.domain.vocabulary import Satisfaction
from casetracker.persistence.account import Account
from casetracker.persistence.ledgers import ReceptionEntry, ReceptionSession
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.services.commands.ledgers import VisitorCommand
from casetracker.services.context import Context
from casetracker.services.demo.organisation import name_of
from casetracker.services.demo.timing import months_back
from casetracker.services.ledgers.persons import person_columns
from casetracker.services.use_case import use_case

SESSIONS_OF_2019 = 10
"""市区领导大接访 10 次，累计受理 10 件: the founding report."""

MONTHS_BACK = 12
CLERK = "clerk1"
PLACE = "街道信访接待室"
LEADERS = (
    ("leader1", "街道党工委书记", "主持党工委全面工作"),
    ("deputy1", "街道办事处副主任", "城市管理、征收拆迁、社区建设"),
    ("deputy2", "街道党工委副书记", "政务服务、党的建设、民生保障"),
    ("deputy3", "街道党工委委员、政法委员", "平安建设、农业农村、安全生产"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Received:
    """What somebody brought to a leader, and what became of it."""

    matter: str
    place: str
    cause: str
    instruction: str
    unit: str
    report: str


RECEIVED = (
    Received(
        "还建小区交房五年仍未办理不动产权证，影响子女落户和入学。", "东风社区还建小区",
        "开发企业资料移交不全，首次登记停滞。",
        "由社区建设办公室牵头，一个月内完成资料补正并告知住户。",
        "shequ", "资料已补正，首次登记已受理，分批通知住户办证。",
    ),
    Received(
        "征地青苗补偿面积与丈量记录不一致，要求复核。", "向阳大队五组",
        "丈量时田埂未计入。", "征收工作办公室会同大队重新丈量，按实补差。",
        "zhengshou", "已重新丈量并补发差额，来访人签字确认。",
    ),
    Received(
        "沿街餐饮油烟直排，楼上住户多次反映未解决。", "兴业社区沿街商铺",
        "油烟净化设施未正常使用。", "综合执法中心限期整改，逾期依法查处。",
        "zhifa", "四家餐饮已更换净化设备，检测达标。",
    ),
    Received(
        "老旧小区化粪池满溢，物业弃管，居民出行困难。", "荷塘社区三号院",
        "物业合同到期无人接管。", "公共管理办公室先行清掏，社区组织业主选聘物业。",
        "gonggong", "已清掏并接通管网，业主大会已选聘新物业。",
    ),
    Received(
        "村民反映机耕路损毁，农机无法进田。", "双桥大队",
        "重车碾压未修复。", "农业农村办公室争取项目资金，春耕前修复。",
        "nongye", "路面已修复通车。",
    ),
)  # fmt: skip


@use_case
def lay_receptions(ctx: Context, session: Session) -> None:
    """Sessions with what was received, and those to come; the same for the same moment."""
    ref = reference(session)
    staff = {row.username: row.id for row in session.execute(select(Account.username, Account.id))}
    days = [*_days_of_2019(ref), *_recent_days(ref, local_date(ctx.now))]
    stories, receiving = cycle(RECEIVED), cycle(LEADERS)
    for place, day in enumerate(days):
        row = _session(staff, next(receiving), day, SessionStatus.HELD)
        session.add(row)
        session.flush()
        session.add(_entry(ref, staff, row, next(stories), place))
    session.add_all(_coming(ref, staff, ctx.now))


def _days_of_2019(ref: Reference) -> Iterator[date]:
    for number in range(SESSIONS_OF_2019):
        yield ref.calendar.next_working_day(date(2019, 2 + number, 14))


def _recent_days(ref: Reference, today: date) -> Iterator[date]:
    for month in months_back(today, MONTHS_BACK):
        day = ref.calendar.next_working_day(month.replace(day=14))
        if day < today:
            yield day


def _session(
    staff: dict[str, int], who: tuple[str, str, str], day: date, status: SessionStatus
) -> ReceptionSession:
    username, post, duty = who
    published = None if status is SessionStatus.PLANNED else at(day, time(9)) - timedelta(days=12)
    return ReceptionSession(
        leader_id=staff[username],
        post=post,
        duty=duty,
        starts_at=at(day, time(9)),
        ends_at=at(day, time(11, 30)),
        place=PLACE,
        kind=ReceptionKind.ON_SITE,
        accompanying="信访专干、责任科室负责人",
        status=status,
        published_at=published,
        entered_by=staff[CLERK],
        entered_at=at(day, time(9)) - timedelta(days=15),
    )


def _entry(
    ref: Reference, staff: dict[str, int], row: ReceptionSession, told: Received, place: int
) -> ReceptionEntry:
    person = VisitorCommand(name=name_of(place * 31 + 7), phone=f"139{place * 7919 % 10**8:08}")
    return ReceptionEntry(
        session_id=row.id,
        **person_columns(person),
        persons=1 + place % 3,
        matter=told.matter,
        matter_place=told.place,
        cause=told.cause,
        instruction=told.instruction,
        unit_id=ref.unit_names[told.unit],
        due_on=local_date(row.starts_at) + timedelta(days=30),
        report=told.report,
        satisfaction=Satisfaction.SATISFIED if place % 4 else Satisfaction.BASICALLY,
        entered_by=staff[CLERK],
        entered_at=row.ends_at,
    )


def _coming(ref: Reference, staff: dict[str, int], now: datetime) -> Iterator[ReceptionSession]:
    """The rest of this month published, and of the next one half so."""
    first, _ = next_month(local_date(now))
    soon = ref.calendar.next_working_day(local_date(now) + timedelta(days=2))
    days = [soon, *(ref.calendar.next_working_day(first.replace(day=n)) for n in (5, 13, 21))]
    for place, (day, who) in enumerate(zip(days, LEADERS, strict=True)):
        status = SessionStatus.PLANNED if place > 2 else SessionStatus.PUBLISHED
        row = _session(staff, who, day, status)
        row.entered_at = min(row.entered_at, now)
        row.published_at = now - timedelta(days=1) if row.published_at else None
        yield row
