"""Plays the scenes of today through the real use cases, at moments of the last few weeks."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import cycle
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.days import local_date
from casetracker.domain.vocabulary import Action, Role, UnitKind
from casetracker.persistence.account import Account
from casetracker.persistence.queries.reference import Reference, UnitFacts, reference
from casetracker.services.commands.intake import RegisterCase
from casetracker.services.context import Actor, Context
from casetracker.services.demo.matters import Matter, Telling, matters, tell
from casetracker.services.demo.organisation import AREAS, UNITS, name_of
from casetracker.services.demo.past import Storyteller
from casetracker.services.demo.photograph import photograph
from casetracker.services.demo.positions import position
from casetracker.services.demo.scenes import (
    AT_WORK,
    EVIDENCE,
    IN_FIVE_DAYS,
    OTHER_CASE,
    SCENES,
    THAT_DAY,
    Do,
    Scene,
)
from casetracker.services.receiving.intake import register_case
from casetracker.services.steps.actions import ACTIONS
from casetracker.services.steps.attachments import add_attachment
from casetracker.services.use_case import query

REGISTRANT = "operator1"
OF_THE_UNIT = {"head": "{}_head", "handler": "{}_handler"}


@dataclass(slots=True)
class Stage:
    """Who is on stage and what time it is; `played` counts the cases."""

    base: Context
    teller: Storyteller
    cast: dict[str, Actor]
    deputies: dict[int, str]
    played: int = 0
    last_number: str = ""
    units: Iterator[UnitFacts] = field(init=False)

    def __post_init__(self) -> None:
        chosen = [self.teller.unit(unit.code) for unit in UNITS if unit.handles]
        self.units = cycle(chosen[::2] + chosen[1::2])

    @property
    def ref(self) -> Reference:
        return self.teller.ref

    def ctx(self, who: str, at: datetime) -> Context:
        return replace(self.base, actor=self.cast[who], now=at)

    def play(self, scene: Scene, rest: float) -> str:
        """One case of a scene, from the call to where it stands now."""
        unit = self._unit_for(scene)
        whole = sum(step.hours for step in scene.steps) + rest
        pace, now = self.teller.pace, self.base.now
        moment = pace.office.subtract_office_time(now, whole, pace.calendar).replace(microsecond=0)
        telling, area = self._telling(unit, scene)
        number = self._register(scene, telling, area, moment)
        for step in scene.steps:
            moment = min(pace.after(moment, step.hours), now)
            self._take(number, step, unit, telling, moment)
        if scene.steps == AT_WORK:  # what others may be grouped into
            self.last_number = number
        return number

    def _unit_for(self, scene: Scene) -> UnitFacts:
        if scene.category is not None:
            category = self.ref.categories[self.ref.category_names[scene.category]]
            return self.ref.units[category.default_unit_id or 0]
        unit = next(self.units)
        # A unit that is itself called to help cannot lead, and districts are called by the street.
        while unit.code == "zhifa" or unit.kind is UnitKind.DEPARTMENT:
            unit = next(self.units)
        return unit

    def _telling(self, unit: UnitFacts, scene: Scene) -> tuple[Telling, UnitFacts]:
        random = self.teller.random
        fitting: tuple[Matter, ...] = self.teller.matters_for(unit)
        if scene.category is not None:
            fitting = tuple(one for one in matters() if one.category == scene.category)
        area = unit if unit.code in AREAS else self.teller.unit(random.choice(AREAS))
        rural = area.kind is UnitKind.BRIGADE
        return tell(random, random.choice(fitting), area.name, rural=rural), area

    def _register(self, scene: Scene, telling: Telling, area: UnitFacts, at: datetime) -> str:
        self.played += 1
        random = self.teller.random
        body: dict[str, Any] = {
            "track": "hotline",
            "channel": "mayor_line" if scene.upstream else "call",
            "kind": telling.matter.kind,
            "category": telling.matter.category,
            "title": telling.title,
            "content": telling.content,
            "urgency": scene.urgency,
            "important": scene.important,
            "source_level": "municipal" if scene.upstream else "street",
            "petitioner": {
                "name": name_of(random.randrange(100_000)),
                "phone": f"1{random.choice('3578')}{random.randrange(10**9):09}",
            },
            "location": {
                "address": telling.address,
                "unit": area.name,
                **position(area.code, self.played),
            },
        }
        if scene.upstream:
            body["external_number"] = f"SZ{at:%Y%m%d}{self.played:04}"
        ctx = self.ctx(REGISTRANT, at)
        return register_case(ctx, RegisterCase.model_validate(body)).number

    def _take(self, number: str, step: Do, unit: UnitFacts, telling: Telling, at: datetime) -> None:
        ctx = self.ctx(self._who(step.who, unit), at)
        if step.action == EVIDENCE:
            picture = io.BytesIO(photograph(self.teller.random))
            add_attachment(ctx, number, "现场照片.jpg", picture, EVIDENCE)
            return
        spec = ACTIONS[Action(step.action)]
        words = {
            "unit": unit.name,
            "reply": telling.reply,
            "second_reply": f"您好！单位负责人已到场再次核实。{telling.reply}",
        }
        body = {name: self._filled(value, words, at) for name, value in step.body.items()}
        spec.run(ctx, number, spec.command.model_validate(body))

    def _who(self, who: str, unit: UnitFacts) -> str:
        if who == "deputy":
            return self.deputies[unit.id]
        return OF_THE_UNIT[who].format(unit.code) if who in OF_THE_UNIT else who

    def _filled(self, value: Any, words: dict[str, str], at: datetime) -> Any:
        if value == THAT_DAY:
            return local_date(at)
        if value == IN_FIVE_DAYS:
            return self.base.now + timedelta(days=5)
        if value == OTHER_CASE:
            return self.last_number
        return value.format(**words) if isinstance(value, str) else value


def play_all(stage: Stage, progress: Callable[[int], None], *, every: int = 1) -> None:
    """Every scene with every rest; with `every` only each so-manieth, for tests."""
    plays = [(scene, rest) for scene in SCENES for rest in scene.rests]
    for scene, rest in plays[::every]:
        stage.play(scene, rest)
        progress(1)


@query
def stage_of(ctx: Context, session: Session, teller: Storyteller) -> Stage:
    """The people of the street, ready to act."""
    cast = {
        row.username: Actor(row.id, row.name, row.unit_id, frozenset(map(Role, row.roles)),
                            row.username)
        for row in session.scalars(select(Account))
    }  # fmt: skip
    names = {actor.account_id: username for username, actor in cast.items()}
    deputies = {
        unit.id: names[unit.deputy_leader_id]
        for unit in reference(session).units.values()
        if unit.deputy_leader_id is not None
    }
    return Stage(ctx, teller, cast, deputies)
