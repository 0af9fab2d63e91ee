"""The style sheet of papers as PDF: measures of `layout`, fonts of `fonts`."""

from functools import cache

from casetracker.gateways.papers import fonts
from casetracker.gateways.papers import layout as at
from casetracker.gateways.papers.layout import Page

_SHEET = """
@page {{ size: {page.width_mm}mm {page.height_mm}mm;
  margin: {page.top_mm}mm {page.right_mm}mm {page.bottom_mm}mm {page.left_mm}mm; }}
@page :right {{ @bottom-right {{ {number} padding-right: 1em; }} }}
@page :left {{ @bottom-left {{ {number} padding-left: 1em; }} }}
html {{ font: {body}pt/{pitch:.3f}pt {FANGSONG}; letter-spacing: {tighten:.3f}pt; }}
body {{ margin: 0; text-align: justify; }}
p {{ margin: 0; text-indent: 2em; orphans: 2; widows: 2; overflow-wrap: anywhere; }}
p.flush {{ text-indent: 0; }}
.mark {{ font: {body}pt/{pitch:.3f}pt {HEI}; text-indent: 0; }}
.head {{ color: #{red}; font-family: {TITLE}; font-weight: bold; text-align: center;
  text-indent: 0; line-height: 1.25; letter-spacing: 0; }}
.number {{ text-align: center; text-indent: 0; margin-top: 14pt; }}
.rule {{ border-bottom: 1.2pt solid #{red}; height: 4mm; margin-bottom: {pitch:.3f}pt; }}
h1 {{ font: bold {title}pt/{title_pitch}pt {TITLE}; text-align: center; margin: 0 0 {half:.2f}pt;
  letter-spacing: 0; break-after: avoid; }}
h1 + .number {{ margin: -{third:.2f}pt 0 {half:.2f}pt; }}
h2, h3 {{ font-size: {body}pt; line-height: {pitch:.3f}pt; font-weight: normal; margin: 0;
  text-indent: 2em; break-after: avoid; }}
h2 {{ font-family: {HEI}; }}
h3 {{ font-family: {KAI}; }}
table {{ width: 100%; border-collapse: collapse; margin: 6pt 0; table-layout: fixed;
  font-size: {table}pt; line-height: 19pt; letter-spacing: 0; }}
th, td {{ border: .75pt solid #000; padding: 4pt 5pt; vertical-align: middle;
  overflow-wrap: anywhere; }}
td p {{ text-indent: 0; }}
.form th {{ width: 28mm; font-weight: normal; text-align: center; }}
.form td {{ height: 20pt; text-align: left; }}
.form .long {{ height: 56pt; vertical-align: top; }}
.form tr {{ break-inside: avoid; }}
.form tr:has(.long) {{ break-inside: auto; }}
.list {{ font-size: {list}pt; line-height: {list_pitch}pt; }}
.list th {{ font-family: {HEI}; font-weight: normal; text-align: center; }}
.list td {{ text-align: left; padding: 2pt 4pt; }}
.list tr {{ break-inside: avoid; }}
.list td.count {{ text-align: center; }}
.chart {{ text-indent: 0; margin: 4pt 0; break-inside: avoid; line-height: 0; letter-spacing: 0; }}
.annex {{ break-before: page; }}
a {{ color: inherit; text-decoration: none; }}
.signs {{ margin-top: {half:.2f}pt; }}
.signs td {{ border: 0; width: 50%; padding: 3pt 0; text-align: left; white-space: nowrap; }}
.signs tr {{ break-inside: avoid; }}
.signs span {{ display: inline-block; border-bottom: .75pt solid #000; width: 26mm; }}
.annexes {{ margin-top: {pitch:.3f}pt; break-inside: avoid; break-after: avoid; }}
.annexes p {{ padding-left: 3em; text-indent: 0; }}
.annexes p:first-child {{ padding-left: 5em; text-indent: -3em; }}
.closing {{ break-inside: avoid; margin-top: {seal:.2f}pt; }}
.filled {{ margin-top: {third:.2f}pt; }}
.closing p {{ text-indent: 0; text-align: right; white-space: nowrap; }}
.note {{ margin-top: 0; }}
.last {{ break-after: avoid; }}
.copies {{ font-size: {small}pt; line-height: 24pt; border-top: 1pt solid #000;
  border-bottom: 1pt solid #000; margin-top: {pitch:.3f}pt; padding: 2pt 1em;
  break-inside: avoid; }}
.copies p {{ text-indent: -3em; padding-left: 3em; }}
.draft {{ position: fixed; top: 95mm; left: 0; right: 0; text-align: center; text-indent: 0;
  font: 60pt/1 {HEI}; color: #e3e3e3; transform: rotate(-30deg); z-index: -1; }}
"""


@cache
def style_sheet(page: Page) -> str:
    """The CSS for a page of that size."""
    number = (
        f'content: "— " counter(page) " —"; font: {at.SMALL}pt {_stack(fonts.SONG)};'
        " vertical-align: top; padding-top: 7mm; white-space: nowrap;"
    )
    return _SHEET.format(
        page=page,
        number=number,
        body=at.BODY,
        title=at.TITLE,
        title_pitch=at.TITLE_PITCH,
        small=at.SMALL,
        table=at.TABLE,
        list=at.list_size(page),
        list_pitch=at.list_pitch(page),
        pitch=at.LINE_PITCH,
        half=at.LINE_PITCH / 2,
        third=at.LINE_PITCH / 3,
        seal=at.LINE_PITCH * at.SEAL_LINES,
        tighten=at.SIGN_PITCH - at.BODY - 0.005,
        red=at.RED,
        TITLE=_stack(fonts.TITLE),
        FANGSONG=_stack(fonts.BODY),
        KAI=_stack(fonts.KAI),
        HEI=_stack(fonts.HEI),
    )


def _stack(face: fonts.Typeface) -> str:
    return ", ".join(f'"{family}"' for family in face.families)
