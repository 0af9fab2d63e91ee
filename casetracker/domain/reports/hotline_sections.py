"""一、总体情况 二、办理情况 三、热点问题 of a report, worded from its facts.

Source: docs/rules/reports.md 4, 6.
"""

from collections.abc import Iterator

from casetracker.domain.days import local
from casetracker.domain.papers.content import (
    Block,
    Chart,
    Grid,
    Heading,
    Linked,
    Paragraph,
    Series,
)
from casetracker.domain.papers.writing import written_moment
from casetracker.domain.reports.behind import (
    DENOMINATOR,
    EXCLUDED,
    NUMERATOR,
    RECEIVED,
    at_point,
    before,
    behind,
    counted,
    in_register,
    left_out,
    parts,
    received,
    risen,
    whole_figure,
)
from casetracker.domain.reports.facts import ReportFacts, Rising
from casetracker.domain.reports.grassroots_section import grassroots_work
from casetracker.domain.reports.periods import Span
from casetracker.domain.reports.wording import (
    Comparison,
    both_changes,
    count_change,
    fraction_words,
    left_out_words,
    listed,
    rate_change,
    rate_words,
    share,
    signed,
    signed_points,
    value_words,
)

TREND_RATES = ("response", "completion_on_time", "satisfaction")
TROUBLES = {"overdue": "超期", "redo": "重办", "return": "退单"}
ANSWERS = ("resolution", "satisfaction", "answer")
FORMS_SHOWN = 5
PERIODS = {Span.MONTH: "个月", Span.WEEK: "周", Span.DAY: "天"}


def overall(facts: ReportFacts) -> Iterator[Block]:
    """总量、环比、同比, channels, kinds, 有效 and 无效."""
    volume = facts.volume
    uncounted = left_out_words(volume.excluded)
    yield Paragraph(
        f"{facts.short}共受理群众诉求{volume.received.now}件，{both_changes(volume.received)}。"
        f"其中有效诉求{volume.received.now - volume.invalid}件，"
        f"无效诉求（不予受理、撤诉）{volume.invalid}件。{uncounted}",
        links=(
            received(facts, f"群众诉求{volume.received.now}件"),
            Linked(f"有效诉求{volume.received.now - volume.invalid}件", counted(facts, "valid")),
            Linked(f"无效诉求（不予受理、撤诉）{volume.invalid}件", counted(facts, "invalid")),
            Linked(uncounted, behind(facts, RECEIVED, EXCLUDED)),
        ),
    )
    if facts.is_running:
        moment = written_moment(local(facts.as_of))
        yield Paragraph(f"本期尚未结束，数据截至{moment}，与完整各期的比较仅供参考。")
    if volume.received.now:
        channels, kinds = (tuple(parts(facts, of)) for of in (volume.channels, volume.kinds))
        yield Paragraph(f"按来源渠道：{_with_shares(facts)}。", links=channels)
        yield Paragraph(f"按诉求类型：{listed(volume.kinds)}。", links=kinds)
    points = facts.trend
    yield Chart(
        f"近{len(points)}{PERIODS[facts.span]}受理量（件）",
        tuple(point.name for point in points),
        (_received_over_time(facts),),
        "件",
        is_line=True,
    )


def _received_over_time(facts: ReportFacts) -> Series:
    values = tuple(float(point.received) for point in facts.trend)
    links = tuple(at_point(facts, point, RECEIVED, NUMERATOR) for point in facts.trend)
    return Series("受理量", values, links)


def _with_shares(facts: ReportFacts) -> str:
    whole, said = facts.volume.received.now, []
    for place, part in enumerate(facts.volume.channels):
        words = f"{part.name}{part.now}件"
        if place < FORMS_SHOWN and part.now:
            moved = count_change(Comparison.PREVIOUS, part.now, part.previous)
            words += f"（占{share(part.now, whole)}，{moved}）"
        said.append(words)
    return "、".join(said)


