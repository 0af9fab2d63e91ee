"""What the page and the API show of one case: frozen views, persons masked, names resolved.

Instants are aware UTC. Texts that the actor may not read are None with `is_hidden`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from casetracker.domain.deadline_steps import Step
from casetracker.domain.deadlines import Standing
from casetracker.domain.vocabulary import (
    Action,
    CallValidity,
    Channel,
    ClockStatus,
    ContactChannel,
    ContactOutcome,
    DissatisfactionReason,
    ExcludeReason,
    Kind,
    Part,
    RequestKind,
    RequestStatus,
    Result,
    Role,
    Satisfaction,
    SourceLevel,
    State,
    SuperviseLevel,
    SuperviseTrigger,
    Track,
    Urgency,
    Visibility,
)
from casetracker.services.case_reading.lane_file import LaneView
from casetracker.services.case_reading.petition_file import PetitionView


@dataclass(frozen=True, slots=True)
class HeadView:
    """The case itself; `due_at` and `standing` are those of its nearest clock."""

    id: int
    number: str
    version: int
    track: Track
    state: State
    is_open: bool
    title: str
    content: str
    channel: Channel
    source_level: SourceLevel | None
    kind: Kind
    urgency: Urgency
    is_important: bool
    risk_tags: frozenset[str]
    category: str | None
    category_code: str | None
    persons: int
    external_number: str | None
    external_due_at: datetime | None
    unit: str | None
    unit_code: str | None
    handler: str | None
    registered_by: str | None
    is_designated: bool
    round: int
    due_at: datetime | None
    warn_at: datetime | None
    standing: Standing | None
    received_at: datetime
    dispatched_at: datetime | None
    signed_at: datetime | None
    contacted_at: datetime | None
    replied_at: datetime | None
    closed_at: datetime | None
    archived_at: datetime | None
    result: Result | None
    resolved: bool | None
    satisfaction: Satisfaction | None
    is_dissatisfied: bool
    redo_count: int
    return_count: int
    urge_count: int
    repeat_count: int
    excluded: ExcludeReason | None
    judged_unreasonable: bool


@dataclass(frozen=True, slots=True)
class PersonView:
    """The resident; masked unless `is_revealed`."""

    name: str
    phone: str | None
    id_number: str | None
    address: str | None
    is_confidential: bool
    wants_no_calls: bool
    is_revealed: bool = False


@dataclass(frozen=True, slots=True)
class PlaceView:
    address: str | None
    unit: str | None
    latitude: float | None
    longitude: float | None


@dataclass(frozen=True, slots=True)
class ClockView:
    """One limit: `due_at` is what lateness is judged by, `from_upstream` where that is theirs."""

    id: int
    limit: str
    rule: str
    unit: str | None
    round: int
    status: ClockStatus
    standing: Standing
    started_at: datetime
    due_raw: datetime
    due_legal: datetime
    due_at: datetime
    warn_at: datetime
    provisional: bool
    from_upstream: bool
    extended_days: int
    stopped_at: datetime | None
    steps: tuple[Step, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class EntryView:
    """One entry of the history; `text` None with `is_hidden` or `is_erased` says why."""

    seq: int
    at: datetime
    happened_at: datetime | None
    actor: str
    actor_role: Role
    unit: str | None
    action: Action
    outcome: str
    from_state: State | None
    to_state: State
    visibility: Visibility
    payload: Mapping[str, Any]
    text: str | None
    is_hidden: bool
    is_erased: bool
    door: str
    hash: str


@dataclass(frozen=True, slots=True)
class PartView:
    id: int
    unit: str
    unit_id: int
    part: Part
    assigned_at: datetime
    request: str | None
    reasons: str | None
    signed_at: datetime | None
    answered_at: datetime | None
    answer: str | None
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class RequestView:
    id: int
    kind: RequestKind
    status: RequestStatus
    requested_by: str | None
    unit: str | None
    requested_at: datetime
    reason_code: str | None
    reason: str
    days: int | None
    proposed_unit: str | None
    plan: str | None
    document_number: str | None
    until: date | None
    decided_by: str | None
    decided_at: datetime | None
    decision_note: str | None


@dataclass(frozen=True, slots=True)
class ContactView:
    at: datetime
    by: str | None
    channel: ContactChannel
    outcome: ContactOutcome
    note: str | None
    round: int


@dataclass(frozen=True, slots=True)
class ReplyView:
    """A version of the answer; `approved` None while it waits for review."""

    round: int
    draft_no: int
    result: Result
    text: str
    inner_note: str | None
    submitted_by: str | None
    submitted_at: datetime
    reviewed_by: str | None
    reviewed_at: datetime | None
    review_note: str | None
    approved: bool | None
    reached_via: ContactChannel | None
    reached_at: datetime | None
    copied_upstream_at: datetime | None


@dataclass(frozen=True, slots=True)
class FollowUpView:
    at: datetime
    by: str | None
    by_resident: bool
    validity: CallValidity
    contacted: bool | None
    resolved: bool | None
    satisfaction: Satisfaction | None
    because: DissatisfactionReason | None
    note: str | None
    counted: bool
    round: int


@dataclass(frozen=True, slots=True)
class OrderView:
    number: str
    unit: str | None
    level: SuperviseLevel
    trigger: SuperviseTrigger
    requirement: str
    issued_by: str | None
    issued_at: datetime
    feedback: str | None
    feedback_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class FileView:
    id: int
    purpose: str
    filename: str
    mime: str
    size: int
    sha256: str
    round: int
    uploaded_by: str | None
    uploaded_at: datetime


@dataclass(frozen=True, slots=True)
class LinkView:
    """Another case: `repeat_of`, `grouped_into`, `repeat`, `grouped`, `same_person`; or the other
    side of 转信访: `turned_into` the petition, `turned_from` the hotline case.
    """

    relation: str
    number: str
    title: str
    state: State
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Offer:
    """An action that the state has for the actor; `refusal` is the code of what stands against.

    `outcomes` are the rows of the table that are open now ('' where there is but one).
    """

    action: Action
    refusal: str | None = None
    outcomes: tuple[str, ...] = ("",)

    @property
    def is_allowed(self) -> bool:
        return self.refusal is None


@dataclass(frozen=True, slots=True)
class CaseFile:
    """All that is known of one case at one moment."""

    head: HeadView
    person: PersonView
    place: PlaceView
    clocks: tuple[ClockView, ...]
    timeline: tuple[EntryView, ...]
    parts: tuple[PartView, ...]
    requests: tuple[RequestView, ...]
    contacts: tuple[ContactView, ...]
    replies: tuple[ReplyView, ...]
    follow_ups: tuple[FollowUpView, ...]
    orders: tuple[OrderView, ...]
    files: tuple[FileView, ...]
    links: tuple[LinkView, ...]
    history: tuple[LinkView, ...]
    offers: tuple[Offer, ...]
    primary: Action | None
    petition: PetitionView | None = None
    lane: LaneView | None = None

    def offer(self, action: Action) -> Offer | None:
        return next((offer for offer in self.offers if offer.action is action), None)

    @property
    def reply(self) -> ReplyView | None:
        """What the resident was answered last."""
        return next((reply for reply in reversed(self.replies) if reply.approved), None)

    @property
    def draft(self) -> ReplyView | None:
        """What waits for review."""
        return next((reply for reply in reversed(self.replies) if reply.approved is None), None)

    def pending(self, kind: RequestKind) -> RequestView | None:
        return next(
            (r for r in self.requests if r.kind is kind and r.status is RequestStatus.PENDING), None
        )
