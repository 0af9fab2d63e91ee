"""Communities on a plain map: circles where their cases lie, drawn from coordinates alone.

No map of anybody else is loaded. Longitudes are narrowed by the latitude, so that distances look
right in a street; the picture is fitted to what is known.
"""

from collections.abc import Callable, Sequence
from math import cos, inf, radians
from typing import Any

from casetracker.services.insight.communities import Place

WIDTH, HEIGHT, MARGIN = 720, 420, 60
LEAST_RADIUS, MOST_RADIUS = 10, 28
LEAST_PLACES = 2
"""A single point is no map."""


def drawn(
    places: Sequence[Place], tile: Callable[[Place], dict[str, Any]]
) -> dict[str, Any] | None:
    """Circles with their tiles, or None where too few communities have a position."""
    known = [one for one in places if one.latitude is not None and one.longitude is not None]
    if len(known) < LEAST_PLACES:
        return None
    north = sum(one.latitude or 0.0 for one in known) / len(known)
    narrow = cos(radians(north))
    east = [(one.longitude or 0.0) * narrow for one in known]
    up = [one.latitude or 0.0 for one in known]
    scale = min(_scale(east, WIDTH), _scale(up, HEIGHT))
    if scale == inf:  # all in one spot
        return None
    most = max(one.received for one in known) or 1
    circles = [
        {
            **tile(one),
            "x": round(WIDTH / 2 + (x - _middle(east)) * scale, 1),
            "y": round(HEIGHT / 2 - (y - _middle(up)) * scale, 1),
            "radius": round(LEAST_RADIUS + (MOST_RADIUS - LEAST_RADIUS) * one.received / most, 1),
        }
        for one, x, y in zip(known, east, up, strict=True)
    ]
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "circles": circles,
        "without": len(places) - len(known),
    }


def _middle(values: Sequence[float]) -> float:
    return (min(values) + max(values)) / 2


def _scale(values: Sequence[float], room: int) -> float:
    spread = max(values) - min(values)
    return (room - 2 * MARGIN) / spread if spread else inf
