"""Reply templates as the office keeps them: words to start from, forms of upstream platforms."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.days import local_date
from casetracker.domain.errors import InvalidInput, NotFound
from casetracker.domain.permissions import Right
from casetracker.domain.reply_places import PLACES, UPSTREAM, example_of, unknown_places
from casetracker.persistence.exchange import ReplyTemplate
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.services import lookup
from casetracker.services.commands.administration import SaveTemplate
from casetracker.services.context import Context, require_right
from casetracker.services.office.changes import Facts, record_change
from casetracker.services.use_case import query, use_case

USES = {"reply": "答复", "upstream": "回告上级平台"}


@query
def template_rows(ctx: Context, session: Session) -> list[ReplyTemplate]:
    """All templates by use and name."""
    require_right(ctx, Right.RULES_MANAGE)
    order = (ReplyTemplate.use, ReplyTemplate.name)
    return list(session.scalars(select(ReplyTemplate).order_by(*order)))


@query
def find_template(ctx: Context, session: Session, template_id: int) -> ReplyTemplate:
    """Raises NotFound."""
    require_right(ctx, Right.RULES_MANAGE)
    found = session.get(ReplyTemplate, template_id)
    if found is None:
        raise NotFound(template_id=template_id)
    return found


@query
def preview_template(ctx: Context, session: Session, command: SaveTemplate) -> str:
    """The text with examples in its places. Raises InvalidInput, which names an unknown place."""
    require_right(ctx, Right.RULES_MANAGE)
    _refuse_unknown_places(command)
    return example_of(command.body, command.use)


@use_case
def create_template(ctx: Context, session: Session, command: SaveTemplate) -> None:
    """新增模板. Raises InvalidInput, which names an unknown place."""
    require_right(ctx, Right.RULES_MANAGE)
    _save(ctx, session, ReplyTemplate(), {}, command)


@use_case
def change_template(
    ctx: Context, session: Session, template_id: int, command: SaveTemplate
) -> None:
    """修改模板. Raises NotFound, and InvalidInput, which names an unknown place."""
    require_right(ctx, Right.RULES_MANAGE)
    row = session.get(ReplyTemplate, template_id)
    if row is None:
        raise NotFound(template_id=template_id)
    _save(ctx, session, row, _facts(row, reference(session)), command)


def _save(
    ctx: Context, session: Session, row: ReplyTemplate, before: Facts, command: SaveTemplate
) -> None:
    ref = reference(session)
    _refuse(session, row, command)
    row.category_id = _category_id(ctx, ref, row, command)
    row.name, row.use, row.body = command.name, command.use, command.body
    row.channel = command.channel if command.use == UPSTREAM else None
    row.is_active = command.is_active
    row.changed_by, row.changed_at = ctx.actor.account_id, ctx.now
    session.add(row)
    after = _facts(row, ref)
    record_change(ctx, session, Access.TEMPLATE_CHANGED, f"模板 {row.name}", before, after)


def _refuse(session: Session, row: ReplyTemplate, command: SaveTemplate) -> None:
    same = select(ReplyTemplate.id).where(ReplyTemplate.name == command.name)
    with session.no_autoflush:
        if session.scalar(same) not in (None, row.id):
            raise InvalidInput({"name": "taken"})
    _refuse_unknown_places(command)


def _refuse_unknown_places(command: SaveTemplate) -> None:
    unknown = unknown_places(command.body, command.use)
    if unknown:
        known = "、".join(f"{{{name}}}" for name in PLACES[command.use])
        raise InvalidInput({"body": "unknown_place"}, name=unknown[0], known=known)


def _category_id(
    ctx: Context, ref: Reference, row: ReplyTemplate, command: SaveTemplate
) -> int | None:
    """Of a reply only; one that has ended meanwhile may stay."""
    if command.use == UPSTREAM or not command.category:
        return None
    chosen = lookup.category(ref, "category", command.category)
    if chosen.id != row.category_id:
        lookup.category_in_use(ref, "category", command.category, local_date(ctx.now))
    return chosen.id


def _facts(row: ReplyTemplate, ref: Reference) -> Facts:
    return {
        "名称": row.name,
        "用途": USES[row.use],
        "来源渠道": row.channel,
        "问题分类": ref.category_name(row.category_id),
        "启用": row.is_active,
        "正文": row.body,
    }
