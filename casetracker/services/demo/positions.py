"""Where the communities of the demonstration street lie: invented, the brigades outermost."""

from math import cos, pi, radians, sin, sqrt

from casetracker.services.demo.organisation import AREAS

MIDDLE_LAT, MIDDLE_LON = 30.5021, 114.1087
APART = 0.006
"""Degrees between neighbours, about 600 metres."""
ALONG = 2.1
"""The street stretches along its river, from west to east."""
TURN = pi * (3 - sqrt(5))
"""As seeds lie in a sunflower: nobody on top of another, and no grid."""


def position(area: str, number: int) -> dict[str, float]:
    """`lat` and `lon` of the matter of that number, within its community; the same every time."""
    lat, lon = _turned(MIDDLE_LAT, MIDDLE_LON, AREAS.index(area), APART)
    lat, lon = _turned(lat, lon, number % 12, APART / 30)
    return {"lat": round(lat, 6), "lon": round(lon, 6)}


def _turned(lat: float, lon: float, place: int, apart: float) -> tuple[float, float]:
    away, angle = apart * sqrt(place + 0.5), place * TURN
    return lat + away * sin(angle), lon + ALONG * away * cos(angle) / cos(radians(lat))
