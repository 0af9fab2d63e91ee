"""What stands around every page of the desk: navigation by work with counts, search, inbox, name.

Only what one's roles need is shown; an entry without right is absent.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import g, request, url_for

from casetracker.domain.deadlines import Standing
from casetracker.domain.permissions import Right
from casetracker.domain.vocabulary import Role, Track
from casetracker.persistence.database import db
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.services.context import Context
from casetracker.services.desks.inbox import count_unread
from casetracker.services.desks.worklists import QUEUES, queue_counts, queues_of
from casetracker.services.exports.reading import count_to_consent
from casetracker.services.patrol.figures import hazards_waiting
from casetracker.web.context import acts_by_own_proof, current_context, signed_in

CASES = "/ops/cases"
INTAKE = "/ops/cases/new"
PETITIONS = "/ops/petitions"
PETITION_INTAKE = "/ops/petitions/new"
WITHOUT_CHILDREN = frozenset({"/ops/", CASES, PETITIONS})
"""Entries that do not stay lit on the pages below their address."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the navigation that is no queue."""

    key: str
    label: str
    url: str
    right: Right
    group: str = ""


WORK = (
    Entry("dispatch", "派单台", "/ops/dispatch", Right.CASES_DISPATCH),
    Entry("approvals", "审核审批", "/ops/approvals", Right.CASES_DECIDE),
    Entry("calls", "回访台", "/ops/calls", Right.CASES_FOLLOW_UP),
    Entry("upstream", "上级平台答复", "/ops/upstream", Right.UPSTREAM_REPLY),
    Entry("lane", "保密通道", "/ops/lane", Right.LANE),
    Entry("cases", "全部工单", CASES, Right.CASES_LIST),
    Entry("appraisals", "考核审定", "/ops/appraisals", Right.APPRAISALS),
    Entry("statistics", "统计", "/ops/statistics", Right.STATISTICS),
    Entry("insight", "分析", "/ops/insight", Right.STATISTICS),
    Entry("settlement", "社区化解", "/ops/settlement", Right.STATISTICS),
    Entry("reports", "通报", "/ops/reports", Right.REPORTS),
    Entry("wall", "大屏", "/ops/wall/screens", Right.WALL),
    Entry("exports", "导出", "/ops/exports", Right.CASES_EXPORT),
)
SUPERVISION = (
    Entry("oversight", "督办台", "/ops/oversight", Right.CASES_SUPERVISE),
    Entry("watch", "督办清单", "/ops/watch", Right.OVERSIGHT_READ),
    Entry("orders", "督办登记簿", "/ops/orders", Right.OVERSIGHT_READ),
    Entry("listed", "挂牌督办", "/ops/listed", Right.CASES_LIST),
    Entry("talks", "约谈", "/ops/talks", Right.OVERSIGHT_READ),
    Entry("whistles", "吹哨报到", "/ops/whistles", Right.OVERSIGHT_READ),
)
LEDGERS = (
    Entry("visits", "来访登记", "/ops/visits", Right.LEDGERS_READ),
    Entry("registers", "登记簿", "/ops/registers", Right.LEDGERS_READ),
    Entry("receptions", "领导接访", "/ops/receptions", Right.LEDGERS_READ),
    Entry("letters", "阅信批示", "/ops/letters", Right.LEDGERS_READ),
    Entry("undertakings", "包案", "/ops/undertakings", Right.LEDGERS_READ),
    Entry("old_cases", "信访积案", "/ops/old-cases", Right.LEDGERS_READ),
    Entry("sensitive", "敏感时期", "/ops/sensitive", Right.LEDGERS_READ),
)
PATROLS = (
    Entry("inspections", "安全检查", "/ops/inspections", Right.PATROL_READ),
    Entry("hazards", "隐患整改", "/ops/hazards", Right.PATROL_READ),
    Entry("patrol", "巡查统计", "/ops/patrol", Right.PATROL_READ),
)
PETITION_WORK = (
    Entry("petition_intake", "信访登记", PETITION_INTAKE, Right.CASES_REGISTER),
    Entry("petition_signing", "信访签批", "/ops/petitions/signing", Right.PETITIONS_SIGN),
    Entry("petitions", "信访件", PETITIONS, Right.CASES_LIST),
    Entry("notices", "告知日历", "/ops/petitions/notices", Right.LEDGERS_READ),
    Entry("opinions", "答复日历", "/ops/petitions/opinions", Right.LEDGERS_READ),
)
ADMINISTRATION = (
    Entry("accounts", "账号", "/ops/admin/accounts", Right.ACCOUNTS_MANAGE),
    Entry("roles", "账号与岗位", "/ops/admin/accounts", Right.ROLES_MANAGE),
    Entry("units", "单位", "/ops/admin/units", Right.UNITS_MANAGE),
    Entry("categories", "问题分类", "/ops/admin/categories", Right.RULES_MANAGE),
    Entry("calendar", "工作日历", "/ops/admin/calendar", Right.RULES_MANAGE),
    Entry("limits", "时限", "/ops/admin/limits", Right.RULES_MANAGE),
    Entry("oversight_rules", "督办规则", "/ops/admin/oversight", Right.RULES_MANAGE),
    Entry("routing", "派单目录", "/ops/admin/routing", Right.RULES_MANAGE),
    Entry("profiles", "统计口径", "/ops/admin/profiles", Right.RULES_MANAGE),
    Entry("templates", "答复模板", "/ops/admin/templates", Right.RULES_MANAGE),
    Entry("settings", "参数", "/ops/admin/settings", Right.RULES_MANAGE),
    Entry("delivery", "消息投递", "/ops/admin/delivery", Right.DELIVERY_MANAGE),
    Entry("audit", "审计日志", "/ops/admin/audit", Right.AUDIT_READ),
)


