"""The command line as people and scripts use it."""

import csv
import json
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import select, text

from casetracker.domain.vocabulary import Role
from casetracker.persistence.account import AccessRecord, Account, ApiToken
from casetracker.persistence.case import Case
from tests.cli.conftest import Command
from tests.factories.street import Street
from tests.factories.tables import row, table

NOTICE = """国务院办公厅关于2027年部分节假日安排的通知
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至11日（周四）放假调休，共7天。1月31日（周日）、2月20日（周六）上班。
三、清明节：4月5日（周一）放假，与周末连休。
"""


def said(command: Command, *arguments: object, code: int = 0) -> str:
    """What was said on both channels; the exit code must be as told."""
    result = command(*arguments)
    assert result.exit_code == code, (result.output, result.exception)
    return result.output


class TestDeadline:
    def test_a_limit_is_answered_as_json(self, command: Command, street: Street) -> None:
        result = command(
            "deadline", "--limit", "handle:help", "--from", "2026-02-10T09:00", "--json"
        )
        answer = json.loads(result.stdout)
        assert set(answer) == {"due_raw", "due_legal", "provisional", "steps"}
        assert answer["due_legal"] == "2026-02-24T23:59:59+08:00"
        assert answer["provisional"] is False
        assert answer["steps"][0]["on"] == "2026-02-10"

    @pytest.mark.parametrize("limit", ["nothing", "calendar:0", "working:10000"])
    def test_a_limit_that_is_none_is_refused_with_every_form(
        self, command: Command, street: Street, limit: str
    ) -> None:
        told = command("deadline", "--limit", limit, "--from", "2026-03-02 09:00")
        assert told.exit_code == 1
        for form in (limit, "handle:help", "calendar:N", "1 至 9999"):
            assert form in told.stderr

    def test_days_are_added(self, command: Command, street: Street) -> None:
        plain = ("deadline", "--limit", "working:5", "--from", "2026-03-02 09:00", "--json")
        answer = json.loads(command(*plain, "--extend", "2").stdout)
        assert answer["due_raw"] == "2026-03-11T23:59:59+08:00"

    def test_a_batch_is_answered_line_by_line(self, command: Command, street: Street) -> None:
        lines = [
            '{"limit": "calendar:15", "from": "2026-03-01T09:00:00+08:00"}',
            '{"limit": "nothing", "from": "2026-03-01T09:00:00+08:00"}',
            "no json",
            '{"limit": "working:1", "from": "2026-03-02T09:00:00+08:00", "extend": 1}',
        ]
        result = command("deadline", "--batch", given="\n".join(lines))
        answers = [json.loads(line) for line in result.stdout.splitlines()]
        assert answers[0]["due_raw"] == "2026-03-16T23:59:59+08:00"
        assert "handle:help" in answers[1]["error"]
        assert "JSON" in answers[2]["error"]
        assert answers[3]["due_raw"] == "2026-03-04T23:59:59+08:00"
        assert result.exit_code == 1

    @pytest.mark.parametrize(
        "arguments",
        [("--limit", "x", "--from", "2026-03-01"), ("--limit", "sign", "--from", "x"), ()],
    )
    def test_what_cannot_be_answered_is_told_in_chinese(
        self, command: Command, street: Street, arguments: tuple[str, ...]
    ) -> None:
        result = command("deadline", *arguments)
        assert result.exit_code != 0
        assert result.stdout == ""
        assert any("\u4e00" <= sign <= "\u9fff" for sign in result.stderr)


