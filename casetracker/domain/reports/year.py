"""The year's paragraph (S16): its figures, its sentences, and the sums that must hold.

Figures stand without separators, as the street's own report prints them. A part whose register is
not kept is absent. Source: docs/rules/reports.md 2.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from casetracker.domain.vocabulary import SourceLevel

LEVELS: Mapping[SourceLevel, str] = {
    SourceLevel.NATIONAL: "国家信访局",
    SourceLevel.PROVINCIAL: "省",
    SourceLevel.MUNICIPAL: "市",
    SourceLevel.DISTRICT: "区",
    SourceLevel.STREET: "街内",
}
"""The five source levels in the words of the street's report."""


@dataclass(frozen=True, slots=True)
class HotlineYear:
    """`lines` are 市长专线 and 区长热线, `other` every other channel; `finished` of both."""

    total: int
    lines: int
    other: int
    finished: int
    by_channel: Mapping[str, int]
    excluded: int
    months: int


@dataclass(frozen=True, slots=True)
class VisitsYear:
    visits: int
    persons: int
    collective_visits: int
    collective_persons: int


@dataclass(frozen=True, slots=True)
class PetitionsYear:
    """`by_level` holds what carries no source level under None."""

    total: int
    persons: int
    by_level: Mapping[SourceLevel | None, int]
    finished: int
    excluded: int
    months: int


@dataclass(frozen=True, slots=True)
class ReceptionsYear:
    sessions: int
    matters: int
    persons: int
    letters: int
    undertakings: int


@dataclass(frozen=True, slots=True)
class OldCasesYear:
    listed: int
    struck_off: int
    left: int


@dataclass(frozen=True, slots=True)
class PatrolYear:
    """安全检查: inspections, hazards found, and those of them put right by the end of the year."""

    inspections: int
    hazards: int
    rectified: int


@dataclass(frozen=True, slots=True)
class SettlementYear:
    """Where the hotline's matters were settled (docs/rules/settlement.md 2); adds up to them."""

    community: int
    street: int
    handed_on: int
    open: int
    not_taken: int


