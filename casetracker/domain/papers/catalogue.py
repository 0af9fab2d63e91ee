"""All forms by kind. Source: docs/rules/papers.md; 《信访工作条例》(2022)."""

from collections.abc import Mapping

from casetracker.domain.papers.desk_forms import DESK_FORMS
from casetracker.domain.papers.forms import PaperForm
from casetracker.domain.papers.letters import LETTERS
from casetracker.domain.papers.notices import NOTICES, RECEIPT
from casetracker.domain.papers.opinions import OPINIONS
from casetracker.domain.papers.proceedings import PROCEEDINGS
from casetracker.domain.petition_vocabulary import PaperKind

FORMS: Mapping[PaperKind, PaperForm] = {
    form.kind: form for form in (*NOTICES, RECEIPT, *OPINIONS, *LETTERS, *DESK_FORMS, *PROCEEDINGS)
}

TELLS_OF_RECEIPT = frozenset(
    {
        PaperKind.ACCEPTANCE_NOTICE,
        PaperKind.RECEPTION_NOTICE,
        PaperKind.FORWARD_NOTICE,
        PaperKind.REDIRECT_NOTICE,
        PaperKind.REFUSAL_NOTICE,
        PaperKind.REFUSED_AGAIN_NOTICE,
    }
)
"""Notices whose service within fifteen days art. 23(2) asks for."""

HOTLINE_KINDS = frozenset(
    {
        PaperKind.DISPATCH_SLIP,
        PaperKind.EXTENSION_REQUEST,
        PaperKind.RETURN_REQUEST,
        PaperKind.HOTLINE_REPLY,
        PaperKind.SUPERVISION_ORDER,
        PaperKind.URGING_NOTICE,
        PaperKind.INSTRUCTION_COPY,
        PaperKind.CONTENTS_LIST,
    }
)
"""Kinds that a case of the hotline may have."""

OF_BOTH_TRACKS = frozenset(
    {
        PaperKind.SUPERVISION_ORDER,
        PaperKind.URGING_NOTICE,
        PaperKind.INSTRUCTION_COPY,
        PaperKind.CONTENTS_LIST,
    }
)


def forms_of(*, is_petition: bool, is_sealed: bool = False) -> tuple[PaperForm, ...]:
    """The forms that a case can have, in the order of the catalogue."""
    if is_sealed:
        return tuple(form for form in FORMS.values() if form.is_sealed)
    return tuple(
        form
        for kind, form in FORMS.items()
        if not form.is_sealed
        and (
            kind in HOTLINE_KINDS if not is_petition else kind not in HOTLINE_KINDS - OF_BOTH_TRACKS
        )
    )
