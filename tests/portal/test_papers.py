"""What the petitioner reads of their own papers, and what nobody else does."""

import re

import pytest

from casetracker.services.query_codes import new_code
from tests.factories.papers import text_of_pdf
from tests.factories.petitions import petition, serve, worked
from tests.services.papers.test_issuing import K, issued


@pytest.fixture(autouse=True)
def _own_store(store, real_papers):
    """Files of one test lie apart from those of others, and are laid out."""


def code_of(street, number):
    """A fresh query code for that case, as the receipt would have told it."""
    code, kept = new_code()
    street.case(number).query_code_hash = kept
    street.session.commit()
    return code


def progress(visitor, street, number):
    return visitor.follow(visitor.look(number, code_of(street, number))).text


def opened(visitor, link):
    """The bytes behind a link."""
    return visitor.client.get(link, environ_base=visitor.base, buffered=True).data


def links(page):
    return re.findall(r'href="(/progress/papers/\d+\.pdf)"', page)


def test_an_issued_notice_stands_on_the_page_and_opens(visitor, street):
    number = worked(street, "accepted")
    assert links(progress(visitor, street, number)) == []
    issued(street, number, K.ACCEPTANCE_NOTICE, unit="东风社区")
    issued(street, number, K.REGISTRATION_FORM)
    page = progress(visitor, street, number)
    assert "信访事项受理告知书" in page
    assert "信访事项登记表" not in page
    (link,) = links(page)
    assert "李四" in text_of_pdf(opened(visitor, link))
    serve(street, number)
    assert "送达" in progress(visitor, street, number)


def test_a_corrected_paper_takes_the_place_of_the_old_one(visitor, street):
    number = worked(street, "accepted")
    old = issued(street, number, K.ACCEPTANCE_NOTICE, unit="东风社区").facts["paper"]
    issued(street, number, K.ACCEPTANCE_NOTICE, unit="新河社区", replaces=old)
    found = links(progress(visitor, street, number))
    assert len(found) == 1
    assert f"/{old}.pdf" not in found[0]


def test_a_paper_of_another_case_does_not_open(visitor, street):
    other = worked(street, "accepted")
    paper = issued(street, other, K.ACCEPTANCE_NOTICE, unit="东风社区").facts["paper"]
    form = issued(street, other, K.REGISTRATION_FORM).facts["paper"]
    progress(visitor, street, petition(street).number)
    assert visitor.get(f"/progress/papers/{paper}.pdf").status_code == 404
    progress(visitor, street, other)
    assert visitor.get(f"/progress/papers/{form}.pdf").status_code == 404


def test_without_a_grant_there_is_only_the_question(visitor, street):
    number = worked(street, "accepted")
    paper = issued(street, number, K.ACCEPTANCE_NOTICE, unit="东风社区").facts["paper"]
    answer = visitor.get(f"/progress/papers/{paper}.pdf")
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/track")


def test_nothing_is_given_out_where_confidentiality_was_asked_for(visitor, street):
    number = worked(street, "accepted", petitioner={"name": "李四", "confidential": True})
    paper = issued(street, number, K.ACCEPTANCE_NOTICE, unit="东风社区").facts["paper"]
    page = progress(visitor, street, number)
    assert "信访事项受理告知书" not in page
    assert links(page) == []
    assert visitor.get(f"/progress/papers/{paper}.pdf").status_code == 404