class TestCalendar:
    def test_a_year_is_shown(self, command: Command, street: Street) -> None:
        shown = json.loads(said(command, "calendar", "show", 2026, "--json"))
        assert (shown["year"], shown["version"], shown["published"]) == (2026, 1, True)
        assert {"date": "2026-02-14", "is_workday": True, "name": ""} in shown["days"]
        assert "国务院办公厅" in shown["source"]

    def test_an_unpublished_year_says_so(self, command: Command, street: Street) -> None:
        assert json.loads(said(command, "calendar", "show", 2040, "--json"))["published"] is False

    def test_the_text_of_a_notice_is_loaded_and_moves_future_dates(
        self, command: Command, street: Street, tmp_path: Path
    ) -> None:
        street.now = street.now.replace(year=2026, month=12, day=30)
        number = street.register().number
        street.act("dispatcher", number, "dispatch", unit="东风社区")
        before = street.case(number).handle_due_at
        path = tmp_path / "notice.txt"
        path.write_text(NOTICE, encoding="gb18030")
        told = said(command, "calendar", "load", path)
        assert "2027年第 1 版" in told
        after = street.case(number)
        assert after.handle_due_at > before
        assert "内容相同" in said(command, "calendar", "load", path)
        shown = json.loads(said(command, "calendar", "show", 2027, "--json"))
        assert {"date": "2027-02-20", "is_workday": True, "name": ""} in shown["days"]
        assert {"date": "2027-01-02", "is_workday": False, "name": "元旦"} in shown["days"]
        moved = street.session.execute(
            text("SELECT payload FROM timeline_entries WHERE action = 'recalculate'")
        ).scalar_one()
        moved = moved if isinstance(moved, dict) else json.loads(moved)
        assert {row["limit"] for row in moved["moved"]} >= {"handle"}

    def test_a_year_that_was_shown_can_be_loaded_again(
        self, command: Command, street: Street, tmp_path: Path
    ) -> None:
        path = tmp_path / "year.json"
        path.write_text(said(command, "calendar", "show", 2026, "--json"), encoding="utf-8")
        assert "内容相同" in said(command, "calendar", "load", path)

    @pytest.mark.parametrize(
        "words", ["没有日期的通知", '{"year": 2027, "days": []}', "2027-01-01,休,元旦\n"]
    )
    def test_what_is_no_plausible_notice_is_refused(
        self, command: Command, street: Street, tmp_path: Path, words: str
    ) -> None:
        path = tmp_path / "notice.txt"
        path.write_text(words, encoding="utf-8")
        said(command, "calendar", "load", path, code=1)
        assert street.session.scalar(text("SELECT count(*) FROM calendar_versions")) == 2


class TestImport:
    def test_the_report_has_exactly_these_names(
        self, command: Command, street: Street, tmp_path: Path
    ) -> None:
        path = table(tmp_path / "a.csv", [row("A"), row("B", kind="吐槽")])
        result = command("import", path, "--mapping", "history", "--json")
        report = json.loads(result.stdout)
        assert result.exit_code == 0
        assert set(report) == {"read", "added", "unchanged", "rejected", "rejected_file"}
        assert (report["read"], report["added"], report["unchanged"]) == (2, 1, 0)
        assert [set(one) for one in report["rejected"]] == [{"row", "column", "reason"}]
        assert Path(report["rejected_file"]).exists()

    def test_a_file_that_cannot_be_read_fails_in_chinese(
        self, command: Command, street: Street, tmp_path: Path
    ) -> None:
        path = tmp_path / "a.xlsx"
        path.write_bytes(b"PK\x03\x04 rubbish")
        result = command("import", path, "--mapping", "history", "--json")
        assert (result.exit_code, result.stdout) == (1, "")
        assert "xlsx" in result.stderr
        assert "不存在" in said(command, "import", tmp_path / "b", "--mapping", "history", code=2)

    def test_a_mapping_of_the_office_is_made_and_listed(
        self, command: Command, street: Street
    ) -> None:
        columns = ("--column", "单号=external_number", "--set", "track=hotline")
        said(command, "mapping", "add", "台账", "--base", "history", *columns)
        listed = json.loads(said(command, "mapping", "list", "--json"))
        assert [one["name"] for one in listed] == ["history", "messages", "台账"]
        assert listed[2]["columns"] == {"单号": "external_number"}
        said(command, "mapping", "add", "坏", "--base", "history", "--column", "a=b", code=1)


