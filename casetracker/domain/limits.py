"""The catalogue of time limits: which there are, how long, in which unit, and who says so.

Rows and their dated overrides only; the arithmetic is in `deadlines`. Lengths marked 配置 are this
product's defaults, to be overridden by dated rows; those with an article are law.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType

from casetracker.domain.errors import DomainError
from casetracker.domain.vocabulary import DayUnit, Kind, Urgency

HANDLE_CAP = 10
"""Working days by which a hotline case may be extended in all."""

LONGEST = 9999
"""Days or hours beyond which no limit is taken seriously."""


class UnknownLimit(DomainError, ValueError):
    """No limit of that name; `facts["known"]` lists the names there are."""

    code = "unknown_limit"


@dataclass(frozen=True, slots=True)
class Limit:
    """One time limit.

    `amount` counts in `unit`; None where the length is ordered or derived case by case, and then
    the note says from what. `starts` and `stops` name the events. `cap_days` is the most by which
    it may be extended in all, in its own unit: None where nothing is said, 0 where it may not be.
    `pausable` only where a rule suspends it (R9).
    """

    code: str
    amount: int | None
    unit: DayUnit
    starts: str
    stops: str
    cap_days: int | None = 0
    pausable: bool = False
    source: str = ""
    note: str = ""

    @property
    def in_days(self) -> bool:
        return self.unit in (DayUnit.CALENDAR, DayUnit.WORKING)

    def ordered(self, amount: int, unit: DayUnit | None = None) -> "Limit":
        """The same limit with the length somebody ordered for this one case."""
        return replace(self, amount=_positive(amount), unit=unit or self.unit)


@dataclass(frozen=True, slots=True)
class LimitOverride:
    """Another length for a limit from a day on; older cases keep the one they were promised.

    None in `unit` or `cap_days` leaves the catalogue's own. `decided_at` is when it was entered:
    what began earlier on its first day was promised the old length.
    """

    code: str
    amount: int
    unit: DayUnit | None
    cap_days: int | None
    effective_from: date
    source: str
    decided_at: datetime | None = None

    def was_known(self, moment: datetime, day: date) -> bool:
        """Whether something that began at the moment, on that day, could have been told of it."""
        same_day = self.effective_from == day
        return not same_day or self.decided_at is None or self.decided_at <= moment


def _positive(amount: int) -> int:
    if not 1 <= amount <= LONGEST:
        raise ValueError(f"a limit is 1 to {LONGEST} days or hours long")
    return amount


_CAL, _WORK = DayUnit.CALENDAR, DayUnit.WORKING
_OFFICE, _NATURAL = DayUnit.OFFICE_HOURS, DayUnit.NATURAL_HOURS
_HOTLINE = "本街道热线时限配置；国办函〔2025〕66号、各地热线办法无统一数字"


def _row(
    code: str,
    amount: int | None,
    unit: DayUnit,
    span: str,
    source: str,
    *,
    cap_days: int | None = 0,
    pausable: bool = False,
    note: str = "",
) -> Limit:
    """One row; `span` is `start → stop`. Unless said, neither extended nor suspended."""
    starts, _, stops = span.partition(" → ")
    return Limit(code, amount, unit, starts, stops, cap_days, pausable, source, note)


_PETITION_ROWS = (
    _row("notify15", 15, _CAL, "receipt → notice served", "信访工作条例第二十三条"),
    _row("objection5", 5, _WORK, "transfer received → objection", "信访工作条例第二十三条"),
    _row("dept_transfer15", 15, _CAL, "registration → transfer", "信访工作条例第二十二条"),
    _row(
        "handle60",
        60,
        _CAL,
        "acceptance → opinion served",
        "信访工作条例第三十四条",
        cap_days=30,
        note="only 申诉求决 that end in an opinion (第三十一条第六项)",
    ),
    _row("simple10", 10, _WORK, "acceptance → opinion", "信访事项简易办理办法(试行)"),
    _row("req_review30", 30, _CAL, "opinion served → request", "信访工作条例第三十五条"),
    _row("req_rereview30", 30, _CAL, "review served → request", "信访工作条例第三十六条"),
    _row("review30", 30, _CAL, "request received → answer", "信访工作条例第三十五条"),
    _row(
        "rereview30",
        30,
        _CAL,
        "request received → answer",
        "信访工作条例第三十六条",
        pausable=True,
        note="听证所需时间不计算在期限内",
    ),
    _row(
        "assign_due",
        None,
        _CAL,
        "assignment from above → report",
        "信访工作条例第二十二条第三项",
        cap_days=None,
        note="as ordered (按交办要求): take `ordered(amount, unit)`",
    ),
    _row(
        "execute",
        None,
        _CAL,
        "opinion served → carried out",
        "信访工作条例第三十二条第二款；按处理意见载明的期限",
        cap_days=None,
        note="as the opinion promises (按意见书载明)",
    ),
    _row("evaluate", 30, _CAL, "opinion served → evaluation", "配置；评价办法原文未见数字"),
    _row(
        "improve_fb",
        30,
        _CAL,
        "advice → feedback",
        "配置；信访条例(2005)第三十六条为三十日，信访工作条例第四十条未定数字",
    ),
)

_STAGE_ROWS = (
    _row("dispatch", 2, _OFFICE, "registration → dispatch", _HOTLINE),
    _row("sign", 4, _OFFICE, "dispatch → signing", _HOTLINE, pausable=True),
    _row("contact", 1, _WORK, "dispatch → first contact", _HOTLINE, pausable=True),
    _row("contact:urgent", 2, _NATURAL, "dispatch → first contact", _HOTLINE, pausable=True),
    _row("return", 1, _WORK, "dispatch → return request", _HOTLINE),
    _row(
        "assist",
        None,
        _WORK,
        "invitation → answer of the assisting unit",
        _HOTLINE,
        note="the main due less one working day: `deadlines.assist_due`",
    ),
    _row("review", 1, _WORK, "submission → decision", _HOTLINE),
    _row("callback", 3, _WORK, "reply → call-back done", _HOTLINE),
    _row("redo", 3, _WORK, "decision to redo → reply", _HOTLINE, pausable=True),
    _row("park_review", 30, _CAL, "hold granted → next look", _HOTLINE),
    _row("supervise", 7, _CAL, "supervision issued → feedback", _HOTLINE),
    _row(
        "duty_due",
        None,
        _CAL,
        "assignment → reply served",
        "信访工作条例第三十一条第五项；有关法律法规规定的履职期限",
        cap_days=None,
        note="as the statute of the duty says (按法定履职期限)",
    ),
    _row("investigate", 30, _CAL, "assignment → draft opinion", "配置，内部时限"),
    _row("suggest30", 30, _CAL, "classification → reply", "配置，内部时限"),
)


def _handle(kind: str, amount: int, note: str = "") -> Limit:
    """A hotline handling limit: dispatch to reply, extendable, frozen while on hold (挂账)."""
    return _row(
        f"handle:{kind}",
        amount,
        _WORK,
        "dispatch → reply reached the resident",
        _HOTLINE,
        cap_days=HANDLE_CAP,
        pausable=True,
        note=note or "上级工单载明时限的，以载明为准",
    )


_HANDLE_ROWS = (
    _handle(Kind.CONSULT, 1),
    _handle(Kind.SUGGESTION, 1),
    _handle(Kind.HELP, 5),
    _handle(Kind.COMPLAINT, 5),
    _handle(Kind.REPORT, 5),
    _handle(Kind.PRAISE, 5),
    _handle(Kind.OTHER, 5),
    _handle("complex", 15, "经批准的复杂事项；上级工单载明时限的，以载明为准"),
)

CATALOGUE: Mapping[str, Limit] = MappingProxyType(
    {row.code: row for row in (*_PETITION_ROWS, *_STAGE_ROWS, *_HANDLE_ROWS)}
)
"""Every limit by its name."""

GROUPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "handle": tuple(row.code for row in _HANDLE_ROWS),
        "stage": tuple(row.code for row in _STAGE_ROWS),
        "petition": tuple(row.code for row in _PETITION_ROWS),
    }
)
"""The same in the order in which an office reads them: the promise, the stages, the law."""

MAIN = ("handle", "handle60", "simple10", "suggest30", "duty_due")
"""Limits that the answer to the resident stops: one of them is the case's main limit."""
OF_THE_PETITIONER = frozenset({"req_review30", "req_rereview30", "evaluate"})
"""Windows in which the petitioner may do something: nobody of the office is reminded of them."""
STATED = frozenset({"assist", "assign_due", "execute", "duty_due"})
"""Limits whose date somebody always sets for the one case: no calendar moves them."""
SET_BY_HAND = "set_by_hand"
"""The rule of a clock whose limit has a length, but whose date somebody set for the one case."""


