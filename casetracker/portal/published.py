"""看公开: the figures of the last full months, with their parts and definitions.

Where only a few cases stand behind a figure it is withheld, so that nobody is recognised by it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from casetracker.domain.days import local
from casetracker.domain.permissions import Scope
from casetracker.domain.rates import Metric, Profile, Rate, percent, previous_month
from casetracker.persistence.database import db
from casetracker.persistence.queries.reference import reference
from casetracker.stats.monthly import totals_of
from casetracker.web.context import now
from casetracker.web.guards import public

pages = Blueprint("published", __name__)
MONTHS = 6
FEWEST = 10
"""Figures with fewer cases than this behind them are not published."""
VOLUME = "received"
RATES = ("response", "completion", "satisfaction")


@dataclass(frozen=True, slots=True)
class Figure:
    """One published figure; `share` is a percentage in words. Withheld: both are None."""

    name: str
    share: str | None
    numerator: int | None
    denominator: int | None
    is_withheld: bool


@dataclass(frozen=True, slots=True)
class Month:
    """One month; `received` is None where there are too few to tell."""

    name: str
    received: int | None
    has_any: bool
    figures: tuple[Figure, ...]


@pages.get("/statistics")
@public
def show() -> ResponseReturnValue:
    names = last_full_months(now(), MONTHS)
    profile = reference(db.session()).profiles.default(names[-1])
    metrics = [profile.metric(code) for code in RATES]
    totals = totals_of(db.session(), Scope(sees_all=True), now(), months=names)
    months = [_month(name, found.total, profile) for name, found in zip(names, totals, strict=True)]
    return render_template(
        "portal/published.html",
        months=months[::-1],
        metrics=[profile.metric(VOLUME), *metrics],
        profile=profile,
        as_of=now(),
        fewest=FEWEST,
    )


def last_full_months(moment: datetime, count: int) -> list[str]:
    """The months before the one that runs in Shanghai, oldest first, as YYYY-MM."""
    names = [f"{local(moment):%Y-%m}"]
    while len(names) <= count:
        names.append(previous_month(names[-1]))
    return names[:0:-1]


def _month(name: str, found: Mapping[str, Rate], profile: Profile) -> Month:
    metrics = [profile.metric(code) for code in RATES]
    year, number = name.split("-")
    received = int(found[VOLUME].numerator)
    return Month(
        name=f"{year}年{int(number)}月",
        received=received if received >= FEWEST else None,
        has_any=received > 0,
        figures=tuple(_figure(metric, found[metric.code], profile.decimals) for metric in metrics),
    )


def _figure(metric: Metric, rate: Rate, decimals: int) -> Figure:
    below = rate.denominator or 0
    if rate.value is None or below < FEWEST:
        return Figure(metric.name_zh, None, None, None, is_withheld=below > 0)
    share = f"{percent(rate.value, decimals)}%"
    return Figure(metric.name_zh, share, int(rate.numerator), below, is_withheld=False)
