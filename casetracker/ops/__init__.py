"""The desk `/ops`: one blueprint a page module, gathered under a parent that knows who sits there.

Every page module owns its blueprint; this module imports them, never the other way round.
"""

from flask import Blueprint, request, url_for
from werkzeug.exceptions import Unauthorized
from werkzeug.wrappers import Response

from casetracker.ops import (
    action_pages,
    admin_account,
    admin_accounts,
    admin_audit,
    admin_calendar,
    admin_categories,
    admin_delivery,
    admin_limits,
    admin_oversight,
    admin_profile_effect,
    admin_profile_forms,
    admin_profiles,
    admin_routing,
    admin_settings,
    admin_templates,
    admin_units,
    appraisal_pages,
    approval_pages,
    call_back_pages,
    case_list_pages,
    case_pages,
    dispatch_pages,
    draft_pages,
    export_pages,
    figure_pages,
    frozen_pages,
    hazard_page,
    hazard_pages,
    home,
    honesty_pages,
    inbox,
    insight_pages,
    insight_tables,
    inspection_pages,
    intake_pages,
    lane_pages,
    letter_pages,
    me,
    old_case_pages,
    order_pages,
    oversight_pages,
    oversight_suggestions,
    paper_pages,
    patrol_figures_pages,
    petition_calendar_pages,
    petition_intake_pages,
    petition_list_pages,
    petition_signing_pages,
    print_pages,
    reception_entry_pages,
    reception_pages,
    register_pages,
    report_files,
    report_pages,
    sensitive_pages,
    settlement_pages,
    sign_in,
    statistics_pages,
    talk_pages,
    undertaking_pages,
    upstream_pages,
    visit_page,
    visit_pages,
    wall_pages,
    watch_pages,
    whistle_pages,
)
from casetracker.ops.navigation import desk_and_navigation
from casetracker.web.context import signed_in
from casetracker.web.guards import access_here
from casetracker.web.redirects import redirect_to

ops = Blueprint("ops", __name__, url_prefix="/ops")

PAGES = (
    sign_in,
    home,
    inbox,
    me,
    case_list_pages,
    intake_pages,
    case_pages,
    action_pages,
    print_pages,
    paper_pages,
    draft_pages,
    dispatch_pages,
    approval_pages,
    appraisal_pages,
    call_back_pages,
    oversight_pages,
    oversight_suggestions,
    petition_calendar_pages,
    petition_intake_pages,
    petition_list_pages,
    petition_signing_pages,
    upstream_pages,
    inspection_pages,
    hazard_pages,
    hazard_page,
    patrol_figures_pages,
    visit_pages,
    watch_pages,
    whistle_pages,
    visit_page,
    reception_pages,
    reception_entry_pages,
    letter_pages,
    undertaking_pages,
    old_case_pages,
    order_pages,
    sensitive_pages,
    register_pages,
    lane_pages,
    statistics_pages,
    talk_pages,
    settlement_pages,
    figure_pages,
    honesty_pages,
    insight_pages,
    insight_tables,
    wall_pages,
    report_files,
    report_pages,
    export_pages,
    frozen_pages,
    admin_accounts,
    admin_account,
    admin_audit,
    admin_units,
    admin_categories,
    admin_calendar,
    admin_limits,
    admin_profile_effect,
    admin_profile_forms,
    admin_profiles,
    admin_oversight,
    admin_routing,
    admin_templates,
    admin_settings,
    admin_delivery,
)
for page in PAGES:
    ops.register_blueprint(page.pages)

ops.context_processor(desk_and_navigation)


@ops.before_request
def _know_who_sits_there() -> Response | None:
    """A stranger may open public pages only; an old password or a missing second factor first."""
    access = access_here()
    if access is None or access.is_public:
        return None
    person = signed_in()
    if person is None:
        raise Unauthorized
    if request.blueprint == "ops.me":
        return None
    if person.password_expired:
        return redirect_to(url_for("ops.me.password"), "/ops/")
    if person.lacks_second_factor:
        return redirect_to(url_for("ops.me.second_factor"), "/ops/")
    return None
