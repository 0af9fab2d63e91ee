"""A draft of a profile changed: what holds for all of it, or one metric put together anew."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue

from casetracker.domain.errors import NotFound
from casetracker.domain.permissions import Right
from casetracker.domain.rates import Metric
from casetracker.domain.rates.choices import (
    CONDITIONS,
    WEIGHTED,
    WINDOWS,
    code_of_term,
    top_code,
)
from casetracker.domain.rates.drafting import ANSWERS, Scoring, number_words, scoring_of
from casetracker.domain.vocabulary import ExcludeReason
from casetracker.labels import label
from casetracker.ops.admin_forms import Choices, change, form_page
from casetracker.ops.admin_profiles import title_of, version_url
from casetracker.ops.controls import Options
from casetracker.services.commands.profiles import (
    EditCount,
    EditProfile,
    EditRate,
    EditWeightedRate,
)
from casetracker.services.office.metric_profiles import VersionLine, find_version
from casetracker.services.office.profile_drafts import edit_metric, edit_profile
from casetracker.services.office.profile_words import basis_words
from casetracker.web.context import current_context
from casetracker.web.forms import Form, empty_form
from casetracker.web.guards import requires

pages = Blueprint("admin_profile_forms", __name__, url_prefix="/admin/profiles/<code>/<version>")

EMPTY: Options = [("0", "显示 0"), ("1", "显示 100%")]
SCORING: Options = [("rate", "按率：率 × 分值"), ("flat", "有件即得：有分母即得全部分值")]


@pages.get("/settings")
@requires(Right.RULES_MANAGE)
def general(code: str, version: str) -> str:
    profile = find_version(current_context("ops"), code, version).profile
    form = empty_form(
        EditProfile,
        name=profile.name_zh,
        month_start_day=profile.month_start_day,
        cut_off_hour=profile.cut_off_hour,
        decimals=profile.decimals,
        aggregation=profile.aggregation.value,
        exclusions=sorted(profile.exclusions),
    )
    return _general_page(code, version, form)


@pages.post("/settings")
@requires(Right.RULES_MANAGE)
def save_general(code: str, version: str) -> ResponseReturnValue:
    line = find_version(current_context("ops"), code, version)
    return change(
        EditProfile,
        lambda ctx, command: edit_profile(ctx, code, version, command),
        lambda form: _general_page(code, version, form),
        done="基本设置已保存。",
        next_url=version_url(line),
    )


@pages.get("/metrics/<metric>")
@requires(Right.RULES_MANAGE)
def of_metric(code: str, version: str, metric: str) -> str:
    line = find_version(current_context("ops"), code, version)
    chosen = _metric(line, metric)
    return _metric_page(line, chosen, empty_form(_command_for(chosen), **_filled(line, chosen)))


@pages.post("/metrics/<metric>")
@requires(Right.RULES_MANAGE)
def save_metric(code: str, version: str, metric: str) -> ResponseReturnValue:
    line = find_version(current_context("ops"), code, version)
    chosen = _metric(line, metric)
    return change(
        _command_for(chosen),
        lambda ctx, command: edit_metric(ctx, code, version, metric, command),
        lambda form: _metric_page(line, chosen, form),
        done=f"{chosen.name_zh}已保存。",
        next_url=version_url(line),
    )


def _metric(line: VersionLine, code: str) -> Metric:
    try:
        return line.profile.metric(code)
    except KeyError:
        raise NotFound(metric=code) from None


def _command_for(metric: Metric) -> type[EditCount | EditRate | EditWeightedRate]:
    if metric.is_count:
        return EditCount
    return EditWeightedRate if metric.code == "satisfaction" else EditRate


def _filled(line: VersionLine, metric: Metric) -> Mapping[str, Any]:
    """The form as the metric stands."""
    track = line.profile.track
    way, points = scoring_of(line.profile, metric.code)
    filled = {
        "name": metric.name_zh,
        "numerator": top_code(track, metric),
        "denominator": code_of_term(track, metric.denominator) if metric.denominator else None,
        "window": metric.window,
        "empty": None if metric.empty is None else number_words(metric.empty),
        "scoring": "" if way is Scoring.NONE else way.value,
        "points": None if points is None else number_words(points),
    }
    weights = metric.weights or {}
    filled |= {
        answer.value: number_words(weights[answer]) for answer in ANSWERS if answer in weights
    }
    return filled


def _metric_page(line: VersionLine, metric: Metric, form: Form[Any]) -> str:
    facts = [("现在的算法", metric.definition_zh), ("依据", basis_words(metric))]
    note = "分子、分母只能从列出的条件中选；没有回访、没有评价的，任何选法都不会算作满意。"
    return _page(line, form, f"修改指标：{metric.name_zh}", _choices(line, metric), facts, note)


def _choices(line: VersionLine, metric: Metric) -> Choices:
    track = line.profile.track
    conditions = [(one.code, one.words) for one in CONDITIONS[track].values()]
    weighted = [(WEIGHTED, "按评价加权")] if metric.code == "satisfaction" else []
    return {
        "numerator": lambda: [*weighted, *conditions],
        "denominator": lambda: conditions,
        "window": lambda: list(WINDOWS[track].items()),
        "empty": lambda: EMPTY,
        "scoring": lambda: SCORING,
    }


def _general_page(code: str, version: str, form: Form[EditProfile]) -> str:
    line = find_version(current_context("ops"), code, version)
    choices: Choices = {
        "exclusions": lambda: [(reason.value, label(reason)) for reason in ExcludeReason]
    }
    return _page(line, form, "修改基本设置", choices, [("口径", title_of(line))], None)


def _page(
    line: VersionLine, form: Form[Any], title: str, choices: Choices,
    facts: list[tuple[str, Any]], note: str | None,
) -> str:  # fmt: skip
    """Only drafts can be changed; the form of anything else leads back."""
    if line.row is None or not line.is_draft:
        raise NotFound(code=line.profile.code, version=line.profile.version)
    return form_page(
        form, title, version_url(line), choices=choices, facts=facts, note=note,
        version=line.row.revision,
    )  # fmt: skip