def handling(facts: ReportFacts) -> Iterator[Block]:
    """Every metric with n/d, then 超期、重办、退单、挂账 and the times."""
    yield Paragraph("各项指标见下表，环比、同比为百分点；分母为零的记“—”，未接受回访的不计为满意。")
    yield _metrics(facts)
    if facts.span is not Span.DAY:
        yield _rates_chart(facts)
    yield Heading("（一）超期、重办、退单、挂账和督办", 2)
    yield Paragraph(_troubles(facts), links=tuple(_trouble_links(facts)))
    yield Heading("（二）办理时长", 2)
    yield Paragraph(_times(facts), links=tuple(_time_links(facts)))
    yield Heading("（三）回访评价", 2)
    yield Paragraph(_answers(facts), links=tuple(_answer_links(facts)))
    if facts.span is not Span.DAY:
        yield from grassroots_work(facts)


def _metrics(facts: ReportFacts) -> Grid:
    rows = tuple(
        (
            one.name,
            value_words(one),
            whole_figure(facts, one, fraction_words(one)),
            left_out(facts, one),
            signed_points(one.value, one.previous),
            signed_points(one.value, one.last_year),
        )
        for one in facts.handled.metrics
    )
    return Grid(("指标", "本期", "分子/分母", "剔除", "环比", "同比"), rows, (5, 3, 4, 2, 3, 3))


def _rates_chart(facts: ReportFacts) -> Chart:
    """The three rates over time; a single day has too few cases for it."""
    rates = tuple(
        Series(
            name,
            tuple(_hundredfold(point.rates.get(code)) for point in facts.trend),
            tuple(at_point(facts, point, code, DENOMINATOR) for point in facts.trend),
        )
        for code in TREND_RATES
        if (name := _name(facts, code))
    )
    labels = tuple(point.name for point in facts.trend)
    names = "、".join(one.name for one in rates)
    title = f"近{len(labels)}{PERIODS[facts.span]}{names}（%）"
    return Chart(title, labels, rates, "%", is_line=True)


def _name(facts: ReportFacts, code: str) -> str | None:
    figure = facts.handled.figure(code)
    return figure.name if figure else None


def _hundredfold(value: float | None) -> float | None:
    return None if value is None else value * 100


def _troubles(facts: ReportFacts) -> str:
    handled = facts.handled
    said = [
        f"{words}{int(figure.numerator)}件，{figure.name}{rate_words(figure)}，"
        f"{rate_change(Comparison.PREVIOUS, figure.value, figure.previous)}"
        for code, words in TROUBLES.items()
        if (figure := handled.figure(code)) is not None
    ]
    said.append(f"本期批准挂账{handled.held}件，目前在挂{handled.on_hold}件")
    said.append(f"签发督办单{len(facts.orders.rows)}件")
    return f"{'；'.join(said)}。"


def _trouble_links(facts: ReportFacts) -> Iterator[Linked]:
    for code, words in TROUBLES.items():
        if (figure := facts.handled.figure(code)) is not None:
            said, to = f"{words}{int(figure.numerator)}件", behind(facts, code, NUMERATOR)
            yield Linked(said, to)
            yield whole_figure(facts, figure, rate_words(figure))
    yield Linked(f"批准挂账{facts.handled.held}件", counted(facts, "held"))
    yield Linked(f"在挂{facts.handled.on_hold}件", counted(facts, "on_hold"))
    to = in_register(facts, "orders", facts.whole_days)
    yield Linked(f"督办单{len(facts.orders.rows)}件", to)


def _times(facts: ReportFacts) -> str:
    times = facts.handled.times
    if not times.answered:
        return "本期没有答复的诉求，办理时长无从计算。"
    return (
        f"本期答复{times.answered}件，从受理到答复平均{times.average}个工作日，"
        f"九成在{times.slow}个工作日以内（P90）。"
    )


