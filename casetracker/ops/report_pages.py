"""Reports on the desk: a preview, the office's own words, the year, who gets them."""

from datetime import date
from typing import Any

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue
from pydantic import ValidationError

from casetracker.domain.days import local_date
from casetracker.domain.errors import DomainError, GuardRefused, InvalidInput
from casetracker.domain.permissions import Right
from casetracker.domain.reports.facts import ReportFacts
from casetracker.domain.reports.notice import report_content, report_title
from casetracker.domain.reports.periods import (
    ReportPeriod,
    Span,
    last_full,
    period_of_day,
    report_period,
)
from casetracker.ops.admin_forms import change, form_page
from casetracker.ops.month_basis import MONTHS
from casetracker.ops.report_preview import preview_of
from casetracker.ops.report_tabs import FIRST_YEAR, known_period, report_tabs, report_url, shown_as
from casetracker.services.commands.fields import Command, OptionalLine
from casetracker.services.commands.reports import SubscribeReports, WriteWording
from casetracker.services.commands.searching import AnnualQuestion
from casetracker.services.context import Context
from casetracker.services.reports.gathering import report_facts
from casetracker.services.reports.keeping import KeptReport, kept_report
from casetracker.services.reports.subscribing import receivers, subscribe, subscriptions
from casetracker.services.reports.wordings import generated_wording, kept_wording, write_wording
from casetracker.services.reports.year import year_report
from casetracker.web.context import current_context
from casetracker.web.forms import Form, empty_form
from casetracker.web.guards import requires

pages = Blueprint("reports", __name__, url_prefix="/reports")


class ReportPlace(Command):
    """Which period is looked at: a month, or any day of a week."""

    at: OptionalLine = None


@pages.get("")
@requires(Right.REPORTS)
def show() -> ResponseReturnValue:
    """The last month, week or day that is over, or the one asked for."""
    ctx = current_context("ops")
    span = Span(request.args["span"]) if request.args.get("span") in list(Span) else Span.MONTH
    asked = request.args.get("at", "")[:10]
    form = empty_form(ReportPlace, at=asked)
    period = last_full(span, ctx.now)
    if asked:
        try:
            period = _period_at(span, asked)
        except InvalidInput as error:
            form.refuse(error)
    form.data["at"] = asked or shown_as(period)
    try:
        frozen, facts = _told(ctx, period)
    except GuardRefused as error:  # it is yet to come
        form.refuse(error)
        period = last_full(span, ctx.now)
        frozen, facts = _told(ctx, period)
    kept = kept_wording(ctx, period)
    words = frozen.words if frozen else kept.words
    body = render_template(
        "ops/reports/show.html",
        form=form,
        facts=facts,
        heading=report_title(facts).replace("\n", ""),
        kept=kept,
        frozen=frozen,
        freeze_url=f"{MONTHS}/{period.key}" if span is Span.MONTH else None,
        url=_url(period),
        field_kind="month" if span is Span.MONTH else "date",
        preview=preview_of(report_content(facts, words), ctx.actor),
        tabs=report_tabs(span),
        has_words=span is not Span.DAY and frozen is None,
        figures_url=f"/ops/statistics?month={period.key}" if span is Span.MONTH else None,
    )
    return make_response(body, form.status)


def _told(ctx: Context, period: ReportPeriod) -> tuple[KeptReport | None, ReportFacts]:
    """The report that was frozen, if one was, and the facts that hold."""
    frozen = kept_report(ctx, period)
    return frozen, frozen.facts if frozen else report_facts(ctx, period)


@pages.get("/<span>/<key>/wording")
@requires(Right.REPORTS)
def edit(span: str, key: str) -> str:
    period, ctx = known_period(span, key), current_context("ops")
    if kept_report(ctx, period) is not None:
        raise GuardRefused("words_are_frozen", month=period.name)
    kept = kept_wording(ctx, period)
    generated = generated_wording(report_facts(ctx, period))
    shown = {
        name: getattr(kept.words, name) or getattr(generated, name) or ""
        for name in WriteWording.model_fields
    }
    return _wording_page(period, empty_form(WriteWording, **shown), kept.version)


@pages.post("/<span>/<key>/wording")
@requires(Right.REPORTS)
def write(span: str, key: str) -> ResponseReturnValue:
    period, seen = known_period(span, key), _seen()
    generated = generated_wording(report_facts(current_context("ops"), period))
    return change(
        WriteWording,
        lambda ctx, command: write_wording(ctx, period, command, generated, seen),
        lambda form: _wording_page(period, form, seen),
        done="通报文字已保存，下载的文件立即采用。",
        next_url=report_url(period),
    )


@pages.get("/year")
@requires(Right.REPORTS)
def year() -> ResponseReturnValue:
    """The year's paragraph with what does not come out."""
    ctx = current_context("ops")
    present = local_date(ctx.now).year
    form: Form[AnnualQuestion] = empty_form(
        AnnualQuestion, year=request.args.get("year", "")[:4] or str(present)
    )
    found = None
    try:
        found = year_report(ctx, AnnualQuestion.model_validate({"year": form.data["year"]}))
    except (ValidationError, DomainError) as error:
        form.refuse(error)
    body = render_template(
        "ops/reports/year.html",
        form=form,
        found=found,
        preview=preview_of(found.content(), ctx.actor) if found else [],
        years=[(str(one), f"{one}年") for one in range(present, FIRST_YEAR - 1, -1)],
        tabs=report_tabs("year"),
    )
    return make_response(body, form.status)


@pages.get("/mailing")
@requires(Right.REPORTS)
def mailing() -> str:
    chosen = subscriptions(current_context("ops"))
    return _mailing_page(empty_form(SubscribeReports, **chosen))


@pages.post("/mailing")
@requires(Right.REPORTS)
def set_mailing() -> ResponseReturnValue:
    return change(
        SubscribeReports,
        subscribe,
        _mailing_page,
        done="定期发送名单已保存。",
        next_url="/ops/reports",
    )


def _mailing_page(form: Form[Any]) -> str:
    people = receivers(current_context("ops"))
    note = (
        "报告编成后发送摘要和链接，收件人登录后查看、下载；只能选有邮箱、有编制通报权限的账号。"
        "总开关在“参数”中的“定期发送通报邮件”。"
    )
    if not people:
        note = f"还没有可选的账号，请系统管理员为需要的人员填写邮箱。{note}"
    choices = {span.value: lambda: people for span in Span}
    return form_page(form, "定期发送", "/ops/reports", choices=choices, note=note)


def _wording_page(period: ReportPeriod, form: Form[Any], seen: int) -> str:
    return render_template(
        "ops/reports/wording.html",
        form=form,
        title=f"编写文字：{period.name}",
        url=f"{_url(period)}/wording",
        back_url=report_url(period),
        seen=seen,
    )


def _period_at(span: Span, text: str) -> ReportPeriod:
    """The month, or the week or day in which the day lies. Raises InvalidInput (`at`)."""
    try:
        if span is Span.MONTH:
            return report_period(span, text)
        return report_period(span, period_of_day(span, date.fromisoformat(text)).key)
    except (ValueError, InvalidInput):
        code = "bad_month" if span is Span.MONTH else "bad_day"
        raise InvalidInput({"at": code}) from None


def _url(period: ReportPeriod) -> str:
    return f"/ops/reports/{period.span}/{period.key}"


def _seen() -> int:
    """The version of the words that the form showed."""
    text = request.form.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
