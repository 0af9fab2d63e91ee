"""What may be asked of the register of petitions, given as text."""

from typing import Annotated, Literal

from pydantic import Field

from casetracker.domain.petition_vocabulary import PetitionClass, Subroute
from casetracker.domain.vocabulary import SourceLevel
from casetracker.services.commands.fields import BlankIsNone, code_of
from casetracker.services.commands.searching import CaseSearch

YesOrNo = Annotated[Literal["yes", "no"] | None, BlankIsNone]


class PetitionSearch(CaseSearch):
    """查询信访件: all conditions hold together."""

    petition_class: Annotated[PetitionClass | None, code_of(PetitionClass), BlankIsNone] = Field(
        None, title="信访分类"
    )
    subroute: Annotated[Subroute | None, code_of(Subroute), BlankIsNone] = Field(
        None, title="申诉求决途径"
    )
    source_level: Annotated[SourceLevel | None, code_of(SourceLevel), BlankIsNone] = Field(
        None, title="来源层级"
    )
    repeated: YesOrNo = Field(None, title="初件、重件：no 初件，yes 重件")
    collective: YesOrNo = Field(None, title="集体访：yes 是，no 否")
