"""A tile with slanted grey words, to lie behind the cells of an exported table."""

import io

from casetracker.gateways.papers.chart_png import font

SIZE, WIDTH, HEIGHT, SLANT = 5.0, 520, 260, 18
PALE = (0, 0, 0, 28)
"""Seen on screen and in a photograph of it, and in nobody's way."""


def watermark_png(text: str) -> bytes | None:
    """The picture; None where the machine has no Chinese font."""
    from PIL import Image, ImageDraw

    typeface = font(SIZE)
    if typeface is None:
        return None
    words = Image.new("RGBA", (WIDTH, HEIGHT), (255, 255, 255, 0))
    draw = ImageDraw.Draw(words)
    draw.text((WIDTH / 2, HEIGHT / 2), text, fill=PALE, font=typeface, anchor="mm")
    out = io.BytesIO()
    words.rotate(SLANT, resample=Image.Resampling.BICUBIC).save(out, "PNG")
    return out.getvalue()