def is_stated(code: str, rule_code: str) -> bool:
    """Whether the date of a clock was set by somebody: no calendar moves it."""
    return code in STATED or rule_code == SET_BY_HAND


AD_HOC_SOURCE = "按指定时限计算"
_AD_HOC = re.compile(r"(calendar|working|office_hours|natural_hours):([1-9][0-9]{0,3})")


def ad_hoc_limit(unit: DayUnit, amount: int) -> Limit:
    """A limit of the calculator: a length and a unit, nothing else said."""
    return Limit(
        f"{unit}:{_positive(amount)}",
        amount,
        unit,
        "",
        "",
        cap_days=None if unit in (_CAL, _WORK) else 0,
        pausable=True,
        source=AD_HOC_SOURCE,
    )


def limit_in_force(code: str, on: date, overrides: Iterable[LimitOverride] = ()) -> Limit:
    """The limit as it stood on a day: the latest override by then, else the catalogue row.

    Raises UnknownLimit. Source: docs/rules/deadlines.md, silent spot (c).
    """
    if code not in CATALOGUE:
        raise UnknownLimit(name=code, known=tuple(CATALOGUE))
    rows = [row for row in overrides if row.code == code and row.effective_from <= on]
    if not rows:
        return CATALOGUE[code]
    row = max(rows, key=lambda each: each.effective_from)
    base = CATALOGUE[code]
    return replace(
        base,
        amount=_positive(row.amount),
        unit=row.unit or base.unit,
        cap_days=base.cap_days if row.cap_days is None else row.cap_days,
        source=row.source,
    )


def limit_named(name: str, overrides: Iterable[LimitOverride] = (), on: date = date.max) -> Limit:
    """A catalogue row by its name, or one made up on the spot, such as `calendar:15`.

    Made-up names are `calendar:N`, `working:N`, `office_hours:N` and `natural_hours:N`, N from 1
    to 9999. With overrides the row in force `on` the given day, by default the newest.
    Raises UnknownLimit, which lists the known names.
    """
    wanted = _AD_HOC.fullmatch(name)
    if wanted:
        return ad_hoc_limit(DayUnit(wanted[1]), int(wanted[2]))
    return limit_in_force(name, on, overrides)


def handle_code(kind: Kind, *, is_complex: bool = False) -> str:
    """The name of the handling limit for a kind of hotline case."""
    return "handle:complex" if is_complex else f"handle:{kind}"


def contact_code(urgency: Urgency) -> str:
    """The name of the first-contact limit: urgent and critical cases have a shorter one."""
    return "contact" if urgency is Urgency.NORMAL else "contact:urgent"
