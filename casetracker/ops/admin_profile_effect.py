"""What a version makes of the last month; putting it in force, and taking it back."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from casetracker.domain.errors import NotFound
from casetracker.domain.permissions import Right
from casetracker.domain.rates import Profile, Rate
from casetracker.ops.admin_forms import change, form_page
from casetracker.ops.admin_profiles import title_of, version_url
from casetracker.services.commands.fields import Command
from casetracker.services.commands.profiles import PutInForce
from casetracker.services.office.metric_profiles import find_version
from casetracker.services.office.profile_effect import Effect, effect_of
from casetracker.services.office.profile_release import (
    earliest_month,
    put_in_force,
    withdraw_profile,
)
from casetracker.stats.pooling import SCORE
from casetracker.web.context import current_context
from casetracker.web.forms import Form, empty_form
from casetracker.web.guards import requires
from casetracker.web.pagination import address_with
from casetracker.web.templating import percent

pages = Blueprint("admin_profile_effect", __name__, url_prefix="/admin/profiles/<code>/<version>")
NOTHING = "—"
SAME = "持平"


@pages.get("/effect")
@requires(Right.RULES_MANAGE)
def show(code: str, version: str) -> str:
    """The last month by both definitions side by side: figures alone, no way to cases."""
    ctx = current_context("ops")
    line, effect = find_version(ctx, code, version), effect_of(ctx, code, version)
    chosen = _chosen(effect)
    return render_template(
        "ops/admin/profile_effect.html",
        title=title_of(line),
        back_url=version_url(line),
        month=effect.month,
        before=f"{effect.before.name_zh} {effect.before.version}",
        totals=[
            _line(effect, code, *effect.total, name=name_of(effect, code)) for code in effect.codes
        ],
        metrics=[
            {
                "text": name_of(effect, code),
                "url": address_with(metric=code),
                "active": code == chosen,
            }
            for code in effect.changed
        ],
        chosen=name_of(effect, chosen) if chosen else None,
        units=[_line(effect, chosen, then, now, name=name) for name, then, now in effect.units]
        if chosen
        else [],
    )


def _chosen(effect: Effect) -> str | None:
    asked = request.args.get("metric", "")
    if asked in effect.codes:
        return asked
    return next(iter(effect.changed), None)


def name_of(effect: Effect, code: str) -> str:
    """As the version calls it."""
    return "综合成绩" if code == SCORE else effect.after.metric(code).name_zh


def _total(effect: Effect, code: str) -> dict[str, Any]:
    return _line(effect, code, *effect.total, name=name_of(effect, code))


def _line(
    effect: Effect, code: str, then: Mapping[str, Rate], now: Mapping[str, Rate], *, name: str
) -> dict[str, Any]:
    """One figure before and after, with its fraction and how it moved."""
    before, after = then.get(code), now.get(code)
    return {
        "name": name,
        "before": _words(effect.before, code, before),
        "after": _words(effect.after, code, after),
        "moved": _moved(before, after),
        "differs": before != after,
    }


def _words(profile: Profile, code: str, rate: Rate | None) -> str:
    if rate is None:
        return NOTHING
    if rate.denominator is None:
        return f"{int(rate.numerator)} 件"
    if rate.value is None:
        return NOTHING
    if code == SCORE:
        return percent(float(rate.value), "", profile.decimals)
    share = percent(float(rate.value), decimals=profile.decimals)
    return f"{share}（{float(rate.numerator):.10g}/{rate.denominator}）"


def _moved(before: Rate | None, after: Rate | None) -> str:
    """In points, or in cases; a dash where either has no value."""
    if before is None or after is None:
        return NOTHING
    if before.denominator is None and after.denominator is None:
        cases = int(after.numerator - before.numerator)
        return f"{cases:+d} 件" if cases else SAME
    if before.value is None or after.value is None:
        return NOTHING
    points = float(after.value - before.value) * 100
    return f"{points:+.1f}" if points else SAME


@pages.get("/release")
@requires(Right.RULES_MANAGE)
def prepare(code: str, version: str) -> str:
    month = earliest_month(current_context("ops"), code, version)
    return _release_page(code, version, empty_form(PutInForce, month=month))


@pages.post("/release")
@requires(Right.RULES_MANAGE)
def release(code: str, version: str) -> ResponseReturnValue:
    line = find_version(current_context("ops"), code, version)
    return change(
        PutInForce,
        lambda ctx, command: put_in_force(ctx, code, version, command),
        lambda form: _release_page(code, version, form),
        done="口径已发布。",
        next_url=version_url(line),
    )


@pages.get("/withdraw")
@requires(Right.RULES_MANAGE)
def ask_to_withdraw(code: str, version: str) -> str:
    return _withdraw_page(code, version, empty_form(Command))


@pages.post("/withdraw")
@requires(Right.RULES_MANAGE)
def withdraw(code: str, version: str) -> ResponseReturnValue:
    line = find_version(current_context("ops"), code, version)
    return change(
        Command,
        lambda ctx, _: withdraw_profile(ctx, code, version),
        lambda form: _withdraw_page(code, version, form),
        done="口径已撤回。",
        next_url=version_url(line),
    )


def _release_page(code: str, version: str, form: Form[PutInForce]) -> str:
    line = find_version(current_context("ops"), code, version)
    if line.row is None or not line.is_draft:
        raise NotFound(code=code, version=version)
    note = (
        "已经开始的月份不能改：各单位正按现行口径接受考核。发布后不能再改，执行前可以撤回。"
        "统计月起始日与原口径不同的，衔接处几天的工单会在两个月都统计或都不统计，请在通报中说明。"
    )
    return form_page(
        form, f"发布口径：{title_of(line)}", version_url(line), submit="发布", note=note,
        version=line.row.revision,
    )  # fmt: skip


def _withdraw_page(code: str, version: str, form: Form[Command]) -> str:
    line = find_version(current_context("ops"), code, version)
    verb = "作废" if line.is_draft else "撤回"
    facts = [("口径", title_of(line)), ("执行月份", line.from_month)]
    return form_page(
        form, f"{verb}口径", version_url(line), facts=facts, submit=verb, danger=True,
        note=f"{verb}后不再执行，也不能恢复；以后需要时可以从它复制。",
    )  # fmt: skip
