"""The classification of matters as the office keeps it: shown as a tree, added to, ended."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.days import local_date
from casetracker.domain.errors import InvalidInput, NotFound
from casetracker.domain.permissions import Right
from casetracker.persistence.organisation import Category
from casetracker.persistence.queries.reference import CategoryFacts, Reference, reference
from casetracker.services import lookup
from casetracker.services.commands.administration import ChangeCategory, CreateCategory
from casetracker.services.context import Context, require_right
from casetracker.services.office.changes import Facts, record_change
from casetracker.services.office.trees import downwards
from casetracker.services.use_case import query, use_case


@dataclass(frozen=True, slots=True)
class CategoryLine:
    """One category as its page shows it; `unit` is its usual unit, or None for a heading."""

    code: str
    name: str
    full_name: str
    level: int
    unit: str | None
    unit_code: str | None
    keywords: str
    valid_from: date
    valid_to: date | None
    in_use: bool


@query
def category_lines(ctx: Context, session: Session) -> list[CategoryLine]:
    """Every category below its parent, ended ones included."""
    require_right(ctx, Right.RULES_MANAGE)
    ref, today = reference(session), local_date(ctx.now)
    rows = session.scalars(select(Category).order_by(Category.code))
    return [_line(ref, row, today) for _, row in downwards(rows)]


def _line(ref: Reference, row: Category, today: date) -> CategoryLine:
    unit = ref.units[row.default_unit_id] if row.default_unit_id else None
    known = ref.categories[row.id]
    return CategoryLine(
        code=row.code,
        name=row.name,
        full_name=known.full_name,
        level=row.level,
        unit=unit.name if unit else None,
        unit_code=unit.code if unit else None,
        keywords=row.keywords,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        in_use=known.is_in_use(today),
    )


@query
def find_category(ctx: Context, session: Session, code: str) -> CategoryLine:
    """Raises NotFound."""
    found = next((line for line in category_lines(ctx) if line.code == code), None)
    if found is None:
        raise NotFound(code=code)
    return found


@use_case
def create_category(ctx: Context, session: Session, command: CreateCategory) -> None:
    """新增分类, in use from today."""
    require_right(ctx, Right.RULES_MANAGE)
    ref = reference(session)
    parent = (
        lookup.category_in_use(ref, "parent", command.parent, local_date(ctx.now))
        if command.parent
        else None
    )
    if any(row.code == command.code for row in ref.categories.values()):
        raise InvalidInput({"code": "taken"})
    _refuse_twin(ref, parent.id if parent else None, command.name)
    row = Category(
        code=command.code,
        level=parent.level + 1 if parent else 1,
        parent_id=parent.id if parent else None,
        valid_from=local_date(ctx.now),
        valid_to=None,
    )
    _fill(ref, row, command)
    session.add(row)
    facts = {"上级分类": parent.name if parent else None, **_facts(row, ref)}
    record_change(ctx, session, Access.CATEGORY_CHANGED, f"分类 {row.code}", {}, facts)


@use_case
def change_category(ctx: Context, session: Session, code: str, command: ChangeCategory) -> None:
    """修改分类; an end takes it out of the forms from that day, old cases keep it."""
    require_right(ctx, Right.RULES_MANAGE)
    ref = reference(session)
    row = session.scalar(select(Category).where(Category.code == code))
    if row is None:
        raise NotFound(code=code)
    before = _facts(row, ref)
    _refuse_twin(ref, row.parent_id, command.name, but=row.id)
    if command.valid_to:
        _refuse_end(ref, row, command.valid_to)
    row.valid_to = command.valid_to
    _fill(ref, row, command)
    after = _facts(row, ref)
    record_change(ctx, session, Access.CATEGORY_CHANGED, f"分类 {code}", before, after)


def _fill(ref: Reference, row: Category, command: CreateCategory | ChangeCategory) -> None:
    row.name, row.keywords = command.name, command.keywords or ""
    unit = command.default_unit and lookup.handling_unit(ref, "default_unit", command.default_unit)
    row.default_unit_id = unit.id if unit else None


def _facts(row: Category, ref: Reference) -> Facts:
    return {
        "名称": row.name,
        "默认承办单位": ref.unit_name(row.default_unit_id),
        "群众用语": row.keywords,
        "停用日期": row.valid_to,
    }


def _refuse_twin(ref: Reference, parent_id: int | None, name: str, *, but: int = 0) -> None:
    """Brothers need names of their own: imports know a category by its full name."""
    brothers = (row for row in ref.categories.values() if row.parent_id == parent_id)
    if any(row.name == name and row.id != but for row in brothers):
        raise InvalidInput({"name": "taken"})


def _refuse_end(ref: Reference, row: Category, day: date) -> None:
    if day < row.valid_from:
        raise InvalidInput({"valid_to": "before_valid_from"})
    if any(_outlives(one, row.id, day) for one in ref.categories.values()):
        raise InvalidInput({"valid_to": "children_in_use"})


def _outlives(one: CategoryFacts, parent_id: int, day: date) -> bool:
    return one.parent_id == parent_id and (one.valid_to is None or one.valid_to > day)
