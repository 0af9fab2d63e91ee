"""I3: the history of each case is whole: numbered without gaps, chained, its texts as committed."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row

from casetracker.domain.history import HASHED, START, commitment, entry_hash
from casetracker.services.verifying.findings import Finding, Sight
from casetracker.services.verifying.histories import UNREADABLE, History, text_of

CODE = "I3"


def check_chain(sight: Sight, history: History) -> Iterator[Finding]:
    """Gaps, changed entries, broken links, a cut tail, and texts that are not those committed."""
    yield from _numbering(history)
    yield from _links(history)
    yield from _tail(history)
    yield from _texts(sight, history)


def _found(history: History, seq: int | None, kind: str, detail: str = "") -> Finding:
    return Finding(CODE, kind, history.number, seq, detail)


def _numbering(history: History) -> Iterator[Finding]:
    expected = 1
    for entry in history.entries:
        if entry.seq > expected:
            yield _found(history, expected, "历史缺号", f"第 {expected} 至 {entry.seq - 1} 条缺失")
        elif entry.seq < expected:
            yield _found(history, entry.seq, "历史重号")
        expected = entry.seq + 1


def _links(history: History) -> Iterator[Finding]:
    before = START
    for entry in history.entries:
        if entry.prev_hash != before:
            yield _found(history, entry.seq, "链条断开", "与上一条的哈希不符")
        if hash_of(history.number, entry) != entry.hash:
            yield _found(history, entry.seq, "记录被改动", "内容与哈希不符")
        before = entry.hash


def hash_of(number: str, entry: Row[Any]) -> str:
    """The entry's hash by what stands there now."""
    facts = {name: getattr(entry, name) for name in HASHED if name != "case_number"}
    times = {name: _utc(getattr(entry, name)) for name in ("at", "happened_at")}
    return entry_hash({**facts, **times, "case_number": number})


def _utc(instant: datetime | None) -> str | None:
    return None if instant is None else instant.astimezone(UTC).isoformat()


def _tail(history: History) -> Iterator[Finding]:
    last = history.entries[-1].seq if history.entries else 0
    case = history.case
    if last < case.version:
        yield _found(history, last + 1, "尾部被截断", f"应有 {case.version} 条，现有 {last} 条")
    elif last > case.version:
        yield _found(history, last, "多出记录", f"应有 {case.version} 条，现有 {last} 条")
    elif history.entries and history.entries[-1].hash != case.head_hash:
        yield _found(history, last, "末条哈希不符", "工单上记的末条哈希与历史不同")


def _texts(sight: Sight, history: History) -> Iterator[Finding]:
    for entry in history.entries:
        if entry.text_commitment is None:
            continue
        text = history.texts.get(entry.id)
        if text is None:
            yield _found(history, entry.seq, "正文缺失")
        elif text.erased_at is None:
            body = text_of(sight.session, entry.id)
            if body is UNREADABLE:
                yield _found(history, entry.seq, "正文无法解密")
            elif body is None or commitment(body, text.salt) != entry.text_commitment:
                yield _found(history, entry.seq, "正文被改动", "与登记时的承诺值不符")
