"""Files by the API: kept, given out again, and refused."""

import io

import pytest
from PIL import Image

from tests.api.conftest import problem

pytestmark = pytest.mark.usefixtures("store")


def picture() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(made, "JPEG")
    return made.getvalue()


def send(one, number, content=None, name="现场.jpg", **more):
    form = {"file": (io.BytesIO(picture() if content is None else content), name)}
    headers = more.pop("headers", {})
    return one.call(
        "POST", f"/cases/{number}/attachments", data={**form, **more}, headers=headers,
        content_type="multipart/form-data",
    )  # fmt: skip


def test_a_file_is_kept_and_given_out_again(program, street):
    number = street.worked("signed")
    response = send(program("handler"), number)
    assert response.status_code == 201, response.json
    told = response.json
    assert told["version"] == street.case(number).version
    assert "file" not in told, "where it lies is nobody's business"
    assert response.headers["Location"] == f"/api/v1/attachments/{told['attachment']}"
    listed = program("head").get(f"/cases/{number}").json["attachments"]
    assert [(f["id"], f["filename"], f["purpose"]) for f in listed] == [
        (told["attachment"], "现场.jpg", "evidence")
    ]
    given = program("head").get(f"/attachments/{told['attachment']}")
    assert given.status_code == 200
    assert given.mimetype == "image/jpeg"
    assert given.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in given.headers["Content-Security-Policy"]
    assert given.headers["X-Content-Type-Options"] == "nosniff"
    Image.open(io.BytesIO(given.data)).verify()
    given.close()


def test_evidence_sent_by_the_api_lets_the_unit_submit(program, street):
    number = street.worked("signed")
    handler = program("handler")
    handler.act(number, "contact", {"outcome": "reached"})
    reply = {"result": "resolved", "text": "灯已换好。"}
    problem(handler.act(number, "submit", reply), 409, "evidence_needed")
    send(handler, number)
    assert handler.act(number, "submit", reply).status_code == 200


def test_a_foreign_file_looks_like_none(program, street):
    number = street.worked("signed")
    found = send(program("handler"), number).json["attachment"]
    problem(program("other_handler").get(f"/attachments/{found}"), 404, "not_found")
    problem(send(program("other_handler"), number), 404, "not_found")
    for odd in ("0", "999999", "9" * 30, "１", "-1", "x"):
        problem(program("head").get(f"/attachments/{odd}"), 404, "not_found")


def test_the_same_file_under_the_same_key_is_kept_once(program, street, store):
    number = street.worked("signed")
    handler, key = program("handler"), {"Idempotency-Key": "file-1"}
    content = picture()
    first = send(handler, number, content, headers=key)
    again = send(handler, number, content, headers=key)
    assert again.json == first.json
    assert len(list(store.names())) == 1
    other = send(handler, number, content, "另一张.jpg", headers=key)
    problem(other, 422, "idempotency_mismatch")


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "空.jpg", "file_empty"),
        (b"<svg onload=alert(1)>", "图.svg", "file_type_refused"),
        (b"<html></html>", "页.jpg", "file_type_refused"),
        (b"MZ\x90", "程序.exe", "file_type_refused"),
    ],
)
def test_what_is_no_harmless_file_is_refused(program, street, store, content, name, code):
    number = street.worked("signed")
    response = send(program("handler"), number, content, name)
    assert response.status_code == 400
    assert response.json["code"].startswith("file_"), (code, response.json)
    assert list(store.names()) == []


def test_a_form_that_is_none_is_refused(program, street):
    number = street.worked("signed")
    handler = program("handler")
    problem(handler.post(f"/cases/{number}/attachments", {}), 415, "http_415")
    nothing = handler.call(
        "POST", f"/cases/{number}/attachments", data={"purpose": "evidence"},
        content_type="multipart/form-data",
    )  # fmt: skip
    assert problem(nothing, 400, "invalid_input")["errors"][0]["field"] == "file"
    problem(send(handler, number, purpose="nonsense"), 400, "invalid_input")
