"""What the registers of patrols share on pages: options, chips, pictures."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from casetracker.domain.patrol_vocabulary import HazardKind, HazardLevel, PatrolPhoto, PlaceKind
from casetracker.labels import label
from casetracker.ops.acting import shown_size
from casetracker.ops.choices import area_options, unit_options
from casetracker.ops.sent_files import keep_each
from casetracker.persistence.database import db
from casetracker.persistence.queries.reference import reference
from casetracker.services.patrol.photos import PhotoLine, add_photo
from casetracker.web.context import current_context
from casetracker.web.forms import Form
from casetracker.web.pagination import address_with
from casetracker.web.templating import datetime_cn

GRAVITY = "需要停产停业或者停止使用、经过一定时间整改才能排除的，是重大隐患"


def words_of(members: Iterable[StrEnum]) -> list[tuple[str, str]]:
    """Codes with their words, as choices."""
    return [(one.value, label(one)) for one in members]


def choices() -> dict[str, Any]:
    """Options of the fields that forms and filters of both registers have."""
    ref = reference(db.session())
    return {
        "areas": area_options(ref),
        "units": unit_options(ref),
        "places": words_of(PlaceKind),
        "kinds": words_of(HazardKind),
        "levels": words_of(HazardLevel),
        "gravity": GRAVITY,
    }


def chips_of(
    form: Form[Any], said: Mapping[str, Mapping[str, str]], named: Mapping[str, str]
) -> list[dict[str, str]]:
    """What is being filtered by: `said` gives the words of answers, `named` titles of texts."""
    chips = []
    for name, value in form.data.items():
        words = said.get(name, {}).get(str(value)) if value else None
        if words is None and value and name in named:
            words = f"{named[name]}：{value}"
        if words:
            url = address_with(**{name: None, "page": None})
            chips.append({"text": words, "remove_url": url})
    return chips


def keep_photos(number: str, shows: PatrolPhoto) -> None:
    """Keep the pictures that came with a form."""
    ctx = current_context("ops")
    keep_each(lambda name, stream: add_photo(ctx, number, name, stream, shows))


def photo_lines(photos: Iterable[PhotoLine]) -> list[dict[str, Any]]:
    """Pictures as `file_list` reads them."""
    return [
        {
            "name": one.filename,
            "url": f"/ops/hazards/files/{one.id}",
            "size": shown_size(one.size),
            "kind": "photo" if one.mime.startswith("image/") else "file",
            "note": f"{one.uploaded_by or ''} {datetime_cn(one.uploaded_at)}".strip(),
        }
        for one in photos
    ]
