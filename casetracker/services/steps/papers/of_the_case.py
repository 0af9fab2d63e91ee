"""Values that every paper of a case may need: who, what, when, by whom, by when."""

from casetracker.domain.papers.forms import Audience
from casetracker.domain.petition_law import OF_REFUSAL
from casetracker.domain.privacy import mask_id_number, mask_name, mask_phone
from casetracker.domain.vocabulary import Part
from casetracker.labels import label
from casetracker.persistence.clock import Clock
from casetracker.persistence.petition import PetitionPerson
from casetracker.persistence.working import Attachment
from casetracker.services.steps.papers.subject import Subject, Values, day_text, listed, moment_text

MAIN_LIMITS = ("handle60", "simple10", "suggest30", "handle", "redo")
LIMIT_WORDS = {"handle60": "自受理之日起六十日", "simple10": "自受理之日起十个工作日"}
WITHHELD = "（信访人要求保密）"
ROUTE = "由承办单位听取陈述、调查核实，经审核后作出处理意见，以书面形式送达。"


def case_values(subject: Subject) -> Values:
    """All of them together; what is not known is empty."""
    return {
        **_head(subject),
        **_person(subject),
        **_petition(subject),
        **_limit(subject),
        **_office(subject),
    }


def _head(subject: Subject) -> Values:
    case, secret = subject.case, subject.secret
    return {
        "case_number": case.number,
        "channel": label(case.channel),
        "source_level": label(case.source_level) if case.source_level else "",
        "urgency": label(case.urgency),
        "received_on": day_text(case.received_at),
        "received_at": moment_text(case.received_at),
        "persons": str(case.persons),
        "times": "重件" if case.repeat_of_id else "初件",
        "matter": secret.content if secret else case.content,
        "accused": _accused(subject) if secret else "",
        "registered_by": subject.name_of(case.registered_by),
        "handler": subject.name_of(case.handler_id),
        "result": label(case.result) if case.result else "",
        "satisfaction": label(case.satisfaction) if case.satisfaction else "",
        "annexes": listed(row.filename for row in subject.rows(Attachment)),
    }


def _accused(subject: Subject) -> str:
    secret = subject.secret
    known = (secret.accused, subject.unit_name(secret.accused_unit_id)) if secret else ()
    return " ".join(filter(None, known))


def _person(subject: Subject) -> Values:
    """In full on what goes to them; hidden from others where they asked for it."""
    person = subject.person
    if person is None:
        return {"petitioner": "信访人"}
    to_them = subject.form.audience is Audience.PETITIONER
    if person.is_confidential and not to_them:
        return {"petitioner": WITHHELD}
    name = person.name or "未留姓名"
    is_hotline = subject.petition is None
    return {
        "petitioner": mask_name(name) if is_hotline and not to_them and person.name else name,
        "petitioner_phone": person.phone or "",
        "masked_phone": mask_phone(person.phone) if person.phone else "",
        "petitioner_address": person.address or "",
        "id_number": mask_id_number(person.id_number) if person.id_number else "",
        "representatives": listed(
            row.name for row in subject.rows(PetitionPerson) if row.is_representative
        ),
    }


def _petition(subject: Subject) -> Values:
    """What was found and decided since; empty for the hotline."""
    row = subject.petition
    if row is None:
        return {}
    refused = OF_REFUSAL.get(row.refusal_reason, "") if row.refusal_reason else ""
    return {
        "accepted_on": day_text(row.accepted_at),
        "served_on": day_text(row.served_at),
        "opinion_number": row.opinion_number or "",
        "to_organ": row.organ or "",
        "reason": row.disposal_words or "",
        "law": refused or row.law or "",
        "forwarded_on": day_text(subject.work.ctx.now),
        "report_due_on": day_text(row.report_due_on),
        "sent_number": row.sent_number or "",
        "sent_on": day_text(row.sent_on),
        "execute_by": day_text(row.execute_by),
        "executed_on": day_text(row.executed_at),
        "settled_on": day_text(row.settled_at),
        "concluded_on": day_text(row.concluded_at),
        "ground": label(row.conclude_ground) if row.conclude_ground else "",
    }


def _limit(subject: Subject) -> Values:
    """The main limit of the present round, whether it still runs or not."""
    clock = main_clock(subject)
    if clock is None:
        return {}
    return {
        "limit_words": LIMIT_WORDS.get(clock.limit_code, ""),
        "due_on": day_text(clock.due_at),
        "due_at": moment_text(clock.due_at),
    }


def main_clock(subject: Subject) -> Clock | None:
    """The newest of the limits for the whole matter."""
    clocks = [c for c in subject.work.clocks.rows if c.limit_code in MAIN_LIMITS]
    return clocks[-1] if clocks else None


def _office(subject: Subject) -> Values:
    """Who answers for the paper: the unit, the office, the organs above."""
    settings, case = subject.ref.settings, subject.case
    petition = subject.petition is not None
    helpers = [p.unit_id for p in subject.work.parts if p.part is not Part.LEAD]
    return {
        "unit": _unit(subject),
        "helpers": listed(subject.unit_name(unit_id) for unit_id in helpers),
        "contact": subject.name_of(case.handler_id) or subject.work.ctx.actor.name,
        "phone": settings["petition_phone" if petition else "service_phone"],
        "route": ROUTE,
        "respondent": settings["street_name"],
        "review_organ": settings["review_organ"],
        "final_review_organ": settings["final_review_organ"],
        "requirement": next(
            (p.request or "" for p in subject.work.parts if p.part is Part.LEAD), ""
        ),
    }


def _unit(subject: Subject) -> str:
    """Who has it; before it is given to anybody, the office of whoever writes the paper."""
    ids = (subject.case.lead_unit_id, subject.work.ctx.actor.unit_id)
    names = (subject.unit_name(unit_id) for unit_id in ids)
    return next(filter(None, names), subject.ref.settings["street_name"])
