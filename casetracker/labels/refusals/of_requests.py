"""Chinese sentences for what may refuse any request, whatever it asks."""

from collections.abc import Mapping

REFUSALS: Mapping[str, tuple[str, str]] = {
    "refused": ("无法办理", "系统未能完成该操作，请核对后重试。"),
    "invalid_input": ("填写有误", "请按提示修改后重新提交，已填写的内容不会丢失。"),
    "illegal_transition": (
        "当前状态不能这样办理",
        "工单现为“{state}”，不能“{action}”。可办理：{allowed}。",
    ),
    "not_permitted": ("没有权限", "您的岗位不能办理“{action}”，请联系有权限的同事或管理员。"),
    "not_found": ("没有找到", "工单不存在，或不在您的查看范围内。"),
    "stale_version": (
        "工单已被他人更新",
        "该工单已由{who}于{at}{action}，您看到的不是最新内容。请刷新后再办理，已填写的内容会保留。",
    ),
    "too_many_attempts": ("尝试次数过多", "为保护个人信息，请在{retry_after}后再试。"),
    "idempotency_mismatch": (
        "重复提交标识与内容不一致",
        "同一提交标识只能用于同一内容，请更换标识后重试。",
    ),
    "demo_already_loaded": (
        "数据库不是空的",
        "演示数据只能载入空库，请更换 DATA_DIR 或 DATABASE_URL。",
    ),
    "database_unavailable": ("数据库暂时不可用", "您填写的内容未丢失，请稍后重试。"),
    "unexpected": ("系统出错", "系统已记录这个问题，请稍后重试；仍不成功请联系管理员。"),
    "malformed_json": ("不是合法的 JSON", "请求正文第 {line} 行第 {column} 列有误，请改正后重试。"),
    "duplicate_field": ("JSON 中有重复的字段", "字段“{name}”出现了不止一次，请只保留一个。"),
    "json_too_deep": ("JSON 嵌套过深", "请求正文最多嵌套 {most} 层。"),
    "not_finite": ("数字无效", "数字须是有限的数值，不能是 NaN 或 Infinity。"),
    "unsaveable_characters": ("包含无法保存的字符", "请删除无法保存的字符后重试。"),
    "bad_idempotency_key": (
        "重复提交标识不对",
        "Idempotency-Key 须为 1 至 255 个可见的英文字符。",
    ),
    "bad_if_match": ("版本标识不对", 'If-Match 须为读取工单时得到的 ETag，如 "3"。'),
    "unauthenticated": ("需要访问令牌", "请在 Authorization 头中以 Bearer 方式提供访问令牌。"),
    "invalid_token": ("访问令牌无效", "令牌不存在、已撤销或已过期，或者账号已停用。"),
    "insufficient_scope": (
        "访问令牌的范围不够",
        "该操作需要范围“{scope}”，请向管理员申请相应的令牌。",
    ),
    "http_400": ("请求有误", "请对照接口文档核对请求。"),
    "http_404": ("没有这个地址", "请核对网址，或对照接口文档。"),
    "http_405": ("不支持这种请求方法", "该地址接受的方法见应答的 Allow 头。"),
    "http_413": ("内容过大", "请求正文超过上限，请精简后重试。"),
    "http_415": ("正文类型不对", "请按接口文档给出的类型发送请求正文。"),
    "http_429": ("请求过于频繁", "请稍候再试，等待秒数见应答的 Retry-After 头。"),
}
