"""What stands around the cases: outbox, attachments, numbers, leases, client keys."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from cryptography.exceptions import InvalidTag
from sqlalchemy import func, select

from casetracker.domain.history import IMPORT_DOOR
from casetracker.domain.notices import rule_for
from casetracker.persistence.case import Case, NumberSeries
from casetracker.persistence.exports import ExportJob
from casetracker.persistence.frozen import FrozenFile
from casetracker.persistence.outbox import IdempotencyKey, OutboxRow, OutboxState
from casetracker.persistence.papers import Paper
from casetracker.persistence.patrol import PatrolFile
from casetracker.persistence.timeline import TimelineEntry
from casetracker.persistence.working import Attachment
from casetracker.services.recording import RELAY
from casetracker.services.stored_files import ORPHAN_AFTER_S, file_store
from casetracker.services.verifying.findings import Finding, Sight

_SERIES = re.compile(r"(.+[0-9]{4})-([0-9]+)")
_CHUNK = 1024 * 1024


def acknowledged(sight: Sight) -> Iterator[Finding]:
    """I1: what a client was told is registered exists."""
    rows = sight.session.execute(
        select(IdempotencyKey.id).order_by(IdempotencyKey.id).execution_options(yield_per=1000)
    )
    for chunk in rows.scalars().partitions(500):
        yield from _missing(sight, list(chunk))


def _missing(sight: Sight, ids: list[int]) -> Iterator[Finding]:
    numbers = {}
    for key_id in ids:
        try:
            result = sight.session.scalar(
                select(IdempotencyKey.result).where(IdempotencyKey.id == key_id)
            )
        except (InvalidTag, KeyError, ValueError):
            yield Finding("I1", "应答记录无法解密", detail=f"第 {key_id} 条")
            continue
        if isinstance(result, dict) and "number" in result:
            numbers[result["number"]] = key_id
    there = set(sight.session.scalars(select(Case.number).where(Case.number.in_(numbers))))
    for number in numbers.keys() - there:
        yield Finding("I1", "已应答的工单不存在", number)


def announced(sight: Sight) -> Iterator[Finding]:
    """I4: each step that somebody must hear of has exactly one row in the outbox."""
    relays = (
        select(OutboxRow.case_id, OutboxRow.seq, func.count(OutboxRow.id).label("rows"))
        .where(OutboxRow.channel == RELAY)
        .group_by(OutboxRow.case_id, OutboxRow.seq)
        .subquery()
    )
    entries = (
        select(
            Case.number, Case.track,
            TimelineEntry.seq, TimelineEntry.action, TimelineEntry.outcome,
            func.coalesce(relays.c.rows, 0).label("rows"),
        )
        .join(Case, Case.id == TimelineEntry.case_id)
        .outerjoin(
            relays,
            (relays.c.case_id == TimelineEntry.case_id) & (relays.c.seq == TimelineEntry.seq),
        )
        .where(TimelineEntry.door != IMPORT_DOOR)
        .execution_options(yield_per=1000)
    )  # fmt: skip
    for row in sight.session.execute(entries):
        wanted = int(rule_for(row.track, row.action, row.outcome) is not None)
        if row.rows < wanted:
            yield Finding("I4", "应通知而没有待发记录", row.number, row.seq)
        elif row.rows > wanted:
            yield Finding("I4", "多出待发记录", row.number, row.seq)


def sent_once(sight: Sight) -> Iterator[Finding]:
    """I5: what was sent says when; a key never stands twice."""
    unsaid = select(OutboxRow.id, OutboxRow.dedupe_key).where(
        OutboxRow.state == OutboxState.SENT, OutboxRow.sent_at.is_(None)
    )
    for row in sight.session.execute(unsaid):
        yield Finding("I5", "已发而没有发送时间", detail=row.dedupe_key)
    twice = select(OutboxRow.dedupe_key).group_by(OutboxRow.dedupe_key).having(func.count() > 1)
    for key in sight.session.scalars(twice):
        yield Finding("I5", "待发记录重复", detail=key)


def files_kept(sight: Sight) -> Iterator[Finding]:
    """I6: every file that a row names is unchanged, and no old file lies about."""
    known: set[str] = set()
    for case, what, named, name, sha256 in _every_file(sight):
        known.add(name)
        yield from _kept(case, what, named, name, sha256)
    store = file_store()
    for name in store.names():
        if name not in known and store.age_s(name) > ORPHAN_AFTER_S:
            yield Finding("I6", "无主文件", detail=name)


KeptFile = tuple[str | None, str, str, str, str]
"""Number of its case, what it is, how it is called, its name in the store, its SHA-256."""


def _every_file(sight: Sight) -> Iterator[KeptFile]:
    for row in _attached(sight):
        yield row.number, "附件", row.filename, row.storage_name, row.sha256
    for row in _issued(sight):
        named = f"第 {row.id} 份"
        yield row.number, "文书", named, row.docx_name, row.docx_sha256
        yield row.number, "文书", named, row.pdf_name, row.pdf_sha256
    for row in _of_patrols(sight):
        yield None, "巡查照片", row.filename, row.storage_name, row.sha256
    for frozen in sight.session.scalars(select(FrozenFile)):
        named = f"{frozen.month} 第{frozen.number}次更正" if frozen.number else frozen.month
        yield None, "冻结的通报", named, frozen.name, frozen.sha256
    for job in sight.session.scalars(select(ExportJob).where(ExportJob.storage_name.is_not(None))):
        yield None, "导出文件", job.number, job.storage_name or "", job.sha256 or ""


def _attached(sight: Sight) -> Iterator[Any]:
    query = select(Case.number, Attachment.filename, Attachment.storage_name, Attachment.sha256)
    joined = query.join(Case, Case.id == Attachment.case_id)
    yield from sight.session.execute(joined.execution_options(yield_per=500))


def _issued(sight: Sight) -> Iterator[Any]:
    """Papers with the number of their case. Told apart by id: a title would say too much of a
    case in the confidential lane.
    """
    query = select(
        Paper.id, Case.number, Paper.docx_name, Paper.docx_sha256, Paper.pdf_name, Paper.pdf_sha256
    ).join(Case, Case.id == Paper.case_id)
    yield from sight.session.execute(query.execution_options(yield_per=500))


def _of_patrols(sight: Sight) -> Iterator[Any]:
    query = select(PatrolFile.filename, PatrolFile.storage_name, PatrolFile.sha256)
    yield from sight.session.execute(query.execution_options(yield_per=500))


def _kept(case: str | None, what: str, named: str, name: str, sha256: str) -> Iterator[Finding]:
    try:
        digest = _digest(name)
    except OSError:
        yield Finding("I6", f"{what}缺失", case, detail=named)
        return
    if digest != sha256:
        yield Finding("I6", f"{what}被改动", case, detail=named)


def _digest(name: str) -> str:
    digest = hashlib.sha256()
    with file_store().open(name) as content:
        while piece := content.read(_CHUNK):
            digest.update(piece)
    return digest.hexdigest()


def leases_over(sight: Sight) -> Iterator[Finding]:
    """I7: nothing is held by a sender that is gone."""
    late = select(OutboxRow.dedupe_key).where(
        OutboxRow.state == OutboxState.SENDING, OutboxRow.lease_until < sight.now
    )
    for key in sight.session.scalars(late):
        yield Finding("I7", "发送租约已过期", detail=key)


def numbers_unique(sight: Sight) -> Iterator[Finding]:
    """I8: no number stands twice, and no series lies behind the numbers that were given."""
    twice = select(Case.number).group_by(Case.number).having(func.count() > 1)
    for number in sight.session.scalars(twice):
        yield Finding("I8", "工单编号重复", number)
    given: Counter[str] = Counter()
    query = select(Case.number).order_by(Case.number).execution_options(yield_per=5000)
    found = (_SERIES.fullmatch(number) for number in sight.session.scalars(query))
    for name, group in groupby((m for m in found if m), key=lambda match: match[1]):
        given[name] = max(given[name], *(int(match[2]) for match in group), 0)
    kept = {row.name: row.last for row in sight.session.scalars(select(NumberSeries))}
    for name, last in given.items():
        if kept.get(name, 0) < last:
            yield Finding("I8", "编号序列落后", detail=f"{name} 已用到 {last}")