class TestAccounts:
    def test_an_account_is_made_with_a_password_shown_once(
        self, command: Command, street: Street
    ) -> None:
        made = json.loads(said(command, "user", "add", "wang.wu", "--name", "王五", "--unit",
                               "东风社区", "--role", "承办人", "--json"))  # fmt: skip
        kept = street.session.scalars(select(Account).where(Account.username == "wang.wu")).one()
        assert kept.roles == {Role.HANDLER}
        assert kept.must_change_password
        assert len(made["password"]) >= 10
        assert made["password"] not in kept.password_hash

    def test_an_unknown_role_is_refused_with_the_names(
        self, command: Command, street: Street
    ) -> None:
        told = said(command, "user", "add", "wang.wu", "--name", "王五", "--unit", "东风社区",
                    "--role", "国王", code=1)  # fmt: skip
        assert "承办人" in told
        assert "群众" not in told

    @pytest.mark.parametrize("role", ["resident", "系统"])
    def test_a_role_that_nobody_here_has_is_refused_with_the_names(
        self, command: Command, street: Street, role: str
    ) -> None:
        told = said(command, "user", "add", "wang.wu", "--name", "王五", "--unit", "东风社区",
                    "--role", role, code=1)  # fmt: skip
        assert "承办人" in told

    def test_a_token_is_shown_once_and_kept_as_a_hash(
        self, command: Command, street: Street
    ) -> None:
        told = json.loads(
            said(command, "token", "issue", "--user", "leader", "--scopes", "cases:read", "--json")
        )
        kept = street.session.scalars(select(ApiToken)).one()
        assert told["token"] not in kept.token_hash
        said(command, "token", "issue", "--user", "leader", "--scopes", "nothing", code=1)
        said(command, "token", "issue", "--user", "nobody", "--scopes", "all", code=1)

    def test_a_leaked_token_is_found_by_its_name_and_revoked(
        self, command: Command, street: Street
    ) -> None:
        issue = ("token", "issue", "--user", "leader", "--scopes", "cases:read")
        leaked = said(command, *issue, "--name", "大屏").split()[0]
        listed = said(command, "token", "list")
        assert "leader 大屏 cases:read 不过期" in listed
        assert leaked not in listed
        number = listed.split()[0]
        said(command, "token", "revoke", number)
        assert json.loads(said(command, "token", "list", "--json"))[0]["is_revoked"]
        assert "已撤销" in said(command, "token", "list")

    def test_a_token_that_does_not_exist_is_not_revoked(
        self, command: Command, street: Street
    ) -> None:
        assert "token list" in said(command, "token", "revoke", 999, code=1)


