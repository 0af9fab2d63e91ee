"""Values that papers take from the file: what was issued, served, handed in, said before."""

from sqlalchemy import select

from casetracker.domain.petition_vocabulary import PaperKind
from casetracker.domain.vocabulary import Action
from casetracker.labels import label
from casetracker.persistence.papers import Paper, PaperService
from casetracker.persistence.timeline import TimelineEntry, TimelineText
from casetracker.persistence.working import Attachment, Reply
from casetracker.services.steps.papers.of_the_ledgers import letter_note, reception
from casetracker.services.steps.papers.subject import Subject, Values, day_text, listed, moment_text

K = PaperKind


def served(subject: Subject) -> Values:
    """The last paper that has to be served, with how it was, if it was."""
    papers = [row for row in subject.rows(Paper) if row.kind is not K.SERVICE_RECEIPT]
    if not papers:
        return {}
    paper = papers[-1]
    served = [s for s in _services(subject) if s.paper_id == paper.id]
    values = {"paper_title": paper.title, "paper_number": paper.number or ""}
    if served:
        row = served[-1]
        values |= {
            "method": label(row.method),
            "served_at": moment_text(row.served_at),
            "receiver": row.receiver,
            "witness": row.witness or "",
            "note": row.note or "",
        }
    return values


def _services(subject: Subject) -> list[PaperService]:
    query = select(PaperService).join(Paper, Paper.id == PaperService.paper_id)
    return list(subject.session.scalars(query.where(Paper.case_id == subject.case.id)))


def contents(subject: Subject) -> Values:
    """Everything in the file in order of date: papers first made, then what was handed in."""
    street = subject.ref.settings["street_name"]
    lines = [
        (row.issued_at, row.number or "", street, row.title, row.issued_on, "")
        for row in subject.rows(Paper)
        if row.kind is not K.CONTENTS_LIST
    ]
    lines += [
        (row.uploaded_at, "", subject.name_of(row.uploaded_by) or "信访人", row.filename,
         row.uploaded_at.date(), "附件")
        for row in subject.rows(Attachment)
    ]  # fmt: skip
    lines.sort(key=lambda line: line[0])
    return {
        "items": "\n".join(
            f"{place}|{number}|{author}|{title}|{day}|{note}"
            for place, (_, number, author, title, day, note) in enumerate(lines, 1)
        )
    }


def earlier(subject: Subject) -> Values:
    """Opinions that were given before, each with number and date."""
    opinions = [row for row in subject.rows(Paper) if row.kind in (K.OPINION, K.REPLY)]
    named = listed(f"{row.title}（{row.number}，{row.issued_on}）" for row in opinions)
    return {"previous": named, "earlier": named}


def instruction(subject: Subject) -> Values:
    """The leader's last word on the case, as the history keeps it, else as a ledger does."""
    entries = [e for e in subject.rows(TimelineEntry) if e.action is Action.INSTRUCT]
    if not entries:
        return letter_note(subject) or reception(subject)
    text = subject.session.get(TimelineText, entries[-1].id)
    return {
        "leader": entries[-1].actor_name,
        "instructed_on": day_text(entries[-1].at),
        "instruction": (text.body if text else None) or "",
    }


def answer(subject: Subject) -> Values:
    rows = [row for row in subject.rows(Reply) if row.approved]
    return {"facts": rows[-1].text} if rows else {}


def progress(subject: Subject) -> Values:
    return {"facts": f"现为“{label(subject.case.state)}”。"}
