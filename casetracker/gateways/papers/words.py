"""Words and signs that GB/T 9704-2012 puts around a paper's parts, the same in both formats."""

from collections.abc import Sequence

DRAFT_MARK = "预览 未出具"


def addressed(text: str) -> str:
    """主送机关 ends with a full-width colon, §7.3.2."""
    return f"{text.rstrip('：:')}："


def annex_lines(names: Sequence[str]) -> list[str]:
    """附件说明, §7.3.4: `附件：1. …`; a single one bears no number, none ends with a sign."""
    if len(names) <= 1:
        return [f"附件：{name}" for name in names]
    lines = [f"{place}. {name}" for place, name in enumerate(names, 1)]
    return [f"附件：{lines[0]}", *lines[1:]]


def noted(text: str) -> str:
    """附注 stands in brackets, §7.3.6."""
    return f"（{text}）"


def copied(text: str) -> str:
    """抄送, §7.4.2."""
    return f"抄送：{text.rstrip('。')}。"


def pairs_of(names: Sequence[str]) -> list[tuple[str, ...]]:
    """Two lines to sign on side by side."""
    return [tuple(names[start : start + 2]) for start in range(0, len(names), 2)]
