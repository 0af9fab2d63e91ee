"""How figures are said: shares, changes, lists. 环比 is the period before, 同比 the year before.

A change of a count is in per cent, of a rate in points; nothing to compare with is a dash, never
0 % and never 100 %. Source: docs/rules/reports.md 4.
"""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from fractions import Fraction

from casetracker.domain.rates import Profile, shown_percent
from casetracker.domain.reports.facts import Compared, Figure, Part
from casetracker.domain.vocabulary import Basis

NOTHING = "—"


class Comparison(StrEnum):
    """The two words of the field; they are never exchanged."""

    PREVIOUS = "环比"
    LAST_YEAR = "同比"


def count_change(with_what: Comparison, now: int, before: int) -> str:
    """`环比上升8.2%`, `同比下降3.1%`, `环比持平`, `同比—`."""
    if not before:
        return f"{with_what}{NOTHING}"
    return f"{with_what}{_moved(Fraction(now - before, before) * 100, '%')}"


def rate_change(with_what: Comparison, now: float | None, before: float | None) -> str:
    """`环比上升1.2个百分点`; a dash where one of the two has no value."""
    if now is None or before is None:
        return f"{with_what}{NOTHING}"
    return f"{with_what}{_moved(_exact(now - before) * 100, '个百分点')}"


def compared_words(here: Profile, others: Mapping[str, Profile]) -> str:
    """That what is compared with was counted by other definitions; empty where nothing was.

    `others` are the definitions by the words for their time: 上月, 去年同期.
    """
    told = [
        f"{when}按{other.name_zh}（{other.version}）统计"
        for when, other in others.items()
        if (other.code, other.version) != (here.code, here.version)
    ]
    return f"{'，'.join(told)}，口径与本期不同，环比、同比仅供参考。" if told else ""


BASES: Mapping[Basis, str] = {
    Basis.LIVE: "现在统计的",
    Basis.FROZEN: "通报公布的",
    Basis.CORRECTED: "更正通知公布的",
}


def base_words(previous: Basis, last_year: Basis) -> str:
    """On which figures 环比 and 同比 of a month rest: those published, or those of now."""
    if previous is last_year:
        return f"环比、同比均以{BASES[previous]}数字为基数。"
    return f"环比以{BASES[previous]}上月数字为基数，同比以{BASES[last_year]}去年同月数字为基数。"


def running_words(profile: Profile) -> str:
    """What to know of a month that is not over (docs/rules/rates.md §2)."""
    if profile.cut_off_hour is not None:
        return f"本月尚未结束，统计到最近一次{profile.cut_off_hour}时。"
    return "本月尚未结束：月内还没到期的也在分母中，各率到月末才完整。"


def both_changes(count: Compared) -> str:
    """环比 and 同比 of a count."""
    return "，".join(
        (
            count_change(Comparison.PREVIOUS, count.now, count.previous),
            count_change(Comparison.LAST_YEAR, count.now, count.last_year),
        )
    )


def _moved(by: Fraction, unit: str) -> str:
    tenths = _half_up(abs(by) * 10)
    if not tenths:
        return "持平"
    return f"{'上升' if by > 0 else '下降'}{tenths // 10}.{tenths % 10}{unit}"


def _half_up(value: Fraction) -> int:
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def _exact(value: float) -> Fraction:
    return Fraction(value).limit_denominator(10**9)


def signed(part: Part) -> str:
    """The difference to the period before: `+3`, `-2`, `0`."""
    difference = part.now - part.previous
    return f"{difference:+d}" if difference else "0"


def percent_of(value: float | None, decimals: int = 1) -> str:
    """`92.3%`, or a dash where there is nothing to divide by."""
    return NOTHING if value is None else f"{shown_percent(value, decimals)}%"


def value_words(figure: Figure) -> str:
    """`92.3%`; points of a score without the sign; a dash for no value."""
    words = percent_of(figure.value, figure.decimals)
    return words.rstrip("%") if figure.code == "score" else words


def share(part: int, whole: int) -> str:
    """The part of a whole in per cent."""
    return percent_of(part / whole if whole else None)


def fraction_words(figure: Figure) -> str:
    """`68/90`, with a decimal where weights make one; of a count the count."""
    top = number_words(figure.numerator)
    return top if figure.denominator is None else f"{top}/{figure.denominator}"


def number_words(number: float) -> str:
    """A count, with decimals only where it has some."""
    return f"{number:.0f}" if number == int(number) else f"{number:.10g}"


def rate_words(figure: Figure) -> str:
    """`92.3%（120/130）`, or a dash with its fraction."""
    return f"{value_words(figure)}（{fraction_words(figure)}）"


def listed(parts: Iterable[Part]) -> str:
    """`市长专线5件、区长热线3件`."""
    return "、".join(f"{part.name}{part.now}件" for part in parts)


def joined(names: Sequence[str], most: int = 5, unit: str = "项") -> str:
    """`甲、乙、丙等7项`: no more names than a sentence bears."""
    if len(names) <= most:
        return "、".join(names)
    return f"{'、'.join(names[:most])}等{len(names)}{unit}"


def signed_points(now: float | None, before: float | None) -> str:
    """A change in points for a table: `+1.2`, `-0.5`, `0.0`; a dash without a base."""
    if now is None or before is None:
        return NOTHING
    by = _exact(now - before) * 100
    tenths = _half_up(abs(by) * 10)
    sign = ("+" if by > 0 else "-") if tenths else ""
    return f"{sign}{tenths // 10}.{tenths % 10}"


def left_out_words(excluded: int) -> str:
    """What is not counted though it came in; nothing where all of it is."""
    return f"另有{excluded}件经批准剔除，未计入。" if excluded else ""
