"""转信访: a hotline case turns out to be a petition: a linked petition, never both counted.

The resident keeps their query code under the new number too. Source: 北京市接诉即办工作条例
art. 11(2); docs/rules/hotline.md row 25.
"""

from casetracker.domain.history import START
from casetracker.domain.vocabulary import Action, Role, Track
from casetracker.domain.workflows import WORKFLOWS
from casetracker.persistence import search_index
from casetracker.persistence.case import Case
from casetracker.persistence.petition import Petition
from casetracker.services.recording import record
from casetracker.services.steps.casework import CaseWork
from casetracker.services.steps.clocks import Clocks
from casetracker.services.steps.petition_facts import first_limits
from casetracker.services.steps.registering import new_number, registration_entry, searchable

KEPT = (
    *("channel", "source_level", "kind", "urgency", "is_important", "risk_tags", "category_id"),
    *("title", "content", "address", "area_unit_id", "latitude", "longitude", "persons"),
    *("petitioner_id", "query_code_hash", "repeat_of_id"),
)
"""What the petition takes over from the hotline case as the resident put it."""


def open_petition(work: CaseWork) -> Case:
    """Register the petition that the hotline case turned into; received now."""
    old, now, session = work.case, work.ctx.now, work.session
    case = Case(
        number=new_number(session, work.ref, Track.PETITION, now),
        track=Track.PETITION,
        state=WORKFLOWS[Track.PETITION].row(Action.REGISTER).target,
        is_open=True,
        is_sealed=False,
        version=0,
        head_hash=START,
        registered_by=work.ctx.actor.account_id,
        received_at=now,
        **{name: getattr(old, name) for name in KEPT},
    )
    clocks = Clocks(session, work.ref, case, now)
    clocks.start("notify15")
    clocks.show_on_case()
    record(work.ctx, session, case, registration_entry(case, Role.SYSTEM))
    clocks.attach()
    session.add(Petition(case_id=case.id, from_hotline_id=old.id, **first_limits(clocks)))
    search_index.write(session, case.id, searchable(case), is_new=True)
    return case
