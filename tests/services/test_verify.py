"""`verify` finds what a database administrator could do to the record, and where."""

import secrets
from collections.abc import Callable

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from casetracker.gateways.file_store import FileStore
from casetracker.services.verifying.findings import Finding
from casetracker.services.verifying.invariants import INVARIANTS
from casetracker.services.verifying.running import verify
from tests.engines import in_turn
from tests.factories.street import Street, new_street

PHOTO = b"\xff\xd8 a photograph \xff\xd9"


pytestmark = pytest.mark.usefixtures("store")


@pytest.fixture(scope="module")
def closed(session_for_all: Session) -> tuple[Street, str]:
    """A street with a closed case, made once for all of them; what a test adds is undone."""
    street = new_street(session_for_all)
    return street, street.worked("closed")


@pytest.fixture
def street(closed: tuple[Street, str], session: Session, store: FileStore) -> Street:
    """Its closed case has a photograph that really lies in the store."""
    street = closed[0].again(session)
    with store.draft() as draft:
        draft.write_bytes(PHOTO)
        kept = store.keep(draft)
    session.execute(
        text("UPDATE attachments SET storage_name = :name, sha256 = :digest"),
        {"name": kept.name, "digest": kept.sha256},
    )
    session.commit()
    return street


@pytest.fixture
def case(closed: tuple[Street, str], street: Street) -> str:
    """The number of the closed case."""
    return closed[1]


@pytest.fixture
def tamper(street: Street) -> Callable[..., None]:
    """Raw SQL as somebody with all rights over the database would use it."""
    disarmed = False

    def run(statement: str, **values: object) -> None:
        nonlocal disarmed
        if not disarmed:  # only now: what a use case finds open before it, it rolls back
            _disarm(street)
            disarmed = True
        street.session.execute(text(statement), values)
        street.session.expire_all()

    return run


def _disarm(street: Street) -> None:
    if street.session.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            street.session.execute(text(f"DROP TRIGGER timeline_entries_no_{verb}"))
    else:
        street.session.execute(text("ALTER TABLE timeline_entries DISABLE TRIGGER USER"))


def found(street: Street) -> list[Finding]:
    return [finding for _, finding in verify(street.ctx("auditor")) if finding is not None]


def kinds(street: Street) -> set[str]:
    return {finding.kind for finding in found(street)}


def seqs(street: Street, kind: str) -> set[int | None]:
    return {finding.seq for finding in found(street) if finding.kind == kind}


OF_CASE = "(SELECT id FROM cases WHERE number = :number)"
ENTRY = f"UPDATE timeline_entries SET {{}} WHERE case_id = {OF_CASE} AND seq = :seq"


def test_a_street_at_work_gives_no_finding(street: Street, case: str) -> None:
    for state in ("to_dispatch", "to_sign", "signed", "to_follow_up"):
        street.worked(state)
    number = street.worked("to_sign")
    street.act("head", number, "request_return", reason="not_our_area", basis="不在辖区")
    street.act("dispatcher", number, "decide_return", granted=True, note="改派")
    street.act("operator", number, "reclassify", category="0203", urgency="urgent", reason="路灯")
    declined = street.register().number
    street.act("dispatcher", declined, "decline", reason="beyond_powers", text="请向区里反映")
    grouped = street.register().number
    street.act("operator", grouped, "group", into=number)
    street.act("dispatcher", number, "dispatch", unit="东风社区")
    for who, action, body in (
        ("handler", "sign_for", {}),
        ("handler", "contact", {"outcome": "reached"}),
        ("handler", "submit", {"result": "resolved", "text": "已为各位修好。"}),
        ("head", "approve", {}),
    ):
        if action == "submit":
            street.add_evidence(number)
        street.act(who, number, action, **body)
    assert street.case(grouped).replied_at is not None
    held = street.worked("handling")
    street.act("head", held, "request_hold", text="需立项", plan="明年")
    street.act("deputy", held, "decide_hold", granted=True, note="同意")
    street.session.execute(text("DELETE FROM attachments WHERE sha256 = :zero"), {"zero": "0" * 64})
    assert found(street) == []


