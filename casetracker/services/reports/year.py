"""The year's paragraph from the data, with every figure and the sums that do not come out (S16).

Counted in calendar years of Asia/Shanghai over what the reader sees; sealed cases are in no figure.
Source: docs/rules/reports.md 2.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from casetracker.domain.days import SHANGHAI, local_date
from casetracker.domain.errors import GuardRefused
from casetracker.domain.papers.content import (
    Block,
    Grid,
    Heading,
    Linked,
    PaperContent,
    Paragraph,
)
from casetracker.domain.rates import Profile, Window
from casetracker.domain.reports.year import (
    LEVELS,
    Finding,
    HotlineYear,
    PetitionsYear,
    YearFigures,
    findings_of,
    year_paragraph,
)
from casetracker.domain.reports.year_links import (
    LINES,
    YearLinks,
    finding_links,
    paragraph_links,
)
from casetracker.domain.vocabulary import Channel, Settlement, Track
from casetracker.labels import label, member_from
from casetracker.persistence.case import Case
from casetracker.services.commands.searching import AnnualQuestion
from casetracker.services.context import Context
from casetracker.services.outcome import iso
from casetracker.services.reports.asking import Asking
from casetracker.services.reports.grassroots_part import settlement_counts
from casetracker.services.reports.ledger_counts import (
    old_case_counts,
    patrol_counts,
    reception_counts,
    visit_counts,
)
from casetracker.services.use_case import query
from casetracker.stats.annual import annual_table
from casetracker.stats.breakdowns import breakdowns, each
from casetracker.stats.tallies import whole_of


@dataclass(frozen=True, slots=True)
class YearReport:
    """The paragraph with what it was made of, as it stood at `as_of`."""

    street: str
    as_of: datetime
    figures: YearFigures
    paragraph: str
    findings: tuple[Finding, ...]
    profiles: tuple[Profile, ...]

    @property
    def text(self) -> str:
        """The paragraph and below it what does not come out."""
        if not self.findings:
            return f"{self.paragraph}\n"
        lines = [f"{place}. {one.message}" for place, one in enumerate(self.findings, 1)]
        return "\n".join([self.paragraph, "", "核对：", *lines, ""])

    def as_json(self) -> dict[str, Any]:
        """Every figure and every finding."""
        figures = asdict(self.figures)
        levels = self.figures.petitions.by_level
        figures["petitions"]["by_level"] = {
            "none" if level is None else str(level): count for level, count in levels.items()
        }
        return {
            "year": self.figures.year,
            "as_of": iso(self.as_of),
            "figures": figures,
            "text": self.paragraph,
            "findings": [asdict(one) for one in self.findings],
            "definitions": {profile.code: profile.version for profile in self.profiles},
        }

    def content(self) -> PaperContent:
        """The paragraph as a paper, its figures and findings below it."""
        to = YearLinks(self.figures.year, *(profile.code for profile in self.profiles))
        links = tuple(paragraph_links(self.figures, to))
        blocks: list[Block] = [Paragraph(self.paragraph, links=links)]
        blocks += [Heading("数据表"), _table(self.figures, to)]
        if self.findings:
            blocks += [Heading("核对说明")]
        for place, one in enumerate(self.findings, 1):
            missing = tuple(finding_links(one, self.figures, to))
            blocks.append(Paragraph(f"{place}. {one.message}", links=missing))
        return PaperContent(
            title=f"{self.street}{self.figures.year}年\n“民呼我应”工作情况", blocks=tuple(blocks)
        )


@query
def year_report(ctx: Context, session: Session, asked: AnnualQuestion) -> YearReport:
    """Raises NotPermitted without the right to make reports, GuardRefused (`period_not_begun`)."""
    asking = Asking.of(ctx, session)
    if local_date(ctx.now).year < asked.year:
        raise GuardRefused("period_not_begun", period=f"{asked.year}年")
    profiles = _profiles(asking, asked.year)
    figures = _figures(asking, asked.year, *profiles)
    street = asking.ref.settings["street_name"]
    return YearReport(
        street, ctx.now, figures, year_paragraph(figures), findings_of(figures), profiles
    )


def _profiles(asking: Asking, year: int) -> tuple[Profile, Profile]:
    """What the office counts hotline cases and petitions by at the end of the year."""
    profiles, december = asking.ref.profiles, f"{year:04d}-12"
    return profiles.default(december), profiles.default(december, Track.PETITION)


def _figures(asking: Asking, year: int, hotline: Profile, petitions: Profile) -> YearFigures:
    window = (datetime(year, 1, 1, tzinfo=SHANGHAI), datetime(year + 1, 1, 1, tzinfo=SHANGHAI))
    return YearFigures(
        year,
        _hotline(asking, hotline, window),
        visit_counts(asking.session, window),
        _petitions(asking, petitions, window),
        reception_counts(asking.session, window),
        old_case_counts(asking.session, window),
        patrol_counts(asking.session, window, asking.now),
        settlement_counts(asking, hotline, window),
    )


def _hotline(asking: Asking, profile: Profile, window: Window) -> HotlineYear:
    received = asking.received(profile)
    columns = {"channel": Case.channel, "open": Case.is_open}
    found = breakdowns(asking.session, received, each(columns, [window]))
    [by_channel], [by_open] = found["channel"], found["open"]
    months, excluded = _months(asking, window, profile)
    counts = {channel: one.cases for channel, one in by_channel.items()}
    total = whole_of(by_open).cases
    lines = sum(counts.get(channel, 0) for channel in LINES)
    return HotlineYear(
        total=total,
        lines=lines,
        other=total - lines,
        finished=sum(one.cases for is_open, one in by_open.items() if not is_open),
        by_channel=_by_words(counts),
        excluded=excluded,
        months=months,
    )


def _by_words(counts: Mapping[Channel, int]) -> dict[str, int]:
    """The channels by their names, in the order of the vocabulary."""
    return {label(channel): counts[channel] for channel in Channel if channel in counts}


def _petitions(asking: Asking, profile: Profile, window: Window) -> PetitionsYear:
    received = asking.received(profile)
    columns = {"level": Case.source_level, "open": Case.is_open}
    found = breakdowns(asking.session, received, each(columns, [window]))
    [by_level], [by_open] = found["level"], found["open"]
    months, excluded = _months(asking, window, profile)
    whole = whole_of(by_level)
    return PetitionsYear(
        total=whole.cases,
        persons=whole.persons,
        by_level={level: one.cases for level, one in by_level.items()},
        finished=sum(one.cases for is_open, one in by_open.items() if not is_open),
        excluded=excluded,
        months=months,
    )


def _months(asking: Asking, window: Window, profile: Profile) -> tuple[int, int]:
    """What the twelve months of the statistics give, and what was excluded from them."""
    table = annual_table(
        asking.session, asking.scope, asking.now, year=window[0].year, profile=profile.code
    )
    received = table.total["received"]
    return int(received.numerator), sum(received.excluded.values())


Line = tuple[str, int, str | None]
"""A name, how many, and where that leads."""


def _table(figures: YearFigures, to: YearLinks) -> Grid:
    rows = [*_of_hotline(figures, to), *_of_registers(figures, to)]
    cells = tuple((name, Linked(str(count), address)) for name, count, address in rows)
    return Grid(("项目", "数量"), cells, (3, 1))


def _of_hotline(figures: YearFigures, to: YearLinks) -> Iterator[Line]:
    hotline, of = figures.hotline, figures.settlement
    yield "热线诉求（件）", hotline.total, to.cases()
    for name, count in hotline.by_channel.items():
        channel = member_from(Channel, name)
        yield f"其中：{name}", count, to.cases({"by": "channel", "key": channel})
    if of is not None:
        yield "其中：社区（大队）化解", of.community, to.settled(Settlement.COMMUNITY)
        yield "其中：街道办结", of.street, to.settled(Settlement.STREET)
        yield "其中：转区直部门", of.handed_on, to.settled(Settlement.HANDED_ON)
        yield "其中：在办（尚未答复）", of.open, to.settled(Settlement.OPEN)
        yield "其中：不受理、撤诉", of.not_taken, to.settled(Settlement.NOT_TAKEN)
    yield "办理完毕（件）", hotline.finished, to.cases(figure="finished")


def _of_registers(figures: YearFigures, to: YearLinks) -> Iterator[Line]:
    visits, petitions, patrol = figures.visits, figures.petitions, figures.patrol
    receptions, old = figures.receptions, figures.old_cases
    yield "接待来访（次）", visits.visits, to.register("visits")
    yield "接待来访（人次）", visits.persons, to.register("visits")
    yield "阳光信访（件）", petitions.total, to.letters()
    for level, name in LEVELS.items():
        yield f"其中：{name}", petitions.by_level.get(level, 0), to.of_level(level)
    yield "其中：未登记来源层级", petitions.by_level.get(None, 0), to.of_level(None)
    yield "领导接访（次）", receptions.sessions, to.register("sessions")
    yield "接访受理（件）", receptions.matters, to.register("sessions")
    yield "新增积案（件）", old.listed, to.register("listed")
    yield "积案销号（件）", old.struck_off, to.register("struck_off")
    if patrol is not None:
        yield "安全检查（家次）", patrol.inspections, to.register("inspections")
        yield "排查隐患（处）", patrol.hazards, to.register("found")
        yield "整改隐患（处）", patrol.rectified, to.register("rectified")
