"""Of 二、办理情况: what the communities settle, what patrols find and what was put right.

Source: docs/rules/reports.md 3; docs/rules/settlement.md; docs/rules/patrol.md 5.
"""

from collections.abc import Iterator

from casetracker.domain.papers.content import Block, Grid, Heading, Paragraph
from casetracker.domain.reports.facts import Grassroots, Safety, SettledLine
from casetracker.domain.reports.wording import both_changes, share


def grassroots_work(of: Grassroots | None) -> Iterator[Block]:
    """The three figures with their shares, by community; then inspections and hazards."""
    if of is None:
        return
    yield Heading("（四）小事不出村、大事不出街", 2)
    yield Paragraph(_settled(of.total))
    if of.lines:
        yield _communities(of)
    yield Heading("（五）安全检查和隐患整改", 2)
    yield Paragraph(_patrolled(of.safety))


def _settled(of: SettledLine) -> str:
    return (
        f"本期受理的诉求中，社区（大队）化解{of.community}件，街道办结{of.street}件，"
        f"转区直部门{of.handed_on}件，在办{of.open}件，不受理、撤诉{of.not_taken}件。"
        f"小事不出村{_part(of.community, of)}，大事不出街{_part(of.community + of.street, of)}。"
    )


def _part(count: int, of: SettledLine) -> str:
    return f"{share(count, of.settled)}（{count}/{of.settled}）"


def _communities(of: Grassroots) -> Grid:
    rows = tuple(
        (
            line.name, str(line.community), str(line.street), str(line.handed_on), str(line.open),
            share(line.community, line.settled), f"{line.community}/{line.settled}",
        )
        for line in (*of.lines, of.total)
    )  # fmt: skip
    counts = ("社区化解", "街道办结", "转区直部门", "在办")
    heads = ("社区（大队）", *counts, "小事不出村", "分子/分母")
    return Grid(heads, rows, (5, 3, 3, 3, 2, 3, 3))


def _patrolled(of: Safety | None) -> str:
    if of is None:
        return "本期没有登记安全检查和隐患。"
    words = (
        f"开展安全检查{of.inspections.now}家次，{both_changes(of.inspections)}；"
        f"排查隐患{of.found.now}处，{both_changes(of.found)}，其中重大隐患{of.major}处；"
    )
    if of.found.now:
        words += (
            f"期内整改{of.rectified}处，整改率{share(of.rectified, of.found.now)}"
            f"（{of.rectified}/{of.found.now}），至今整改{of.to_date}处；"
        )
    return f"{words}超过整改期限的{of.late}处。"
