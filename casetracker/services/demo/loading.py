"""Loads the whole demonstration: the street, its past, and what goes on today."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from random import Random

from sqlalchemy.orm import Session

from casetracker.domain.days import local_date
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.services.context import Context
from casetracker.services.demo.foundation import DemoAccount, lay_foundation
from casetracker.services.demo.hard_matters import lay_hard_matters
from casetracker.services.demo.ledger_links import link_ledgers
from casetracker.services.demo.past import Storyteller, cases_of_2019, recent_cases
from casetracker.services.demo.patrol_present import play_patrols
from casetracker.services.demo.patrols import lay_patrols
from casetracker.services.demo.petition_past import (
    PetitionTeller,
    petitions_of_2019,
    recent_petitions,
)
from casetracker.services.demo.petition_present import (
    PetitionStage,
    play_petitions,
    tell_stories,
)
from casetracker.services.demo.petition_stories import STORIES
from casetracker.services.demo.present import play_all, stage_of
from casetracker.services.demo.receptions import lay_receptions
from casetracker.services.demo.talks import lay_talks
from casetracker.services.demo.timing import Pace
from casetracker.services.demo.visitors import lay_visits
from casetracker.services.imports.imported import ImportedCase
from casetracker.services.imports.running import (
    BATCH,
    ImportReport,
    begin_batch,
    finish_batch,
)
from casetracker.services.imports.writing import write_batch
from casetracker.services.oversight.watching import watch
from casetracker.services.use_case import query

SEED = 2019
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class DemoSize:
    """How much is told; tests tell less."""

    year_2019: int | None = None
    per_unit: tuple[int, int] = (4, 7)
    every_scene: int = 1
    petitions: bool = True


@dataclass(frozen=True, slots=True)
class DemoLoaded:
    """What was laid down."""

    accounts: tuple[DemoAccount, ...]
    past: int
    present: int


def load_demo(
    ctx: Context, size: DemoSize = DemoSize(), progress: Progress = lambda done: None
) -> DemoLoaded:
    """The demonstration street as of `ctx.now`, into an empty database.

    The same moment gives the same street, passwords and the gaps in petition numbers aside. Raises
    AlreadyLoaded.
    """
    accounts = lay_foundation(ctx)
    ref = _reference(ctx)
    pace = Pace(ref.calendar, ref.settings.office_hours)
    teller = Storyteller(ref, pace, Random(SEED))  # noqa: S311 - stories, not secrets
    old = islice(cases_of_2019(teller), size.year_2019)
    past = _write(ctx, "2019年热线工单", old, progress)
    recent = recent_cases(teller, ctx.now, local_date(ctx.now), per_unit=size.per_unit)
    past += _write(ctx, "近期热线工单", recent, progress)
    stage = stage_of(ctx, teller)
    play_all(stage, progress, every=size.every_scene)
    petitions = PetitionStage(stage, PetitionTeller(teller))
    if size.petitions:
        past += _petitions(ctx, petitions, progress)
        play_petitions(petitions, progress, every=size.every_scene)
    lay_visits(ctx)
    lay_receptions(ctx)
    lay_hard_matters(ctx)
    lay_patrols(ctx)
    play_patrols(stage)
    link_ledgers(ctx)
    lay_talks(ctx)
    watch(ctx)
    return DemoLoaded(accounts, past, stage.played + petitions.played)


def _petitions(ctx: Context, stage: PetitionStage, progress: Progress) -> int:
    """The 95 of 2019, some of them told step by step, and those of the last months."""
    tales = stage.tales
    old = petitions_of_2019(tales, tuple(story.scene.level for story in STORIES))
    past = _write(ctx, "2019年信访件", old, progress)
    tell_stories(stage, progress)
    recent = recent_petitions(tales, ctx.now, local_date(ctx.now))
    return past + _write(ctx, "近期信访件", recent, progress)


def _write(ctx: Context, name: str, cases: Iterable[ImportedCase], progress: Progress) -> int:
    """The way of an imported file, without a file."""
    batch = begin_batch(ctx, name, "0" * 64, "history")
    report = ImportReport()
    for chunk in _chunks(iter(cases)):
        done = write_batch(ctx, chunk, batch, "external_number")
        report.read += len(chunk)
        report.added += done.added
        progress(len(chunk))
    finish_batch(ctx, batch, report)
    return report.added


def _chunks(cases: Iterator[ImportedCase]) -> Iterator[list[ImportedCase]]:
    while chunk := list(islice(cases, BATCH)):
        yield chunk


@query
def _reference(ctx: Context, session: Session) -> Reference:
    return reference(session)