def _time_links(facts: ReportFacts) -> Iterator[Linked]:
    """All of them lead to the cases with the days that each took, the longest first."""
    times, to = facts.handled.times, counted(facts, "answered")
    if times.answered:
        yield Linked(f"答复{times.answered}件", to)
        yield Linked(f"平均{times.average}个工作日", to)
        yield Linked(f"九成在{times.slow}个工作日以内", to)


def _answers(facts: ReportFacts) -> str:
    said = [
        f"{figure.name}{rate_words(figure)}，"
        f"{rate_change(Comparison.PREVIOUS, figure.value, figure.previous)}"
        for code in ANSWERS
        if (figure := facts.handled.figure(code)) is not None
    ]
    return f"{'；'.join(said)}。"


def _answer_links(facts: ReportFacts) -> Iterator[Linked]:
    for code in ANSWERS:
        if (figure := facts.handled.figure(code)) is not None:
            yield whole_figure(facts, figure, rate_words(figure))


def hot_topics(facts: ReportFacts) -> Iterator[Block]:
    """L1 and L2 with their changes, places, what rose, what came again."""
    topics = facts.topics
    if not topics.upper:
        yield Paragraph("本期没有受理诉求。")
        return
    yield Heading("（一）诉求集中的领域", 2)
    yield Paragraph(
        f"一级分类前十：{listed(topics.upper)}。二级分类前十见下表。",
        links=tuple(parts(facts, topics.upper)),
    )
    if facts.span is not Span.DAY:
        yield _topics_chart(facts)
    yield Grid(
        ("序号", "问题分类", "本期", "上期", "增减"),
        tuple(
            (
                str(place),
                part.name,
                received(facts, str(part.now), part.among),
                Linked(str(part.previous), before(facts, part.among) if part.previous else None),
                signed(part),
            )
            for place, part in enumerate(topics.lower, 1)
        ),
        (2, 9, 2, 2, 2),
    )
    yield Heading("（二）区域和新增上升", 2)
    if topics.places:
        said = f"登记了所在社区（大队）的诉求中：{listed(topics.places)}。"
        yield Paragraph(said, links=tuple(parts(facts, topics.places)))
    yield Paragraph(_rising(facts), links=tuple(_rising_links(facts)))
    yield Heading("（三）重复、集体和扬言", 2)
    part = share(topics.repeated, facts.volume.received.now)
    yield Paragraph(
        f"重复诉求{topics.repeated}件，占受理量{part}；"
        f"标注集体诉求{topics.collective}件，扬言诉求{topics.threats}件。",
        links=(
            Linked(f"重复诉求{topics.repeated}件", counted(facts, "repeated")),
            Linked(f"集体诉求{topics.collective}件", counted(facts, "collective")),
            Linked(f"扬言诉求{topics.threats}件", counted(facts, "threat")),
        ),
    )


def _topics_chart(facts: ReportFacts) -> Chart:
    upper = facts.topics.upper
    links = tuple(behind(facts, RECEIVED, NUMERATOR, part.among) for part in upper)
    values = Series("受理量", tuple(float(part.now) for part in upper), links)
    return Chart("一级分类前十（件）", tuple(part.name for part in upper), (values,), "件")


def _rising(facts: ReportFacts) -> str:
    rising = facts.topics.rising
    if not rising:
        return "没有一周内受理5件以上、且达到前四周均值3倍的问题。"
    said = [f"{one.name}（{_week(one)}，前四周周均{one.mean:.1f}件）" for one in rising]
    return f"短期内明显上升的问题：{'、'.join(said)}。"


def _week(one: Rising) -> str:
    return f"截至{one.until.month}月{one.until.day}日的一周{one.count}件"


def _rising_links(facts: ReportFacts) -> Iterator[Linked]:
    for one in facts.topics.rising:
        yield Linked(one.name, None)
        yield Linked(_week(one), risen(facts, one))
