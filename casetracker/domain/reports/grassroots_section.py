"""Of 二、办理情况: what the communities settle, what patrols find and what was put right.

Source: docs/rules/reports.md 3; docs/rules/settlement.md; docs/rules/patrol.md 5.
"""

from collections.abc import Iterable, Iterator

from casetracker.domain.papers.content import Block, Grid, Heading, Linked, Paragraph
from casetracker.domain.reports.behind import in_register, settled_address
from casetracker.domain.reports.facts import Grassroots, ReportFacts, Safety, SettledLine
from casetracker.domain.reports.wording import both_changes, share
from casetracker.domain.settlement import SETTLED
from casetracker.domain.vocabulary import Basis, Settlement


def grassroots_work(facts: ReportFacts) -> Iterator[Block]:
    """The three figures with their shares, by community; then inspections and hazards."""
    of = facts.grassroots
    if of is None:
        return
    yield Heading("（四）小事不出村、大事不出街", 2)
    yield Paragraph(_settled(of.total), links=tuple(_settled_links(facts, of.total)))
    if of.lines:
        yield _communities(facts, of)
    yield Heading("（五）安全检查和隐患整改", 2)
    yield Paragraph(_patrolled(of.safety), links=tuple(_patrol_links(facts, of.safety)))


def _settled(of: SettledLine) -> str:
    return (
        f"本期受理的诉求中，{'，'.join(words for words, _ in _counts(of))}。"
        f"小事不出村{_part(of.community, of)}，大事不出街{_part(of.community + of.street, of)}。"
    )


def _counts(of: SettledLine) -> Iterator[tuple[str, tuple[Settlement, ...]]]:
    """Each count in words, with where its cases were settled."""
    yield f"社区（大队）化解{of.community}件", (Settlement.COMMUNITY,)
    yield f"街道办结{of.street}件", (Settlement.STREET,)
    yield f"转区直部门{of.handed_on}件", (Settlement.HANDED_ON,)
    yield f"在办{of.open}件", (Settlement.OPEN,)
    yield f"不受理、撤诉{of.not_taken}件", (Settlement.NOT_TAKEN,)


def _settled_links(facts: ReportFacts, of: SettledLine) -> Iterator[Linked]:
    """The counts, and of both shares what they are measured against."""
    for words, where in _counts(of):
        yield Linked(words, settled_in(facts, of, where))
    yield Linked(_part(of.community, of), settled_in(facts, of, SETTLED))
    yield Linked(_part(of.community + of.street, of), settled_in(facts, of, SETTLED))


def settled_in(facts: ReportFacts, of: SettledLine, where: Iterable[Settlement]) -> str | None:
    """The cases of a line that were settled there."""
    if of.among is None or facts.basis == Basis.FROZEN:
        return None
    return settled_address(facts.key, facts.profile, where, of.among)


def _part(count: int, of: SettledLine) -> str:
    return f"{share(count, of.settled)}（{count}/{of.settled}）"


def _communities(facts: ReportFacts, of: Grassroots) -> Grid:
    def led(line: SettledLine, words: str, *where: Settlement) -> Linked:
        return Linked(words, settled_in(facts, line, where))

    rows = tuple(
        (
            line.name,
            led(line, str(line.community), Settlement.COMMUNITY),
            led(line, str(line.street), Settlement.STREET),
            led(line, str(line.handed_on), Settlement.HANDED_ON),
            led(line, str(line.open), Settlement.OPEN),
            share(line.community, line.settled),
            led(line, f"{line.community}/{line.settled}", *SETTLED),
        )
        for line in (*of.lines, of.total)
    )
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


def _patrol_links(facts: ReportFacts, of: Safety | None) -> Iterator[Linked]:
    if of is None:
        return
    counts = [
        ("inspections", f"安全检查{of.inspections.now}家次"),
        ("found", f"排查隐患{of.found.now}处"),
        ("major", f"重大隐患{of.major}处"),
    ]
    if of.found.now:
        counts += [
            ("rectified", f"期内整改{of.rectified}处"),
            ("to_date", f"至今整改{of.to_date}处"),
        ]
    for name, words in (*counts, ("late", f"超过整改期限的{of.late}处")):
        yield Linked(words, in_register(facts, name, facts.whole_days))
