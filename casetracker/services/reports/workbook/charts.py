"""Native charts over the rows of a sheet."""

from typing import Any

from casetracker.services.reports.workbook.sheet import Sheet


def add_chart(
    book: Any, sheet: Sheet, kind: str, rows: range, columns: list[tuple[int, str]],
    title: str, place: str,
) -> None:  # fmt: skip
    """A native chart over the rows, one series for each column."""
    if not rows or not columns:
        return
    chart, name = book.add_chart({"type": kind}), sheet.page.get_name()
    for column, words in columns:
        chart.add_series(
            {
                "name": words,
                "categories": [name, rows[0], 0, rows[-1], 0],
                "values": [name, rows[0], column, rows[-1], column],
                "data_labels": {"value": kind != "line"},
            }
        )
    chart.set_title({"name": title})
    chart.set_legend({"none": len(columns) == 1, "position": "bottom"})
    if kind == "bar":
        chart.set_y_axis({"reverse": True})
    sheet.page.insert_chart(place, chart)
