"""The parts of the OpenAPI document that are the same for all operations."""

from typing import Any

from casetracker.api.problems import CONTENT_TYPE, TYPE

SCHEME = "token"

INFO: dict[str, Any] = {
    "version": "1.0.0",
    "title": "民呼我应 · 诉求办理平台 接口",
    "description": (
        "JSON 接口。时刻一律为 ISO 8601、+08:00、整秒；代码与中文名称均可提交，应答用代码。\n\n"
        "- **令牌**：`Authorization: Bearer …`，以令牌所属人员的岗位办理，权限逐次核对。\n"
        "- **错误**：`application/problem+json`（RFC 9457），`code` 稳定不变，`errors` 指明字段。\n"
        "- **重复提交**：POST 可带 `Idempotency-Key`，七日内同一标识同一内容只办理一次，应答相同；"
        "内容不同应答 422。\n"
        "- **并发**：工单的 `ETag` 即版本；`If-Match` 过期应答 409，并说明何人何时办理了什么。\n"
        "- **列表**：`limit` 不超过 200，以 `cursor` 翻页。"
    ),
}

TAGS = [
    {"name": "工单", "description": "登记、查询"},
    {"name": "办理", "description": "热线工单和信访件的每一个办理环节"},
    {"name": "附件", "description": "上传与下载"},
    {"name": "时限", "description": "时限推算"},
    {"name": "隐患", "description": "安全巡查的隐患台账，只读"},
    {"name": "统计", "description": "月度指标及其背后的工单"},
    {"name": "基础数据", "description": "单位、分类、工作日历"},
]

PROBLEM: dict[str, Any] = {
    "type": "object",
    "title": "Problem",
    "description": "RFC 9457。`allowed`、`who` 等成员只在相应的 `code` 下出现。",
    "required": ["type", "title", "status", "detail", "code", "request_id"],
    "properties": {
        "type": {"type": "string", "description": f"{TYPE} 加 code"},
        "title": {"type": "string"},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "request_id": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "message"],
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
            },
        },
        "allowed": {
            "type": "array",
            "description": "409：您现在可以办理的事项",
            "items": {"type": "string"},
        },
        "who": {"type": "string", "description": "409：谁先办理了"},
        "at": {"type": ["string", "null"], "description": "409：何时"},
        "action": {"type": ["string", "null"], "description": "409：办理了什么"},
        "version": {"type": "integer", "description": "409：工单现在的版本"},
        "retry_after_s": {"type": "integer", "description": "429、503：多少秒后再试"},
    },
}

_MEANINGS = {
    400: "内容有误：JSON 不合法或字段不对",
    401: "没有令牌，或令牌无效、账号已停用",
    403: "岗位或令牌范围不允许",
    404: "不存在，或不在查看范围内",
    409: "状态或条件不允许，或已被他人先行办理",
    413: "内容过大",
    415: "正文类型不对",
    422: "重复提交标识与内容不一致",
    429: "请求过于频繁",
    500: "系统出错",
    503: "暂时无法服务",
}
_WAIT = {"Retry-After": {"description": "多少秒后再试", "schema": {"type": "integer"}}}
_CHALLENGE = {"WWW-Authenticate": {"description": "RFC 6750", "schema": {"type": "string"}}}
_HEADERS = {401: _CHALLENGE, 429: _WAIT, 503: _WAIT}


def _response(status: int) -> dict[str, Any]:
    told: dict[str, Any] = {
        "description": _MEANINGS[status],
        "content": {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    if status in _HEADERS:
        told["headers"] = _HEADERS[status]
    return told


RESPONSES = {status: _response(status) for status in _MEANINGS}

PARAMETERS: dict[str, Any] = {
    "number": {
        "name": "number",
        "in": "path",
        "required": True,
        "description": "工单编号",
        "schema": {"type": "string", "minLength": 1, "maxLength": 40},
        "example": "RX2026-000001",
    },
    "id": {
        "name": "id",
        "in": "path",
        "required": True,
        "description": "附件编号",
        "schema": {"type": "integer", "minimum": 1, "maximum": 2**53 - 1},
    },
    "If-Match": {
        "name": "If-Match",
        "in": "header",
        "required": False,
        "description": "读取工单时得到的 ETag",
        "schema": {"type": "string", "pattern": '^(\\*|"[0-9]{1,9}")$'},
    },
    "Idempotency-Key": {
        "name": "Idempotency-Key",
        "in": "header",
        "required": False,
        "description": "重复提交标识，建议用 UUID",
        "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
    },
}
