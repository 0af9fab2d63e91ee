"""Pictures painted anew: what was hidden in the file (place, camera, scripts) stays behind."""

from pathlib import Path
from typing import Any

from PIL import Image, ImageOps

from casetracker.gateways.file_store import FileRejected

MOST_PIXELS = 50_000_000
LONGEST_SIDE = 4000
"""Enough to read a house number; larger photographs are scaled down."""
_FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
_QUALITY: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 85},
    "PNG": {"compress_level": 6},
    "WEBP": {"quality": 85, "method": 2},
}


def repaint(source: Path, target: Path, mime: str) -> None:
    """Decode a picture and encode only its pixels. Raises FileRejected (file_broken,
    file_too_many_pixels).
    """
    name = _FORMATS[mime]
    try:
        with Image.open(source, formats=[name]) as picture:
            _refuse_floods(picture)
            painted = _painted(picture)
            with target.open("xb") as out:
                painted.save(out, name, **_QUALITY[name])
    except FileRejected:
        raise
    except Exception as error:  # a decoder fed with garbage raises nearly anything
        raise FileRejected("file_broken") from error


def _refuse_floods(picture: Image.Image) -> None:
    """Few bytes may unpack to more pixels than there is memory for."""
    if picture.width * picture.height > MOST_PIXELS:
        raise FileRejected("file_too_many_pixels", megapixels=MOST_PIXELS // 1_000_000)


def _painted(picture: Image.Image) -> Image.Image:
    """The first frame, turned as the camera held it, not too large, nothing but pixels."""
    largest = (LONGEST_SIDE, LONGEST_SIDE)
    if picture.format == "JPEG":
        picture.draft("RGB", largest)
    upright = ImageOps.exif_transpose(picture)
    mode = "RGBA" if upright.mode in ("RGBA", "LA", "PA", "P") else "RGB"
    plain = upright.convert(mode)
    plain.thumbnail(largest)
    plain.info.clear()
    return plain
