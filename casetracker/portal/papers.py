"""Papers of one's own matter, for a browser that holds a grant."""

from flask import Blueprint, send_file
from flask.typing import ResponseReturnValue

from casetracker.portal import grants
from casetracker.portal.frame import resident
from casetracker.portal.progress import to_the_question
from casetracker.services.residents.public_papers import open_public_paper
from casetracker.web.guards import public

pages = Blueprint("papers", __name__)


@pages.get("/progress/papers/<int:paper_id>.pdf")
@public
def read(paper_id: int) -> ResponseReturnValue:
    """The paper as it was issued. Nothing about it stands in the address but its id."""
    grant = grants.held()
    if grant is None:
        return to_the_question()
    file = open_public_paper(resident(), grant.number, grant.code, paper_id)
    return send_file(file.content, mimetype=file.mime, download_name=file.filename)
