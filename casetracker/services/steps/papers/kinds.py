"""What a kind of paper knows beyond the case itself."""

from collections.abc import Callable, Mapping

from casetracker.domain.petition_vocabulary import PaperKind, RecordKind
from casetracker.domain.vocabulary import RequestKind
from casetracker.services.steps.papers import of_the_file as file
from casetracker.services.steps.papers import of_the_handling as handling
from casetracker.services.steps.papers import of_the_ledgers as ledgers
from casetracker.services.steps.papers.subject import Subject, Values

K = PaperKind

VALUES: Mapping[PaperKind, Callable[[Subject], Values]] = {
    K.OPINION: handling.opinion,
    K.REPLY: handling.opinion,
    K.EXECUTION_RECORD: handling.execution,
    K.EXTENSION_NOTICE: handling.extension,
    K.EXTENSION_APPROVAL: handling.extension,
    K.EXTENSION_REQUEST: handling.request(RequestKind.EXTENSION),
    K.RETURN_REQUEST: handling.request(RequestKind.RETURN),
    K.SUPERVISION_ORDER: handling.order,
    K.URGING_NOTICE: file.progress,
    K.INTERVIEW_RECORD: handling.record(RecordKind.INTERVIEW),
    K.HEARING_RECORD: handling.record(RecordKind.HEARING),
    K.MEDIATION_AGREEMENT: handling.record(RecordKind.MEDIATION),
    K.SETTLEMENT_AGREEMENT: handling.record(RecordKind.SETTLEMENT),
    K.REVIEW_REQUEST: handling.reviews,
    K.CONCLUSION_RECORD: handling.reviews,
    K.INSTRUCTION_COPY: file.instruction,
    K.RECEPTION_RECORD: ledgers.reception,
    K.UNDERTAKING_FORM: ledgers.undertaking,
    K.SERVICE_RECEIPT: file.served,
    K.CONTENTS_LIST: file.contents,
    K.HOTLINE_REPLY: file.answer,
    K.REFUSED_AGAIN_NOTICE: file.earlier,
    K.REGISTRATION_FORM: file.earlier,
}