class TestExport:
    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        return tmp_path / "cases.xlsx"

    def test_formulas_are_inert_in_a_workbook(
        self, command: Command, street: Street, path: Path
    ) -> None:
        for start in "=+-@＝":
            street.register(title=f"{start}SUM(A1:A9)", content=f"{start}cmd|' /C calc'!A0")
        said(command, "cases", "export", "--as", "leader", "-o", path)
        sheet = openpyxl.load_workbook(path).active
        kinds = {cell.data_type for line in sheet.iter_rows() for cell in line}
        assert kinds <= {"s", "n"}
        assert "=SUM(A1:A9)" in {cell.value for cell in sheet["H"]}
        assert not any(cell.data_type == "f" for line in sheet.iter_rows() for cell in line)

    def test_formulas_are_inert_in_a_csv(
        self, command: Command, street: Street, tmp_path: Path
    ) -> None:
        for start in ("=", "+", "-", "@", "＝"):
            street.register(title=f"{start}SUM(A1:A9)")
        path = tmp_path / "cases.csv"
        said(command, "cases", "export", "--as", "leader", "-o", path)
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = list(csv.reader(file))[1:]
        assert len(lines) == 5
        assert all(line[7].startswith("'") for line in lines)

    def test_only_the_scope_of_the_person_goes_out_and_it_is_noted(
        self, command: Command, street: Street, path: Path
    ) -> None:
        inside = street.worked("to_sign")
        street.register()
        said(command, "cases", "export", "--as", "head", "-o", path)
        sheet = openpyxl.load_workbook(path).active
        assert [cell.value for cell in sheet["A"]][1:] == [inside]
        noted = street.session.scalars(
            select(AccessRecord).where(AccessRecord.what == "cases_exported")
        ).one()
        assert (noted.username, noted.detail) == ("head", "cases.xlsx 1")

    def test_persons_are_masked_and_odd_signs_do_not_break_it(
        self, command: Command, street: Street, path: Path
    ) -> None:
        number = street.register(content="请打13812345678联系我").number
        street.session.execute(
            text("UPDATE cases SET title = :odd WHERE number = :number"),
            {"odd": "坏\x0b\ufffe字" + "长" * 10, "number": number},
        )
        said(command, "cases", "export", "--as", "leader", "-o", path)
        line = [cell.value for cell in openpyxl.load_workbook(path).active[2]]
        assert "□" in line[7]
        assert "13812345678" not in "".join(filter(None, line))
        assert "张三" not in "".join(filter(None, line))

    @pytest.mark.parametrize(
        ("arguments", "code"),
        [
            (("--filter", "state=待派单"), 0),
            (("--filter", "unit=东风社区&kind=help"), 0),
            (("--filter", "state=没有"), 1),
            (("--filter", "nothing=1"), 1),
            (("--filter", "state"), 1),
        ],
    )
    def test_filters_are_those_of_the_list(
        self, command: Command, street: Street, path: Path, arguments: tuple[str, ...], code: int
    ) -> None:
        street.register()
        said(command, "cases", "export", *arguments, "--as", "leader", "-o", path, code=code)

    def test_who_may_not_export_gets_nothing(
        self, command: Command, street: Street, path: Path
    ) -> None:
        assert "没有权限" in said(command, "cases", "export", "--as", "admin", "-o", path, code=1)
        assert not path.exists()
        assert "--as" in said(command, "cases", "export", "-o", path, code=2)


class TestVerify:
    def test_a_whole_record_ends_with_zero(self, command: Command, street: Street) -> None:
        street.register()
        report = json.loads(command("verify", "--json").stdout)
        assert (report["ok"], report["count"], report["findings"]) == (True, 0, [])
        assert {one["code"] for one in report["invariants"]} >= {"I1", "I4", "I8", "S7c"}
        assert "✓" in said(command, "verify")

    def test_a_finding_ends_with_one_and_says_where(self, command: Command, street: Street) -> None:
        number = street.register().number
        street.session.execute(text("UPDATE cases SET urge_count = 5"))
        result = command("verify", "--json")
        assert result.exit_code == 1
        found = json.loads(result.stdout)["findings"]
        assert (found[0]["case"], found[0]["kind"]) == (number, "催办次数与历史不符")
        assert number in said(command, "verify", code=1)


def test_messages_are_delivered_without_a_worker(command: Command, street: Street) -> None:
    street.register()
    assert "已分发 1" in said(command, "outbox", "run", "--once")
    assert "已分发 0" in said(command, "outbox", "run", "--once")


@pytest.mark.parametrize(
    "arguments", [("nothing",), ("deadline", "--nothing"), ("import",), ("calendar", "show", "x")]
)
def test_a_wrong_call_is_told_in_chinese(command: Command, arguments: tuple[str, ...]) -> None:
    result = command(*arguments)
    assert result.exit_code == 2
    assert result.stderr.startswith("用法错误：")


def test_every_command_explains_itself(command: Command) -> None:
    for group in ("calendar", "cases", "db", "demo", "mapping", "outbox", "token", "user"):
        assert said(command, group, "--help")
    for single in ("deadline", "import", "verify"):
        assert any("\u4e00" <= sign <= "\u9fff" for sign in said(command, single, "--help"))


def test_nothing_was_written_by_looking(command: Command, street: Street) -> None:
    said(command, "calendar", "show", 2026)
    said(command, "verify")
    assert street.session.scalars(select(Case)).all() == []