def test_a_granted_appeal_is_no_finding(street: Street, case: str) -> None:
    street.act("head", case, "appeal", text="诉求超出政策")
    verdict = {"demand_reasonable": False, "duty_done": True, "note": "履职到位"}
    street.act("supervisor", case, "decide_appeal", **verdict)
    assert "剔除标记与历史不符" not in kinds(street)


@pytest.mark.parametrize(
    "change",
    [
        "actor_name = '别人'",
        "payload = '{\"unit_id\": 99}'",
        "at = '2026-03-02 03:00:00'",
        "visibility = 'restricted'",
    ],
)
def test_a_changed_entry_is_named(
    street: Street, case: str, tamper: Callable[..., None], change: str
) -> None:
    tamper(ENTRY.format(change), number=case, seq=2)
    assert seqs(street, "记录被改动") == {2}
    assert {finding.case for finding in found(street)} == {case}


def test_a_changed_entry_with_a_new_hash_breaks_the_link(
    street: Street, case: str, tamper: Callable[..., None]
) -> None:
    tamper(ENTRY.format("hash = :hash"), number=case, seq=2, hash=secrets.token_hex(32))
    assert seqs(street, "链条断开") == {3}


def test_a_deleted_entry_leaves_a_gap(
    street: Street, case: str, tamper: Callable[..., None]
) -> None:
    tamper(f"DELETE FROM timeline_entries WHERE case_id = {OF_CASE} AND seq = 4", number=case)
    assert seqs(street, "历史缺号") == {4}


def test_a_cut_tail_is_seen_by_the_count_on_the_case(
    street: Street, case: str, tamper: Callable[..., None]
) -> None:
    last = street.case(case).version
    tamper(
        f"DELETE FROM timeline_entries WHERE case_id = {OF_CASE} AND seq = :seq",
        number=case, seq=last,
    )  # fmt: skip
    assert seqs(street, "尾部被截断") == {last}
    tamper("UPDATE cases SET version = version - 1 WHERE number = :number", number=case)
    assert seqs(street, "末条哈希不符") == {last - 1}


def test_swapped_entries_are_seen(street: Street, case: str, tamper: Callable[..., None]) -> None:
    for before, after in ((2, 90), (3, 2), (90, 3)):
        tamper(ENTRY.format("seq = :after"), number=case, seq=before, after=after)
    assert {2, 3} <= seqs(street, "链条断开")


@in_turn(
    "change,kind",
    [
        ("state = 'handling', is_open = true", "状态与历史不符"),
        ("is_open = true", "在办标记有误"),
        ("replied_at = '2026-03-01 01:00:00'", "答复时间与历史不符"),
        ("dispatched_at = '2026-03-01 01:00:00'", "派单时间与历史不符"),
        ("signed_at = NULL", "签收时间与历史不符"),
        ("closed_at = '2026-03-01 01:00:00'", "办结时间与历史不符"),
        ("contacted_at = '2026-03-01 01:00:00'", "联系时间与历史不符"),
        ("redo_count = 3", "重办次数与历史不符"),
        ("return_count = 1", "退单次数与历史不符"),
        ("return_granted_count = 1", "退单获准次数与历史不符"),
        ("satisfaction = 'dissatisfied'", "满意度与历史不符"),
        ("resolved = false", "是否解决与历史不符"),
        ("callback_valid = false", "回访结果与历史不符"),
        ("excluded = 'legacy'", "剔除标记与历史不符"),
        ("content = '别的内容'", "诉求内容被改动"),
        ("kind = 'praise'", "诉求类型与历史不符"),
        ("channel = 'letter'", "来源渠道与历史不符"),
        ("external_number = 'X'", "上级平台单号与历史不符"),
        ("handle_due_at = '2027-03-01 01:00:00'", "办理期限与时限记录不符"),
        ("sign_due_at = NULL", "签收期限缺失"),
        ("next_due_at = '2027-03-01 01:00:00'", "最近期限与时限记录不符"),
    ],
)
def test_a_fact_on_the_case_that_its_history_does_not_tell_is_named(
    street: Street, case: str, tamper: Callable[..., None], change: str, kind: str
) -> None:
    tamper(f"UPDATE cases SET {change} WHERE number = :number", number=case)
    assert kind in kinds(street)


