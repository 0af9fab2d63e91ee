"""统计口径: every profile with its versions, and one version with all that it says."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from casetracker.domain.permissions import Right
from casetracker.domain.rates.drafting import Scoring, number_words, scoring_of
from casetracker.labels import label
from casetracker.ops.admin_forms import Choices, change, form_page
from casetracker.services.commands.profiles import CopyProfile
from casetracker.services.office.metric_profiles import (
    VersionLine,
    find_version,
    version_lines,
)
from casetracker.services.office.profile_drafts import copy_profile
from casetracker.services.office.profile_words import (
    basis_words,
    empty_words,
    general_facts,
    window_words,
)
from casetracker.web.context import current_context
from casetracker.web.forms import Form, empty_form
from casetracker.web.guards import requires

pages = Blueprint("admin_profiles", __name__, url_prefix="/admin/profiles")

TONES = {"draft": "soon", "in_force": "done", "withdrawn": "ended"}


@pages.get("")
@requires(Right.RULES_MANAGE)
def show() -> str:
    lines = version_lines(current_context("ops"))
    codes = list(dict.fromkeys(line.profile.code for line in lines))
    groups = [
        (code, [_shown(line) for line in lines if line.profile.code == code]) for code in codes
    ]
    return render_template("ops/admin/profiles.html", groups=groups)


@pages.get("/new")
@requires(Right.RULES_MANAGE)
def new() -> str:
    return _copy_page(empty_form(CopyProfile, source=request.args.get("source", "")[:80]))


@pages.post("/new")
@requires(Right.RULES_MANAGE)
def create() -> ResponseReturnValue:
    return change(
        CopyProfile,
        copy_profile,
        _copy_page,
        done="已复制为草稿，修改后再发布。",
        next_url=lambda made: f"{list_url()}/{made.key}" if made else list_url(),
    )


@pages.get("/<code>/<version>")
@requires(Right.RULES_MANAGE)
def one(code: str, version: str) -> str:
    line = find_version(current_context("ops"), code, version)
    return render_template(
        "ops/admin/profile.html",
        profile=_shown(line),
        facts=list(general_facts(line.profile).items()),
        metrics=[_metric(line, code) for code in (m.code for m in line.profile.metrics)],
    )


def _copy_page(form: Form[CopyProfile]) -> str:
    lines = version_lines(current_context("ops"))
    choices: Choices = {
        "source": lambda: [
            (f"{one.profile.code}/{one.profile.version}", title_of(one)) for one in lines
        ]
    }
    note = "复制得到一份草稿，改好、看过对上月的影响后再发布；此前各月的数字不变。"
    return form_page(form, "复制口径", list_url(), choices=choices, submit="复制", note=note)


def title_of(line: VersionLine) -> str:
    """`武汉街道默认口径 2026.1`."""
    return f"{line.profile.name_zh} {line.profile.version}"


def list_url() -> str:
    """The list of all profiles."""
    return url_for("ops.admin_profiles.show")


def version_url(line: VersionLine) -> str:
    """The page of one version."""
    return f"{list_url()}/{line.profile.code}/{line.profile.version}"


def _shown(line: VersionLine) -> dict[str, Any]:
    who, at = line.made
    return {
        "title": title_of(line),
        "name": line.profile.name_zh,
        "code": line.profile.code,
        "version": line.profile.version,
        "track": label(line.profile.track),
        "status": label(line.status),
        "tone": TONES[line.status],
        "from_month": line.from_month,
        "is_default": line.is_default,
        "copied_from": line.row.copied_from if line.row else None,
        "who": who,
        "at": at,
        "put_in_force": line.put_in_force,
        "is_draft": line.is_draft,
        "is_shipped": line.row is None,
        "may_be_withdrawn": line.may_be_withdrawn,
        "url": version_url(line),
    }


def _metric(line: VersionLine, code: str) -> dict[str, Any]:
    profile, metric = line.profile, line.profile.metric(code)
    return {
        "name": metric.name_zh,
        "text": metric.definition_zh,
        "window": window_words(profile, metric),
        "empty": "—" if metric.is_count else empty_words(metric),
        "points": _points(*scoring_of(profile, code)),
        "source": basis_words(metric),
        "url": f"{version_url(line)}/metrics/{code}",
    }


def _points(way: Scoring, points: Any) -> str:
    """How many points it earns, and how."""
    if way is Scoring.NONE:
        return "—"
    told = {Scoring.RATE: "按率", Scoring.FLAT: "有件即得", Scoring.SHARE: "按占组内比重"}
    return f"{number_words(points)}（{told[way]}）"
