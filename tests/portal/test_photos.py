"""Photos of a resident: kept with the case, never at the cost of what was said."""

from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select

from casetracker.persistence.working import Attachment

pytestmark = pytest.mark.usefixtures("store")


def photo(name="路灯.jpg", colour="red"):
    picture = BytesIO()
    Image.new("RGB", (40, 30), colour).save(picture, "JPEG")
    return BytesIO(picture.getvalue()), name


def kept(session):
    return session.execute(select(Attachment.filename, Attachment.purpose)).all()


def test_a_photo_sent_along_is_kept_as_part_of_the_request(visitor, session):
    visitor.follow(visitor.hand_in(photos=[photo(), photo("二.jpg", "blue")]))
    assert kept(session) == [("路灯.jpg", "request"), ("二.jpg", "request")]
    visitor.get("/progress")
    assert visitor.page.count("补充照片或材料</b>") == 2


def test_a_file_that_is_not_taken_costs_nothing_but_itself(visitor, session):
    fake = (BytesIO(b"<script>alert(1)</script>"), "<b>假.jpg")
    visitor.follow(visitor.hand_in(photos=[fake, photo()]))
    assert "登记回执" in visitor.page
    assert "没有收下" in visitor.page
    assert "<b>假" not in visitor.page
    assert kept(session) == [("路灯.jpg", "request")]


def test_photos_can_be_added_later_and_once_each(visitor, session):
    visitor.receipt()
    visitor.get("/progress")
    tokens = dict(visitor.tokens)
    visitor.follow(visitor.post("/progress/photos", photos=[photo()]))
    assert "已收到 1 个文件" in visitor.page
    visitor.tokens = tokens
    visitor.post("/progress/photos", photos=[photo()])
    assert kept(session) == [("路灯.jpg", "request")]


def test_more_than_nine_at_once_are_left_out_and_that_is_said(visitor, session):
    visitor.receipt()
    visitor.get("/progress")
    many = [photo(f"{n}.jpg") for n in range(10)]
    visitor.follow(visitor.post("/progress/photos", photos=many))
    assert "一次最多 9 个" in visitor.page
    assert len(kept(session)) == 9


def test_sending_nothing_says_so(visitor, session):
    visitor.receipt()
    visitor.get("/progress")
    visitor.follow(visitor.post("/progress/photos"))
    assert "还没有选择" in visitor.page


def test_a_stranger_cannot_add_anything(visitor, another, session):
    visitor.receipt()
    stranger = another()
    stranger.get("/track")
    sent = stranger.post("/progress/photos", photos=[photo()])
    assert sent.headers["Location"] == "/track"
    assert kept(session) == []