def test_a_moved_clock_is_seen_by_what_the_history_told(
    street: Street, case: str, tamper: Callable[..., None]
) -> None:
    tamper("UPDATE clocks SET due_at = '2027-03-01 01:00:00' WHERE limit_code = 'contact'")
    assert "时限记录与历史不符" in kinds(street)


def test_changed_words_no_longer_match_their_commitment_but_erased_ones_may_go(
    street: Street, case: str, tamper: Callable[..., None]
) -> None:
    tamper("UPDATE timeline_texts SET salt = 'other'")
    assert "正文被改动" in kinds(street)
    tamper("UPDATE timeline_texts SET body = NULL, erased_at = '2026-03-02 03:00:00'")
    assert kinds(street) == set()
    tamper("DELETE FROM timeline_texts")
    assert "正文缺失" in kinds(street)


def test_a_step_that_the_table_forbids_is_seen_even_when_rehashed(
    street: Street, case: str, tamper: Callable[..., None]
) -> None:
    tamper(ENTRY.format("to_state = 'archived'"), number=case, seq=2)
    assert seqs(street, "状态转换不合规") == {2}
    assert seqs(street, "状态不连贯") == {3}


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("DELETE FROM outbox WHERE topic = 'dispatch'", "应通知而没有待发记录"),
        ("UPDATE outbox SET seq = 3 WHERE topic = 'dispatch'", "多出待发记录"),
        ("UPDATE outbox SET state = 'sent'", "已发而没有发送时间"),
        ("UPDATE outbox SET state = 'sending', lease_until = '2026-03-01 01:00:00'",
         "发送租约已过期"),
        ("UPDATE number_series SET last = 0", "编号序列落后"),
        ("DELETE FROM replies", "已办结而没有回复"),
        ("UPDATE replies SET reached_at = NULL", "已办结而没有回复"),
        ("UPDATE attachments SET sha256 = 'other'", "附件被改动"),
    ],
)  # fmt: skip
def test_what_stands_around_a_case_is_missed_when_it_is_gone(
    street: Street, case: str, tamper: Callable[..., None], statement: str, kind: str
) -> None:
    assert found(street) == []
    tamper(statement)
    assert kind in kinds(street)


def test_a_lost_file_is_named_with_its_case(street: Street, case: str, store: FileStore) -> None:
    for name in list(store.names()):
        store.remove(name)
    assert [(f.invariant, f.kind, f.case) for f in found(street)] == [("I6", "附件缺失", case)]


def test_an_open_case_needs_an_owner_and_a_running_clock(
    street: Street, tamper: Callable[..., None]
) -> None:
    number = street.worked("to_sign")
    assert found(street) == []
    tamper("UPDATE cases SET lead_unit_id = NULL WHERE number = :number", number=number)
    assert "在办而没有承办单位" in kinds(street)
    tamper("UPDATE clocks SET status = 'ended'")
    assert "在办而没有在走的时限" in kinds(street)


@pytest.mark.parametrize("way", ["decline", "refer", "withdraw"])
def test_what_ends_without_a_reply_needs_what_was_told(
    street: Street, tamper: Callable[..., None], way: str
) -> None:
    body = {
        "decline": {"reason": "beyond_powers", "text": "请向区里反映"},
        "refer": {"to": "petition", "text": "已转信访"},
        "withdraw": {"text": "诉求人撤回"},
    }[way]
    number = street.register().number
    street.act("dispatcher", number, way, **body)
    assert found(street) == []
    tamper("DELETE FROM timeline_texts")
    tamper(f"DELETE FROM timeline_entries WHERE case_id = {OF_CASE} AND seq = 2", number=number)
    told = {"没有撤诉记录"} if way == "withdraw" else {"没有告知记录"}
    assert told <= kinds(street)


def test_a_case_without_its_registration_is_named(
    street: Street, tamper: Callable[..., None]
) -> None:
    number = street.register().number
    tamper(f"DELETE FROM timeline_entries WHERE case_id = {OF_CASE}", number=number)
    assert {"没有登记记录", "尾部被截断"} <= kinds(street)


def test_every_invariant_says_what_it_promises() -> None:
    assert all(one.code and one.sentence and callable(one.check) for one in INVARIANTS)
