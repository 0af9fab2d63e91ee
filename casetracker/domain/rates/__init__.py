"""Rates of the field: definitions as data, periods, and their exact evaluation. No SQL, no clock.

Source: docs/rules/rates.md.
"""

from casetracker.domain.rates.beijing import BEIJING_DISTRICT
from casetracker.domain.rates.evaluation import (
    Membership,
    Rate,
    change,
    credit,
    evaluate,
    membership,
    percent,
    rate_of,
    score_of,
    shown_percent,
)
from casetracker.domain.rates.facts import AS_OF, FACTS, CountedCase
from casetracker.domain.rates.metric import Metric, Profile, Score
from casetracker.domain.rates.periods import (
    Window,
    following_month,
    month_of,
    period_of,
    period_so_far,
    previous_month,
    same_month_last_year,
    whole_month,
)
from casetracker.domain.rates.registry import PROFILES, Default, Profiles
from casetracker.domain.rates.shanghai import SHANGHAI_TOWN
from casetracker.domain.rates.wuhan import WUHAN_DEFAULT
from casetracker.domain.rates.xinfang import XINFANG

__all__ = [
    "AS_OF",
    "BEIJING_DISTRICT",
    "FACTS",
    "PROFILES",
    "SHANGHAI_TOWN",
    "WUHAN_DEFAULT",
    "XINFANG",
    "CountedCase",
    "Default",
    "Membership",
    "Metric",
    "Profile",
    "Profiles",
    "Rate",
    "Score",
    "Window",
    "change",
    "credit",
    "evaluate",
    "following_month",
    "membership",
    "month_of",
    "percent",
    "period_of",
    "period_so_far",
    "previous_month",
    "rate_of",
    "same_month_last_year",
    "score_of",
    "shown_percent",
    "whole_month",
]
