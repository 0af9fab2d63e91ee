"""Plays petitions through the real use cases: those of today, and the stories of 2019."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import cycle
from typing import Any

from casetracker.domain.days import SHANGHAI, local_date
from casetracker.domain.petition_vocabulary import PaperKind
from casetracker.domain.vocabulary import Action, Channel
from casetracker.persistence.queries.reference import UnitFacts
from casetracker.services.commands.intake import RegisterCase
from casetracker.services.commands.papers import command_of
from casetracker.services.commands.petitions import EvaluatePetition
from casetracker.services.context import RESIDENT, Context
from casetracker.services.demo.organisation import name_of
from casetracker.services.demo.petition_matters import PetitionTelling
from casetracker.services.demo.petition_past import PetitionTeller, working_units
from casetracker.services.demo.petition_scenes import (
    JUDGE,
    PAPER,
    PETITION_SCENES,
    DayAfter,
    HoursBefore,
    PetitionScene,
)
from casetracker.services.demo.petition_stories import ACCUSATIONS, STORIES
from casetracker.services.demo.present import OF_THE_UNIT, Stage
from casetracker.services.demo.scenes import Do
from casetracker.services.receiving.intake import register_case
from casetracker.services.residents.petitioner_acts import evaluate_petition
from casetracker.services.steps.actions import ACTIONS
from casetracker.services.steps.papers.issuing import issue

OPENING = time(9, 40, tzinfo=SHANGHAI)
FIRST_UNIT = 3
"""Where the cycle of units begins: the first ones are centres with little to petition about."""


@dataclass(slots=True)
class _Played:
    """One petition while it is played: what it is about, whose it is, and its code."""

    number: str
    code: str
    name: str
    unit: UnitFacts
    words: dict[str, str]


@dataclass(slots=True)
class PetitionStage:
    """The stage of the hotline, with petitions on it."""

    stage: Stage
    tales: PetitionTeller
    played: int = 0
    units: Iterator[UnitFacts] = field(init=False)

    def __post_init__(self) -> None:
        units = working_units(self.tales.teller)
        self.units = cycle(units[FIRST_UNIT:] + units[:FIRST_UNIT])

    def play(self, scene: PetitionScene, rest: float) -> str:
        """One petition of a scene, ending that long ago; its number."""
        whole = sum(step.hours for step in scene.steps) + rest
        pace, now = self.stage.teller.pace, self.stage.base.now
        return self.play_from(scene, pace.office.subtract_office_time(now, whole, pace.calendar))

    def tell(self, scene: PetitionScene, begins: date) -> str:
        """One petition from a day of the past on; its number."""
        return self.play_from(scene, datetime.combine(begins, OPENING).astimezone(UTC))

    def play_from(self, scene: PetitionScene, begins: datetime) -> str:
        moment = begins.replace(microsecond=0)
        one = self._registered(scene, moment)
        for step in scene.steps:
            after = self.stage.teller.pace.after(moment, step.hours)
            moment = min(after, self.stage.base.now)
            self._take(one, step, moment)
        return one.number

    def _registered(self, scene: PetitionScene, at: datetime) -> _Played:
        self.played += 1
        random, unit = self.stage.teller.random, next(self.units)
        telling, area = self.tales.telling(unit, scene.route)
        name = name_of(random.randrange(100_000))
        body: dict[str, Any] = {
            "track": "petition",
            "channel": scene.channel,
            "source_level": scene.level,
            "kind": "report" if scene.content else telling.matter.kind,
            "category": None if scene.content else telling.matter.category,
            "title": scene.title or telling.title,
            "content": scene.content or telling.content,
            "important": scene.important,
            "persons": scene.persons,
            "petitioner": {
                "name": name,
                "phone": f"1{random.choice('3578')}{random.randrange(10**9):09}",
                "address": telling.address,
            },
            "location": {"address": telling.address, "unit": area.name},
            "petition": {key: _filled(value, {}, at) for key, value in scene.details.items()},
        }
        number, code = self._entered(scene, body, at)
        return _Played(number, code, name, unit, _words(telling, name, unit))

    def _entered(self, scene: PetitionScene, body: dict[str, Any], at: datetime) -> tuple[str, str]:
        ctx = self.stage.ctx(scene.by, at)
        if not scene.from_hotline:
            done = register_case(ctx, RegisterCase.model_validate(body))
            return done.number, done.facts["query_code"]
        call = {**body, "track": "hotline", "channel": Channel.MAYOR_LINE, "petition": None}
        heard = register_case(self.stage.ctx("operator1", at), RegisterCase.model_validate(call))
        spec = ACTIONS[Action.REFER]
        words = {"to": "petition", "text": "您的诉求属信访事项，已转信访部门登记办理。"}
        command = spec.command.model_validate(words)
        moved = spec.run(self.stage.ctx("dispatcher1", at), heard.number, command)
        return moved.facts["petition"], heard.facts["query_code"]

    def _take(self, one: _Played, step: Do, at: datetime) -> None:
        body = {name: _filled(value, one.words, at) for name, value in step.body.items()}
        if step.action == JUDGE:
            self._judge(one, body, at)
            return
        ctx = self.stage.ctx(self._who(step.who, one.unit), at)
        if step.action == PAPER:
            kind = PaperKind(body.pop("kind"))
            issue(ctx, one.number, kind, command_of(kind).model_validate(body))
            return
        spec = ACTIONS[Action(step.action)]
        spec.run(ctx, one.number, spec.command.model_validate(body))

    def _judge(self, one: _Played, body: dict[str, Any], at: datetime) -> None:
        ctx: Context = replace(self.stage.base, actor=RESIDENT, now=at)
        said = EvaluatePetition.model_validate({**body, "query_code": one.code})
        evaluate_petition(ctx, one.number, said)

    def _who(self, who: str, unit: UnitFacts) -> str:
        if who == "deputy":
            return self.stage.deputies[unit.id]
        return OF_THE_UNIT[who].format(unit.code) if who in OF_THE_UNIT else who


def _words(telling: PetitionTelling, name: str, unit: UnitFacts) -> dict[str, str]:
    matter = telling.matter
    return {
        "class": matter.petition_class,
        "route": matter.route or "",
        "request": telling.request,
        "facts": telling.facts,
        "opinion": telling.opinion,
        "basis": matter.basis,
        "organ": matter.organ or "",
        "name": name,
        "unit": unit.name,
    }


def _filled(value: Any, words: dict[str, str], at: datetime) -> Any:
    if isinstance(value, DayAfter):
        return (local_date(at) + timedelta(days=value.days)).isoformat()
    if isinstance(value, HoursBefore):
        return at - timedelta(hours=value.hours)
    return value.format(**words) if isinstance(value, str) and words else value


def tell_stories(stage: PetitionStage, progress: Callable[[int], None]) -> None:
    """The stories of 2019, those of the lane among them."""
    for story in (*STORIES, *ACCUSATIONS):
        stage.tell(story.scene, story.begins)
        progress(1)


def play_petitions(
    stage: PetitionStage, progress: Callable[[int], None], *, every: int = 1
) -> None:
    """Every scene of today with every rest; with `every` only each so-manieth, for tests."""
    plays = [(scene, rest) for scene in PETITION_SCENES for rest in scene.rests]
    for scene, rest in plays[::every]:
        stage.play(scene, rest)
        progress(1)
