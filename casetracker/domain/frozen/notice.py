"""更正通知: a frozen month was put right, what it said and what holds now, and by which cases.

Source: docs/rules/rates.md 10; layout of the 通报, GB/T 9704-2012.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from casetracker.domain.days import local, local_date
from casetracker.domain.frozen.changes import CaseLine, FigureLine, MonthChanges, ProfileChanges
from casetracker.domain.papers.content import Annex, Block, Grid, Heading, PaperContent, Paragraph
from casetracker.domain.papers.writing import heading_text, written_day, written_moment
from casetracker.domain.reports.notice import ADDRESSEE, TITLES, written
from casetracker.domain.reports.periods import ReportPeriod, Span

MOST_LINES = 300
"""Figures that one table of the paper prints; the page lists all of them."""

PRINTED = 100
"""Cases that the paper prints; the record holds the others."""


@dataclass(frozen=True, slots=True)
class CorrectionHead:
    """What a correction bears: whose it is, which one, its 发文字号, why it was issued."""

    street: str
    sequence: int
    document_number: str | None
    corrected_number: str | None
    reason: str


def correction_title(street: str, period: ReportPeriod) -> str:
    """`关于更正新沟镇街道2026年3月`, `“民呼我应”工作情况通报有关数据的通知`."""
    name = street.removesuffix("办事处")
    return f"关于更正{name}{period.name}\n{TITLES[Span.MONTH]}有关数据的通知"


def correction_content(head: CorrectionHead, changes: MonthChanges) -> PaperContent:
    """The paper; the same head and changes give the same paper."""
    period = ReportPeriod(Span.MONTH, changes.month)
    annexes = tuple(_annexes(changes.profiles))
    return PaperContent(
        title=correction_title(head.street, period),
        blocks=(*_opening(head, changes, period), *_sections(changes.profiles)),
        head=head.street,
        number=head.document_number,
        addressee=ADDRESSEE,
        attachments=tuple(annex.title for annex in annexes),
        organ=head.street,
        day=local_date(changes.as_of),
        annexes=annexes,
    )


def _opening(
    head: CorrectionHead, changes: MonthChanges, period: ReportPeriod
) -> Iterator[Paragraph]:
    number = f"（{head.corrected_number}）" if head.corrected_number else ""
    since = written_day(local_date(changes.since))
    until = written_moment(local(changes.as_of))
    earlier = f"，第{changes.number}次更正于{since}作出" if changes.number else f"于{since}冻结"
    yield Paragraph(
        f"{period.name}{TITLES[Span.MONTH]}{number}的数据{earlier}。此后有关工单发生变化，"
        f"现予第{head.sequence}次更正，数据截至{until}。原通报的数据不作改动，以本通知为准。"
    )
    first, *rest = written(head.reason)
    assert isinstance(first, Paragraph), "a reason is text"
    yield Paragraph(f"更正原因：{first.text}")
    yield from (one for one in rest if isinstance(one, Paragraph))


def _sections(profiles: Iterable[ProfileChanges]) -> Iterator[Block]:
    for place, one in enumerate(profiles, 1):
        yield Heading(heading_text(place, f"按{one.name}（{one.version}）"))
        if not one.figures:
            yield Paragraph("各项数字没有变化。")
        if one.totals:
            yield Paragraph(f"全街道有{len(one.totals)}项指标变化：")
            yield _totals(one.totals)
        said = [f"涉及工单{one.case_count}件"] if one.case_count else []
        said += [f"按{of}分行的指标变化{len(lines)}项" for of, lines in one.tables.items()]
        if said:
            yield Paragraph(f"{'，'.join(said)}，见附件。")


def _totals(lines: Iterable[FigureLine]) -> Grid:
    rows = tuple((one.metric, one.before, one.after) for one in lines)
    return Grid(("指标", "更正前", "更正后"), rows, (12, 18, 18))


def _tables(changes: ProfileChanges) -> Iterator[Block]:
    for of, lines in changes.tables.items():
        yield Heading(f"按{of}", 2)
        yield from _of_rows(of, lines)


def _of_rows(of: str, lines: Sequence[FigureLine]) -> Iterator[Block]:
    rows = tuple((one.row or "", one.metric, one.before, one.after) for one in lines[:MOST_LINES])
    yield Grid((of, "指标", "更正前", "更正后"), rows, (12, 9, 15, 15))
    if len(lines) > MOST_LINES:
        yield _rest(f"{len(lines)}项", f"{MOST_LINES}项")


def _annexes(profiles: Iterable[ProfileChanges]) -> Iterator[Annex]:
    for one in profiles:
        if one.tables:
            yield Annex(f"分行指标更正表（{one.name}）", tuple(_tables(one)))
        if one.cases:
            yield Annex(f"涉及工单清单（{one.name}）", tuple(_cases(one)))


def _cases(changes: ProfileChanges) -> Iterator[Block]:
    rows = tuple(
        (str(place), one.number, "\n".join(one.changes), _steps(one))
        for place, one in enumerate(changes.cases[:PRINTED], 1)
    )
    yield Grid(("序号", "编号", "变化", "此后的步骤"), rows, (4, 11, 18, 17))
    if changes.case_count > PRINTED:
        yield _rest(f"{changes.case_count}件", f"{PRINTED}件")


def _rest(whole: str, printed: str) -> Paragraph:
    return Paragraph(f"共{whole}，以上为前{printed}，其余见系统中的更正页面。", flush=True)


def _steps(case: CaseLine) -> str:
    return "\n".join(step_words(case)) or "没有新的步骤，随时间推移而变化"


def step_words(case: CaseLine) -> Iterator[str]:
    """`2026年4月8日 王海 审批不计考核（同意，误派）`."""
    for step in case.steps:
        yield f"{written_day(local_date(step.at))} {step.who} {step.what}"
