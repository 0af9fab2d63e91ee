"""`POST /cases/{number}/attachments` and `GET /attachments/{id}`."""

import hashlib
import re
from dataclasses import replace

from flask import Response, request, send_file
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import UnsupportedMediaType

from casetracker.api.operations import Answer, Call, Operation, Returned
from casetracker.api.representations import CaseAfter, outcome_answer
from casetracker.api.requests import given_key
from casetracker.api.serving import ROOT
from casetracker.domain.errors import InvalidInput, NotFound
from casetracker.domain.permissions import Right
from casetracker.domain.vocabulary import FilePurpose
from casetracker.gateways.file_kinds import BY_EXTENSION
from casetracker.labels import label
from casetracker.services.case_reading.opening_files import open_attachment
from casetracker.services.context import ClientKey, Context
from casetracker.services.people.api_clients import ApiScope
from casetracker.services.received_files import MAX_BYTES
from casetracker.services.steps.attachments import add_attachment

CHUNK = 1024 * 1024
USUAL_PURPOSE = FilePurpose.EVIDENCE.value
HARMLESS = "default-src 'none'; sandbox"
"""Policy of a file that somebody else brought: it may do nothing, even if a browser shows it."""
_ID = re.compile(r"[0-9]{1,18}")


class Attached(CaseAfter):
    """The case after a file was added: its number and the digest of what was kept."""

    attachment: int
    sha256: str


FORM = {
    "type": "object",
    "required": ["file"],
    "properties": {
        "file": {
            "type": "string",
            "format": "binary",
            "description": f"{'、'.join(BY_EXTENSION)}，至多 {MAX_BYTES // CHUNK} MB",
        },
        "purpose": {
            "type": "string",
            "enum": [one.value for one in FilePurpose],
            "default": USUAL_PURPOSE,
            "description": "，".join(f"{one.value} {label(one)}" for one in FilePurpose),
        },
    },
}


def _add(call: Call) -> Answer:
    if request.mimetype != "multipart/form-data":
        raise UnsupportedMediaType
    file = _file()
    purpose = request.form.get("purpose", USUAL_PURPOSE)
    ctx = _with_key(call.ctx, file, purpose)
    done = add_attachment(ctx, call.path["number"], file.filename or "", file.stream, purpose)
    known = {name: value for name, value in done.facts.items() if name in Attached.__annotations__}
    place = f"{ROOT}/attachments/{done.facts['attachment']}"
    return outcome_answer(replace(done, facts=known), 201, Location=place)


def _file() -> FileStorage:
    """The one file of the form, whatever its field is called."""
    files = [file for given in request.files.listvalues() for file in given]
    if len(files) != 1:
        raise InvalidInput({"file": "one_file"})
    return files[0]


def _with_key(ctx: Context, file: FileStorage, purpose: str) -> Context:
    """The context with the client's key, if any: the file's bytes are part of what was sent."""
    key = given_key()
    if key is None:
        return ctx
    digest = hashlib.sha256(f"{request.path}\n{purpose}\n{file.filename}\n".encode())
    while part := file.stream.read(CHUNK):
        digest.update(part)
    file.stream.seek(0)
    return replace(ctx, key=ClientKey(key, digest.hexdigest()))


def _give(call: Call) -> Response:
    wanted = call.path["id"]
    if not _ID.fullmatch(wanted):
        raise NotFound
    found = open_attachment(call.ctx, int(wanted))
    response = send_file(
        found.content,
        mimetype=found.mime,
        as_attachment=True,
        download_name=found.filename,
        conditional=False,
        etag=found.sha256,
    )
    response.headers["Content-Security-Policy"] = HARMLESS
    response.headers["Cache-Control"] = "private, no-store"
    return response


OPERATIONS = (
    Operation(
        method="POST",
        path="/cases/{number}/attachments",
        name="add_attachment",
        summary="上传附件",
        description="图片会重新生成并去除位置信息。",
        tag="附件",
        scope=ApiScope.CASES_WRITE,
        rights=(Right.CASES_ATTACH,),
        view=_add,
        form=FORM,
        returns={201: Returned("已保存", Attached, headers=("Location", "ETag"))},
        problems=(404, 409),
    ),
    Operation(
        method="GET",
        path="/attachments/{id}",
        name="open_attachment",
        summary="下载附件",
        description="每次下载都记入访问记录。",
        tag="附件",
        scope=ApiScope.CASES_READ,
        rights=(Right.CASES_LIST,),
        view=_give,
        returns={200: Returned("文件内容", None)},
        problems=(404,),
    ),
)
