"""The petition office's part of a report, under the profile of petitions alone.

Source: docs/rules/reports.md 8.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from casetracker.domain.reports.facts import Compared, Form, Petitions
from casetracker.domain.reports.periods import ReportPeriod
from casetracker.domain.vocabulary import Channel
from casetracker.persistence.case import Case
from casetracker.persistence.petition import Petition
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
)
from casetracker.stats.published import told
from casetracker.stats.tables import Asked
from casetracker.stats.tallies import Tally, whole_of

FORMS: Mapping[str, frozenset[Channel]] = {
    "来信": frozenset({Channel.LETTER}),
    "来访": frozenset({Channel.VISIT}),
    "网信": frozenset({Channel.PETITION_ONLINE, Channel.PORTAL}),
    "来电": frozenset({Channel.CALL}),
    "上级转送交办": frozenset({Channel.FORWARDED}),
}
"""Forms of petition; whatever else there is stands under 其他."""


def petitions_of(asking: Asking, period: ReportPeriod) -> Petitions:
    """The petitions of the period; 件次 and 人次 apart."""
    periods = (period, period.previous(), period.last_year())
    asked = [asking.asked_of_petitions(one) for one in periods]
    profile, now = asked[0]
    [here], [before], [last_year] = told(
        asking.session, asking.reading(None), asked[:1], asked[1:2], asked[2:]
    )
    total, previous, year_ago = here.total, before.total, last_year.total
    [channels] = asking.broken_down(asked[:1], {"channel": Case.channel})["channel"]
    collective = _collective(asking, asked[0])
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
        excluded=sum(total["received"].excluded.values()),
    )


def _forms(channels: Mapping[Any, Tally]) -> tuple[Form, ...]:
    known = frozenset[Channel]().union(*FORMS.values())
    others = frozenset(Channel) - known
    forms = []
    for name, among in {**FORMS, "其他": others}.items():
        whole = whole_of({key: one for key, one in channels.items() if key in among})
        if whole.cases:
            forms.append(Form(name, whole.cases, whole.persons))
    return tuple(forms)


def _collective(asking: Asking, asked: Asked) -> Tally:
    """集体访 in 件次 and 人次."""
    received = asking.received(asked.profile).condition(asking.session, [asked.window])
    cases, persons = asking.session.execute(
        select(func.count(Case.id), func.coalesce(func.sum(Case.persons), 0))
        .join(Petition, Petition.case_id == Case.id)
        .where(received, Petition.is_collective)
    ).one()
    return Tally(cases, int(persons))