@dataclass(frozen=True, slots=True)
class YearFigures:
    """Everything that the paragraph says; `patrol` is None where no such register was kept."""

    year: int
    hotline: HotlineYear
    visits: VisitsYear
    petitions: PetitionsYear
    receptions: ReceptionsYear
    old_cases: OldCasesYear
    patrol: PatrolYear | None = None
    settlement: SettlementYear | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A sum that does not come out: what the parts give, what the whole says."""

    code: str
    message: str
    parts: int
    whole: int


def year_paragraph(figures: YearFigures) -> str:
    """One paragraph, part by part."""
    return f"{figures.year}年，{'；'.join(_parts(figures))}。"


def _parts(figures: YearFigures) -> Iterator[str]:
    yield _hotline(figures.hotline)
    if figures.settlement is not None and figures.hotline.total:
        yield _settlement(figures.settlement)
    yield _visits(figures.visits)
    yield _petitions(figures.petitions)
    yield _receptions(figures.receptions)
    yield _old_cases(figures.old_cases)
    if figures.patrol is not None:
        yield _patrol(figures.patrol)


def _hotline(of: HotlineYear) -> str:
    words = f"受理市长专线（区长热线）{of.lines}件"
    if of.other:
        words += f"、其他渠道诉求{of.other}件，合计{of.total}件"
    if not of.total:
        return words
    if of.finished == of.total:
        return f"{words}，已全部办理完毕"
    return f"{words}，已办理完毕{of.finished}件，正在办理{of.total - of.finished}件"


def _settlement(of: SettlementYear) -> str:
    words = f"其中社区（大队）化解{of.community}件，街道办结{of.street}件"
    words += f"，转区直部门{of.handed_on}件"
    if of.open:  # of those that are being worked on some were answered: not all of them
        words += f"，尚未答复{of.open}件"
    return f"{words}，不受理、撤诉{of.not_taken}件" if of.not_taken else words


def _visits(of: VisitsYear) -> str:
    words = f"接待来访群众{of.visits}次{of.persons}人次"
    if not of.collective_visits:
        return words
    return f"{words}，其中集体访{of.collective_visits}次{of.collective_persons}人次"


def _petitions(of: PetitionsYear) -> str:
    words = f"阳光信访办理{of.total}件"
    levels = [f"{name}{of.by_level.get(level, 0)}件" for level, name in LEVELS.items()]
    return f"{words}，其中{'、'.join(levels)}" if of.total else words


def _receptions(of: ReceptionsYear) -> str:
    words = f"市区领导大接访{of.sessions}次，累计受理{of.matters}件"
    if of.letters:
        words += f"，领导干部阅信批示{of.letters}件"
    return f"{words}，包保信访事项{of.undertakings}件" if of.undertakings else words


def _old_cases(of: OldCasesYear) -> str:
    words = f"新增信访积案{of.listed}件" if of.listed else "无新增信访积案"
    return f"{words}，化解销号{of.struck_off}件" if of.struck_off else words


def _patrol(of: PatrolYear) -> str:
    words = f"开展安全检查{of.inspections}家次，排查隐患{of.hazards}处，整改{of.rectified}处"
    return f"{words}，实现闭环管理" if of.hazards == of.rectified else words


def findings_of(figures: YearFigures) -> tuple[Finding, ...]:
    """Where the parts of the paragraph do not add up to its wholes."""
    return tuple(_findings(figures))


def _findings(figures: YearFigures) -> Iterator[Finding]:
    yield from _level_gap(figures.petitions)
    yield from _months(figures)
    hotline, patrol = figures.hotline, figures.patrol
    by_channel = sum(hotline.by_channel.values())
    if by_channel != hotline.total:
        said = f"热线诉求各渠道合计{by_channel}件，与总数{hotline.total}件不符。"
        yield Finding("channels", said, by_channel, hotline.total)
    yield from _settled(figures)
    yield from _left_out(figures)
    if patrol is not None and patrol.rectified != patrol.hazards:
        left = patrol.hazards - patrol.rectified
        said = f"排查隐患{patrol.hazards}处，整改{patrol.rectified}处，尚有{left}处未整改。"
        yield Finding("hazards", said, patrol.rectified, patrol.hazards)


def _settled(figures: YearFigures) -> Iterator[Finding]:
    """Every hotline case was settled somewhere, is open, or was not taken."""
    of, whole = figures.settlement, figures.hotline.total
    if of is None:
        return
    parts = of.community + of.street + of.handed_on + of.open + of.not_taken
    if parts != whole:
        said = f"热线诉求按化解层级合计{parts}件，与总数{whole}件不符。"
        yield Finding("settlement", said, parts, whole)


def _level_gap(petitions: PetitionsYear) -> Iterator[Finding]:
    parts = sum(petitions.by_level.get(level, 0) for level in LEVELS)
    gap = petitions.total - parts
    if not gap:
        return
    unknown = petitions.by_level.get(None, 0)
    why = f"：{unknown}件未登记来源层级" if unknown == gap else ""
    said = f"阳光信访五级来源合计{parts}件，与总数{petitions.total}件相差{gap}件{why}。"
    yield Finding("source_levels", said, parts, petitions.total)


def _left_out(figures: YearFigures) -> Iterator[Finding]:
    """What came in and does not count by two people's decision."""
    for name, of in (("热线诉求", figures.hotline), ("信访件", figures.petitions)):
        if of.excluded:
            whole = of.total + of.excluded
            said = f"{name}登记{whole}件，其中{of.excluded}件已批准剔除，未计入{of.total}件。"
            yield Finding("excluded", said, of.total, whole)


def _months(figures: YearFigures) -> Iterator[Finding]:
    """The twelve months of the statistics pages must give the same."""
    for name, of in (("热线诉求", figures.hotline), ("信访件", figures.petitions)):
        if of.months != of.total:
            said = f"{name}各月合计{of.months}件，与全年{of.total}件不符。"
            yield Finding("months", said, of.months, of.total)
