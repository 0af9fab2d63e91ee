"""The organisation as data: street, centres, offices, communities, brigades, departments."""

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from casetracker.domain.vocabulary import Kind, UnitKind
from casetracker.persistence.columns import enum_text
from casetracker.persistence.database import Base


class Unit(Base):
    __tablename__ = "units"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    kind: Mapped[UnitKind] = mapped_column(enum_text(UnitKind))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    handles_cases: Mapped[bool] = mapped_column(default=True)
    is_active: Mapped[bool] = mapped_column(default=True)
    phone: Mapped[str | None] = mapped_column(String(40))
    deputy_leader_id: Mapped[
        int | None
    ]  # 分管领导: an account; no foreign key, the two tables need each other


class Category(Base):
    __tablename__ = "categories"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    level: Mapped[int]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("categories.id"))
    national_l1: Mapped[str | None] = mapped_column(String(40))
    national_l2: Mapped[str | None] = mapped_column(String(60))
    default_unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    keywords: Mapped[str] = mapped_column(String(400), default="")  # residents' own words, spaced
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class RoutingRow(Base):
    """One line of the dispatch catalogue (派单目录)."""

    __tablename__ = "routing_rules"

    id: Mapped[int] = mapped_column(primary_key=True)
    category_id: Mapped[int | None] = mapped_column(ForeignKey("categories.id"))
    area_unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    kind: Mapped[Kind | None] = mapped_column(enum_text(Kind))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    on_community_list: Mapped[bool] = mapped_column(default=False)
    effective_from: Mapped[date]
    effective_to: Mapped[date | None]
    source: Mapped[str] = mapped_column(String(200))
