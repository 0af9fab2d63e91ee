"""The petition office's part of a report, under the profile of petitions alone.

Source: docs/rules/reports.md 8.
"""

from collections.abc import Mapping
from typing import Any

from casetracker.domain.reports.facts import Compared, Form, Petitions
from casetracker.domain.reports.periods import ReportPeriod
from casetracker.domain.vocabulary import Channel
from casetracker.persistence.case import Case
from casetracker.services.reports.asking import Asking
from casetracker.services.reports.figures import (
    base_words_of,
    count_of,
    figures_of,
    profile_words,
)
from casetracker.services.reports.ledger_counts import (
    old_case_counts,
    reception_counts,
    visit_counts,
    whole_days_of,
)
from casetracker.stats.published import told
from casetracker.stats.report_figures import OF_RECEIVED, TOGETHER, in_part
from casetracker.stats.tallies import Tally, whole_of

FORMS: Mapping[str, frozenset[Channel]] = {
    "来信": frozenset({Channel.LETTER}),
    "来访": frozenset({Channel.VISIT}),
    "网信": frozenset({Channel.PETITION_ONLINE, Channel.PORTAL}),
    "来电": frozenset({Channel.CALL}),
    "上级转送交办": frozenset({Channel.FORWARDED}),
}
"""Forms of petition; whatever else there is stands under 其他."""
COLUMNS: Mapping[str, Any] = {"channel": Case.channel, TOGETHER: OF_RECEIVED[TOGETHER]}
"""What petitions are broken down by."""


def petitions_of(asking: Asking, period: ReportPeriod) -> Petitions:
    """The petitions of the period; 件次 and 人次 apart."""
    periods = (period, period.previous(), period.last_year())
    asked = [asking.asked_of_petitions(one) for one in periods]
    profile, now = asked[0]
    [here], [before], [last_year] = told(
        asking.session, asking.reading(None), asked[:1], asked[1:2], asked[2:]
    )
    total, previous, year_ago = here.total, before.total, last_year.total
    came_in = asking.broken_down(asked[:1], COLUMNS)
    [channels] = came_in["channel"]
    collective = in_part(came_in, TOGETHER)
    old, receptions = old_case_counts(asking.session, now), reception_counts(asking.session, now)
    visits = visit_counts(asking.session, now)
    return Petitions(
        profile=profile_words(profile),
        profile_code=profile.code,
        version=profile.version,
        received=Compared(count_of(total), count_of(previous), count_of(year_ago)),
        persons=whole_of(channels).persons,
        again=int(total["repeat"].numerator),
        collective=collective.cases,
        collective_persons=collective.persons,
        forms=_forms(channels),
        metrics=figures_of(profile, total, previous, year_ago),
        old_listed=old.listed,
        old_struck=old.struck_off,
        old_left=old.left,
        sessions=receptions.sessions,
        matters=receptions.matters,
        letters=receptions.letters,
        visits=visits.visits,
        visitors=visits.persons,
        base_words=base_words_of(period, before, last_year),
        whole_days=whole_days_of(now),
        excluded=sum(total["received"].excluded.values()),
    )


def _forms(channels: Mapping[Any, Tally]) -> tuple[Form, ...]:
    known = frozenset[Channel]().union(*FORMS.values())
    others = frozenset(Channel) - known
    forms = []
    for name, among in {**FORMS, "其他": others}.items():
        whole = whole_of({key: one for key, one in channels.items() if key in among})
        if whole.cases:
            forms.append(Form(name, whole.cases, whole.persons, _channels(among)))
    return tuple(forms)


def _channels(among: frozenset[Channel]) -> dict[str, str]:
    return {"channels": ",".join(sorted(among))}
