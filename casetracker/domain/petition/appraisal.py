"""What of petitions does not count in the rates, and the appeal of the unit that was judged."""

from casetracker.domain import petition_guards as p
from casetracker.domain.exclusions import appeal_rows, exclusion_rows
from casetracker.domain.petition.groups import ALL, ANSWERED, CLERK, HEADS, UNDER_REVIEW, UNIT
from casetracker.domain.vocabulary import Role
from casetracker.domain.workflow import roles

SUPERVISOR = roles(Role.SUPERVISOR)

APPRAISAL = (
    *exclusion_rows(
        ALL, UNIT | CLERK | SUPERVISOR, HEADS | SUPERVISOR, row="30", guards=(p.not_recused,)
    ),
    *appeal_rows(
        ANSWERED | UNDER_REVIEW, UNIT, row="31", guards=(p.not_recused, p.judged_unhappily)
    ),
)
