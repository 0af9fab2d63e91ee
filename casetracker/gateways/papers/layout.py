"""Measures of GB/T 9704-2012 that both writers keep. Points unless a name says millimetres."""

from dataclasses import dataclass

POINT_MM = 25.4 / 72


@dataclass(frozen=True, slots=True)
class Page:
    """A page in millimetres. Source: GB/T 9704-2012 §5.1, §5.2.1 (天头 37, 订口 28)."""

    width_mm: float = 210
    height_mm: float = 297
    top_mm: float = 37
    bottom_mm: float = 35
    left_mm: float = 28
    right_mm: float = 26

    @property
    def text_width_mm(self) -> float:
        return self.width_mm - self.left_mm - self.right_mm


UPRIGHT = Page()
WIDE = Page(297, 210, 28, 26, 25, 25)
"""Lists lie across: the binding edge is on top, §5.2 turned."""

LINES, SIGNS = 22, 28
"""每面排 22 行，每行排 28 个字, §5.2.3."""
LINE_PITCH = 225 / LINES / POINT_MM - 0.01  # 28.98, so that rounding never costs a line
BODY, TITLE, HEAD, SMALL, TABLE, LIST = 16.0, 22.0, 36.0, 14.0, 14.0, 10.5
"""三号 body, 二号 title, red head, 四号 page number and copies; forms 四号, lists 五号."""
SIGN_PITCH = UPRIGHT.text_width_mm / SIGNS / POINT_MM  # 15.79: a sign and its space
TITLE_PITCH = 34.0
RED = "D7000F"
SEAL_LINES = 2
DATE_INDENT = 4
"""成文日期右空四字, §7.3.5.1."""


def list_size(page: Page) -> float:
    """Lists across the page have many columns: 小五."""
    return 9.0 if page is WIDE else LIST


def list_pitch(page: Page) -> float:
    return 13.0 if page is WIDE else 15.0


def head_size(organ: str) -> float:
    """The red head fills the line at most, §7.2.4 (字号不大于版心宽)."""
    return min(HEAD, UPRIGHT.text_width_mm / POINT_MM / max(1, len(organ)))


def signs_of(text: str) -> float:
    """How many full signs wide a text is; digits and Latin letters take half."""
    return sum(0.5 if ord(sign) < 0x2E80 else 1.0 for sign in text)


def organ_indent(organ: str, date_text: str) -> float:
    """Signs by which the organ stands off the right edge, centred over the date, §7.3.5.1."""
    return max(0.0, DATE_INDENT + (signs_of(date_text) - signs_of(organ)) / 2)
