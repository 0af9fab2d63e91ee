"""A small painted picture that stands for the photograph of the spot."""

import io
from random import Random

from PIL import Image, ImageDraw

SIZE = (640, 480)


def photograph(random: Random) -> bytes:
    """A JPEG of a street in a few strokes, never twice the same."""
    sky = (random.randint(150, 200), random.randint(180, 220), random.randint(215, 245))
    picture = Image.new("RGB", SIZE, sky)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 330, *SIZE), fill=(random.randint(90, 130),) * 3)
    left = 0
    while left < SIZE[0]:
        right = left + random.randint(70, 160)
        tone = random.randint(140, 215)
        draw.rectangle((left, random.randint(80, 220), right - 8, 330), fill=(tone, tone - 15, 120))
        left = right
    place = random.randint(80, 520)
    draw.ellipse((place, 360, place + 90, 410), fill=(60, 60, 60))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=60)
    return out.getvalue()
