"""Files from outside: whatever their form, the right text or a plain refusal."""

import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from casetracker.domain.days import SHANGHAI
from casetracker.services.imports.cells import BadCell, instant_of, limit_of
from casetracker.services.imports.decoding import UnreadableFile
from casetracker.services.imports.reading import open_table

ROWS = (("编号", "内容"), ("1", "路灯不亮，𠀀里"), ("2", "第一行\n第二行"))


def read(path: Path) -> list[tuple[Any, ...]]:
    with open_table(path) as table:
        return [table.header, *(row.cells for row in table.rows)]


def written(path: Path, text: str, encoding: str) -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def workbook(path: Path, rows: Iterable[tuple[Any, ...]]) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet()
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_reads_the_same_in_every_usual_encoding(tmp_path: Path, encoding: str) -> None:
    text = '编号,内容\r\n1,"路灯不亮，𠀀里"\r\n2,"第一行\n第二行"\r\n'
    assert read(written(tmp_path / "a.csv", text, encoding)) == [*ROWS]


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_the_delimiter_is_seen_in_the_header(tmp_path: Path, sign: str) -> None:
    text = f'编号{sign}"内,容"\n1{sign}好\n'
    assert read(written(tmp_path / "a.csv", text, "utf-8"))[0] == ("编号", "内,容")


def test_bytes_of_no_known_encoding_are_refused_not_guessed(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("编号,内容\n1,".encode() + b"\x81\xff\n")
    with pytest.raises(UnreadableFile) as refused:
        read(path)
    assert "编码" in refused.value.reason


def test_numbers_and_dates_of_a_workbook_come_as_they_are(tmp_path: Path) -> None:
    rows = read(workbook(tmp_path / "a.xlsx", [("编号", "数"), ("1", 3.5)]))
    assert rows == [("编号", "数"), ("1", 3.5)]


def test_rows_keep_the_number_that_a_spreadsheet_shows(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [("编号",), ("a",), (), ("b",)])
    with open_table(path) as table:
        assert [row.number for row in table.rows] == [2, 4]


def test_a_sheet_that_claims_to_be_endless_ends_with_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["编号"])
    book.active.append(["1"])
    book.save(path)
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    parts["xl/worksheets/sheet1.xml"] = sheet.replace("A1:A2", "A1:XFD1048576").encode()
    with zipfile.ZipFile(path, "w") as target:
        for name, data in parts.items():
            target.writestr(name, data)
    assert read(path) == [("编号",), ("1",)]


def _zip(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


BOOK = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>"}


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({**BOOK, "xl/worksheets/sheet1.xml": b"0" * 30_000_000}, "压缩比异常"),
        ({**BOOK, "xl/vbaProject.bin": b"x"}, "宏"),
        ({**BOOK, "xl/externalLinks/externalLink1.xml": b"x"}, "外部链接"),
        ({"word/document.xml": b"x"}, "不是 Excel"),
        (dict.fromkeys([*BOOK, *(f"xl/{n}.xml" for n in range(6000))], b""), "过大"),
    ],
)
def test_a_workbook_that_is_a_trap_is_refused_before_it_is_parsed(
    tmp_path: Path, parts: dict[str, bytes], reason: str
) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read(_zip(tmp_path / "a.xlsx", parts))
    assert reason in refused.value.reason


def test_entities_in_a_sheet_are_not_expanded(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [("编号",), ("1",)])
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><a>&d;</a>'
    parts["xl/worksheets/sheet1.xml"] = bomb
    with pytest.raises(UnreadableFile):
        read(_zip(path, parts))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "空的"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "旧版"),
        (b"PK\x03\x04rubbish", "不是有效的"),
        (b"a\x00b,c\n1,2\n", "不是文本"),
        ("编号,编号\n1,2\n".encode(), "列名重复"),
        (b",,\n1,2,3\n", "列名"),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(
    tmp_path: Path, data: bytes, reason: str
) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    with pytest.raises(UnreadableFile) as refused:
        read(path)
    assert reason in refused.value.reason


def test_a_table_of_hundreds_of_columns_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [tuple(f"列{n}" for n in range(250))])
    with pytest.raises(UnreadableFile) as refused:
        read(path)
    assert "列" in refused.value.reason


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        (datetime.fromisoformat("2026-03-02 09:29:59.600"), "2026-03-02 09:30"),
        (date(2026, 3, 2), "2026-03-02 00:00"),
        (" 2026年3月2日 ", "2026-03-02 00:00"),
    ],
)
def test_a_date_cell_is_a_time_in_shanghai(cell: object, meant: str) -> None:
    assert instant_of(cell) == datetime.fromisoformat(meant).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        (datetime(2026, 1, 7), "2026-01-07T23:59:59"),  # noqa: DTZ001 - as a sheet gives it
        (date(2026, 1, 7), "2026-01-07T23:59:59"),
        ("2026.1.7", "2026-01-07T23:59:59"),
        (datetime(2026, 1, 7, 12), "2026-01-07T12:00:00"),  # noqa: DTZ001
        ("2026-01-07 00:00", "2026-01-07T00:00:00"),
    ],
)
def test_a_limit_that_is_a_day_is_meant_to_its_end(cell: Any, meant: str) -> None:
    assert limit_of(cell) == datetime.fromisoformat(meant).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    "cell",
    [
        datetime.fromisoformat("9999-12-31 23:59:59.900"), date.max, date(1900, 1, 1),
        datetime.fromisoformat("0001-01-01"), "9999-12-31", "0001-01-01", "2026-02-29", 1e300, True,
    ],
)  # fmt: skip
def test_a_date_that_no_case_can_have_is_named_and_ends_nothing(cell: object) -> None:
    with pytest.raises(BadCell):
        instant_of(cell)
