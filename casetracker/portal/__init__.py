"""The residents' side `/`: one blueprint a page module, gathered under a parent.

Whoever comes here acts as a resident, signed in at the desk or not.
"""

from flask import Blueprint

from casetracker.portal import (
    evaluate,
    guidance,
    home,
    papers,
    petition,
    photos,
    progress,
    published,
    receptions,
    submit,
    track,
)
from casetracker.portal.frame import portal_frame

portal = Blueprint("portal", __name__)

for page in (
    home,
    submit,
    track,
    progress,
    papers,
    petition,
    photos,
    evaluate,
    published,
    receptions,
    guidance,
):
    portal.register_blueprint(page.pages)

portal.context_processor(portal_frame)
