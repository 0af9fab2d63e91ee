"""The words of the petition track (信访) beside those that both tracks share.

Chinese names stand in `casetracker.labels.of_petitions`. Source: docs/rules/petition.md,
《信访工作条例》(2022).
"""

from enum import StrEnum

from casetracker.domain.vocabulary import Satisfaction


class PetitionClass(StrEnum):
    """The three classes of art. 29 to 31: which set of clocks and papers applies."""

    SUGGESTION = "suggestion"
    ACCUSATION = "accusation"
    APPEAL = "appeal"


class Subroute(StrEnum):
    """The six routes of an appeal, art. 31 (1) to (6); only the last has sixty days."""

    LITIGATION = "1"
    ARBITRATION = "2"
    PARTY_APPEAL = "3"
    ADMINISTRATIVE = "4"
    DUTY = "5"
    OPINION = "6"


class Purpose(StrEnum):
    """信访目的 of the national platform."""

    APPEAL = "appeal"
    DEMAND = "demand"
    ACCUSATION = "accusation"
    SUGGESTION = "suggestion"
    OTHER = "other"


class Disposal(StrEnum):
    """What was decided on after triage, so that the notice and the state after it are known."""

    FORWARDED = "forwarded"
    ASSIGNED_DOWN = "assigned_down"
    REDIRECTED = "redirected"
    REFUSED = "refused"
    REFUSED_AGAIN = "refused_again"
    ACCEPTED = "accepted"
    ACCEPTED_SIMPLE = "accepted_simple"
    DIRECT = "direct"
    RETURNED = "returned"
    MOVED_TO_LANE = "moved_to_lane"


class OpinionOutcome(StrEnum):
    """The three outcomes of an opinion, art. 32; several demands may have several."""

    SUPPORTED = "supported"
    EXPLAINED = "explained"
    NOT_SUPPORTED = "not_supported"
    PARTLY = "partly"


class AdviceOutcome(StrEnum):
    """What became of a suggestion, art. 29."""

    ADOPTED = "adopted"
    PARTLY_ADOPTED = "partly_adopted"
    NOT_ADOPTED = "not_adopted"


class RecordKind(StrEnum):
    """What was done on a petition while it was looked into, each with its own record."""

    NOTE = "note"
    INTERVIEW = "interview"
    SITE_VISIT = "site_visit"
    EVIDENCE = "evidence"
    HEARING = "hearing"
    MEDIATION = "mediation"
    SETTLEMENT = "settlement"


class ReviewStage(StrEnum):
    REVIEW = "review"
    FINAL_REVIEW = "final_review"


class ReviewOutcome(StrEnum):
    """What the organ above decided (维持、变更、撤销并责令重新办理)."""

    UPHELD = "upheld"
    CHANGED = "changed"
    REHANDLE = "rehandle"


class ConcludeGround(StrEnum):
    """Why the procedure is over (程序终结)."""

    FINAL_REVIEW = "final_review"
    WINDOW_LAPSED = "window_lapsed"
    WITHDRAWN = "withdrawn"
    MEDIATED = "mediated"
    DEATH = "death"
    LANE_FINISHED = "lane_finished"


class ServiceMethod(StrEnum):
    """How a paper reached its receiver (送达方式)."""

    IN_PERSON = "in_person"
    LEFT = "left"
    POST = "post"
    ENTRUSTED = "entrusted"
    ELECTRONIC = "electronic"
    ANNOUNCEMENT = "announcement"
    NOT_OWED = "not_owed"  # name or address unclear: no notice is owed, art. 23(2)


class EvaluatedParty(StrEnum):
    """Whom a petitioner judges, each apart (评价对象)."""

    OFFICE = "office"
    UNIT = "unit"


OFFERED_TO_PETITIONERS = (
    Satisfaction.SATISFIED, Satisfaction.BASICALLY, Satisfaction.DISSATISFIED,
)  # fmt: skip
"""评价 on the national platform knows these three; 国信发〔2014〕16号."""


class PaperKind(StrEnum):
    """The papers that the product makes, docs/rules/papers.md."""

    REGISTRATION_FORM = "registration_form"
    RECEIPT = "receipt"
    ACCEPTANCE_NOTICE = "acceptance_notice"
    RECEPTION_NOTICE = "reception_notice"
    FORWARD_NOTICE = "forward_notice"
    FORWARD_SLIP = "forward_slip"
    ASSIGNMENT_LETTER = "assignment_letter"
    OBJECTION_LETTER = "objection_letter"
    REDIRECT_NOTICE = "redirect_notice"
    REFUSAL_NOTICE = "refusal_notice"
    REFUSED_AGAIN_NOTICE = "refused_again_notice"
    TRANSFER_SLIP = "transfer_slip"
    HANDLING_SLIP = "handling_slip"
    EXTENSION_APPROVAL = "extension_approval"
    EXTENSION_NOTICE = "extension_notice"
    INTERVIEW_RECORD = "interview_record"
    HEARING_RECORD = "hearing_record"
    HEARING_NOTICE = "hearing_notice"
    MEDIATION_AGREEMENT = "mediation_agreement"
    SETTLEMENT_AGREEMENT = "settlement_agreement"
    OPINION = "opinion"
    REPLY = "reply"
    SERVICE_RECEIPT = "service_receipt"
    EXECUTION_RECORD = "execution_record"
    REVIEW_REQUEST = "review_request"
    REVIEW_OPINION = "review_opinion"
    FINAL_REVIEW_OPINION = "final_review_opinion"
    CONCLUSION_RECORD = "conclusion_record"
    SETTLED_RECORD = "settled_record"
    SUPERVISION_ORDER = "supervision_order"
    URGING_NOTICE = "urging_notice"
    RECEPTION_RECORD = "reception_record"
    INSTRUCTION_COPY = "instruction_copy"
    UNDERTAKING_FORM = "undertaking_form"
    DISPATCH_SLIP = "dispatch_slip"
    EXTENSION_REQUEST = "extension_request"
    RETURN_REQUEST = "return_request"
    HOTLINE_REPLY = "hotline_reply"
    CONTENTS_LIST = "contents_list"


class ReceptionKind(StrEnum):
    """接访类型: at the office, going down to the people, or by appointment."""

    ON_SITE = "on_site"
    GOING_DOWN = "going_down"
    BY_APPOINTMENT = "by_appointment"


class UndertakingResult(StrEnum):
    """How an undertaken matter (包案) came out."""

    SETTLED = "settled"
    PARTLY = "partly"
    NOT_SETTLED = "not_settled"
    IN_COURT = "in_court"


class VisitResult(StrEnum):
    """How a reception of visitors ended (接待结果)."""

    ANSWERED = "answered"
    DIRECTED = "directed"
    HANDED_OVER = "handed_over"
    REGISTERED = "registered"


class SessionStatus(StrEnum):
    """Where a leader's reception stands, docs/rules/ledgers.md."""

    PLANNED = "planned"
    PUBLISHED = "published"
    HELD = "held"
    CANCELLED = "cancelled"
