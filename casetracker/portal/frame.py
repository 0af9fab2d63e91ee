"""What stands around every page of the portal: office, doors, hours, telephone."""

from typing import Any

from flask import request, url_for

from casetracker.domain.days import OfficeHours
from casetracker.persistence.database import db
from casetracker.persistence.queries.reference import reference
from casetracker.services.context import ClientKey, Context
from casetracker.web.context import stranger_context

DOORS = (
    ("我要反映", "portal.submit.show", ("portal.submit",)),
    (
        "查进度",
        "portal.track.show",
        ("portal.track", "portal.progress", "portal.evaluate", "portal.petition", "portal.photos"),
    ),
    ("看公开", "portal.published.show", ("portal.published", "portal.receptions")),
)


def resident(key: ClientKey | None = None) -> Context:
    """The context of every use case called from here."""
    return stranger_context("portal", key)


def portal_frame() -> dict[str, Any]:
    """`portal` as the layout expects it (docs/design.md)."""
    settings = reference(db.session()).settings
    return {
        "portal": {
            "street": settings["street_name"],
            "home_url": url_for("portal.home.show"),
            "doors": [
                {"label": words, "url": url_for(endpoint), "active": request.blueprint in pages}
                for words, endpoint, pages in DOORS
            ],
            "phone": settings["service_phone"],
            "office_hours": hours_in_words(settings.office_hours),
            "guidance_url": url_for("portal.guidance.show"),
        }
    }


def hours_in_words(hours: OfficeHours) -> str:
    """`工作日 9:00–12:00、14:00–17:30`."""
    sessions = (f"{a.hour}:{a:%M}–{b.hour}:{b:%M}" for a, b in hours.sessions)
    return "工作日 " + "、".join(sessions)