def queue_url(name: str, **more: str) -> str:
    """The list behind a queue."""
    queue = QUEUES.get(name)
    of_petitions = queue is not None and queue.track is Track.PETITION
    return f"{PETITIONS if of_petitions else CASES}?{urlencode({'queue': name, **more})}"


def desk_and_navigation() -> dict[str, Any]:
    """Context of `layouts/ops.html`; nothing for strangers and while an error is shown."""
    person = None if g.get("shows_error") or acts_by_own_proof() else signed_in()
    if person is None:
        return {}
    ctx = current_context("ops")
    ref = reference(db.session())
    return {"nav": _navigation(ctx), "desk": _desk(ctx, ref)}


def _navigation(ctx: Context) -> list[dict[str, Any]]:
    lines = [_line("home", "我的待办", "/ops/")]
    counts = queue_counts(ctx) if ctx.actor.may(Right.CASES_LIST) else {}
    for queue in queues_of(ctx.actor):
        count = counts.get(queue.name, 0)
        line = _line(queue.name, queue.title, queue_url(queue.name), count)
        line["hot"] = queue.asked.standing is Standing.OVERDUE and count > 0
        lines.append(line)
    lines += _entries(ctx, WORK, "工单")
    lines += _entries(ctx, PATROLS, "巡查")
    lines += _entries(ctx, SUPERVISION, "督办")
    lines += _entries(ctx, PETITION_WORK, "信访")
    lines += _entries(ctx, LEDGERS, "信访台账")
    lines += _entries(ctx, ADMINISTRATION, "管理")
    return lines


def _entries(ctx: Context, entries: tuple[Entry, ...], group: str) -> list[dict[str, Any]]:
    lines = [
        _line(entry.key, entry.label, entry.url) | _waiting(ctx, entry)
        for entry in entries
        if ctx.actor.may(entry.right) and not _lane_instead(ctx, entry)
    ]
    if lines:
        lines[0]["group"] = group
    return lines


def _waiting(ctx: Context, entry: Entry) -> dict[str, Any]:
    """How much waits behind an entry, where it is no queue of cases."""
    if entry.key == "hazards":
        late = hazards_waiting(ctx).late
        return {"count": late or None, "hot": late > 0}
    if entry.key == "exports":
        return {"count": count_to_consent(ctx) or None}
    return {}


def _lane_instead(ctx: Context, entry: Entry) -> bool:
    """Whoever sees the confidential lane sees nothing else: one list is enough."""
    return ctx.actor.may(Right.LANE) and entry.url in (CASES, PETITIONS)


def _line(key: str, label: str, url: str, count: int | None = None) -> dict[str, Any]:
    return {"key": key, "label": label, "url": url, "count": count, "active": _is_here(url)}


def _is_here(url: str) -> bool:
    path, _, asked = url.partition("?")
    if asked:
        return request.path == path and f"queue={request.args.get('queue', '')}" == asked
    if path in WITHOUT_CHILDREN:
        return request.path == path and "queue" not in request.args
    return f"{request.path}/".startswith(f"{path}/")


def _desk(ctx: Context, ref: Reference) -> dict[str, Any]:
    actor = ctx.actor
    unit = ref.units.get(actor.unit_id) if actor.unit_id else None
    may_register = actor.may(Right.CASES_REGISTER)
    intake = PETITION_INTAKE if Role.PETITION_CLERK in actor.roles else INTAKE
    return {
        "street": ref.settings["street_name"],
        "home_url": "/ops/",
        "search_url": CASES if actor.may(Right.CASES_LIST) else None,
        "search_text": request.args.get("q", ""),
        "intake_url": intake if may_register else None,
        "inbox_url": url_for("ops.inbox.show"),
        "inbox_unread": count_unread(ctx),
        "user_name": actor.name,
        "unit_name": unit.name if unit else "",
        "roles": sorted(actor.roles),
        "account_url": url_for("ops.me.show"),
        "sign_out_url": url_for("ops.sign_in.leave"),
    }
