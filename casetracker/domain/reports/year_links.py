"""Where the counts of the year's paragraph lead: lists of cases of the calendar year, registers.

Source: docs/rules/reports.md 1(6), 2.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from casetracker.domain.papers.content import Linked
from casetracker.domain.reports.behind import (
    ALL,
    NUMERATOR,
    RECEIVED,
    Among,
    figure_address,
    settled_address,
)
from casetracker.domain.reports.registers import register
from casetracker.domain.reports.year import LEVELS, Finding, SettlementYear, YearFigures
from casetracker.domain.vocabulary import Basis, Channel, Settlement, SourceLevel

LINES = (Channel.MAYOR_LINE, Channel.DISTRICT_LINE)
"""市长专线 and 区长热线, which the paragraph counts together."""


@dataclass(frozen=True, slots=True)
class YearLinks:
    """The addresses of one year, by the codes of the profiles that counted it."""

    year: int
    hotline: str
    petitions: str

    def cases(self, among: Among = ALL, figure: str = RECEIVED) -> str:
        """Hotline cases that came in in the year."""
        return figure_address(str(self.year), self.hotline, Basis.LIVE, figure, NUMERATOR, among)

    def of_channels(self, channels: Iterable[Channel]) -> str:
        return self.cases({"channels": ",".join(channels)})

    def settled(self, where: Settlement) -> str:
        return settled_address(str(self.year), self.hotline, (where,), ALL)

    def letters(self, among: Among = ALL) -> str:
        """Petitions that came in in the year."""
        year = str(self.year)
        return figure_address(year, self.petitions, Basis.LIVE, RECEIVED, NUMERATOR, among)

    def of_level(self, level: SourceLevel | None) -> str:
        """Those that a level sent; None for those without one."""
        return self.letters({"by": "source_level", "key": level or ""})

    def register(self, name: str) -> str | None:
        return register(name, (date(self.year, 1, 1), date(self.year, 12, 31)))


def paragraph_links(of: YearFigures, to: YearLinks) -> Iterator[Linked]:
    """In the order of the paragraph; words that it does not say are left out."""
    yield from _hotline(of, to)
    if of.settlement is not None and of.hotline.total:
        yield from _settlement(of.settlement, to)
    visits, receptions, old = of.visits, of.receptions, of.old_cases
    yield Linked(f"来访群众{visits.visits}次", to.register("visits"))
    yield Linked(f"{visits.persons}人次", to.register("visits"))
    if visits.collective_visits:
        yield Linked(f"集体访{visits.collective_visits}次", to.register("collective_visits"))
        yield Linked(f"{visits.collective_persons}人次", to.register("collective_visits"))
    yield from _petitions(of, to)
    yield Linked(f"大接访{receptions.sessions}次", to.register("sessions"))
    yield Linked(f"受理{receptions.matters}件", to.register("sessions"))
    if receptions.letters:
        yield Linked(f"阅信批示{receptions.letters}件", to.register("letters"))
    if receptions.undertakings:
        yield Linked(f"包保信访事项{receptions.undertakings}件", to.register("undertakings"))
    if old.listed:
        yield Linked(f"新增信访积案{old.listed}件", to.register("listed"))
    if old.struck_off:
        yield Linked(f"化解销号{old.struck_off}件", to.register("struck_off"))
    if of.patrol is not None:
        yield Linked(f"安全检查{of.patrol.inspections}家次", to.register("inspections"))
        yield Linked(f"排查隐患{of.patrol.hazards}处", to.register("found"))
        yield Linked(f"整改{of.patrol.rectified}处", to.register("rectified"))


def _hotline(of: YearFigures, to: YearLinks) -> Iterator[Linked]:
    hotline = of.hotline
    yield Linked(f"市长专线（区长热线）{hotline.lines}件", to.of_channels(LINES))
    if hotline.other:
        others = (one for one in Channel if one not in LINES)
        yield Linked(f"其他渠道诉求{hotline.other}件", to.of_channels(others))
        yield Linked(f"合计{hotline.total}件", to.cases())
    if hotline.finished < hotline.total:
        yield Linked(f"已办理完毕{hotline.finished}件", to.cases(figure="finished"))
        left = hotline.total - hotline.finished
        yield Linked(f"正在办理{left}件", to.cases(figure="unfinished"))


def _settlement(of: SettlementYear, to: YearLinks) -> Iterator[Linked]:
    yield Linked(f"化解{of.community}件", to.settled(Settlement.COMMUNITY))
    yield Linked(f"街道办结{of.street}件", to.settled(Settlement.STREET))
    yield Linked(f"转区直部门{of.handed_on}件", to.settled(Settlement.HANDED_ON))
    if of.open:
        yield Linked(f"尚未答复{of.open}件", to.settled(Settlement.OPEN))
    if of.not_taken:
        yield Linked(f"撤诉{of.not_taken}件", to.settled(Settlement.NOT_TAKEN))


def _petitions(of: YearFigures, to: YearLinks) -> Iterator[Linked]:
    petitions = of.petitions
    yield Linked(f"阳光信访办理{petitions.total}件", to.letters())
    if petitions.total:
        for level, name in LEVELS.items():
            count = petitions.by_level.get(level, 0)
            yield Linked(f"{name}{count}件", to.of_level(level))


def finding_links(finding: Finding, of: YearFigures, to: YearLinks) -> Iterator[Linked]:
    """What is missing in a sum, where a list shows exactly that."""
    unknown = of.petitions.by_level.get(None, 0)
    if finding.code == "source_levels" and finding.whole - finding.parts == unknown:
        yield Linked(f"{unknown}件未登记来源层级", to.of_level(None))
    if finding.code == "hazards":
        yield Linked(f"尚有{finding.whole - finding.parts}处", to.register("not_rectified"))
