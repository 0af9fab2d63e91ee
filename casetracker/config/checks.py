"""What is refused although each setting is well formed by itself."""

from collections.abc import Mapping
from typing import Any

PLACEHOLDERS = ("changeme", "change-me", "secret", "password", "example", "placeholder", "请")


def weaknesses(values: Mapping[str, Any]) -> list[str]:
    """What production refuses: reliability comes before convenience there."""
    required = {
        "DATABASE_URL": "数据库地址",
        "REDIS_URL": "Redis 地址",
        "SECRET_KEY": "会话签名密钥",
        "FIELD_KEYS": "个人信息加密密钥",
        "TRUSTED_HOSTS": "允许访问的域名",
        "PUBLIC_URL": "对外网址",
    }
    problems = [
        f"{name}：正式环境必须设置（{meaning}）"
        for name, meaning in required.items()
        if not values[name.lower()]
    ]
    keys = [("SECRET_KEY", values["secret_key"])] if values["secret_key"] else []
    keys += [("SECRET_KEY_FALLBACKS", key) for key in values["secret_key_fallbacks"]]
    problems += [
        f"{name}：强度不足，应为至少 32 个字符的随机串" for name, key in keys if _is_weak(key)
    ]
    if any("*" in host for host in values["trusted_hosts"]):
        problems.append("TRUSTED_HOSTS：不能使用通配符 *")
    if values["public_url"].startswith("http://") and not values["allow_http"]:
        problems.append("PUBLIC_URL：应使用 https；确需使用 http 时请设置 ALLOW_HTTP=1")
    return problems


def _is_weak(key: str) -> bool:
    lowered = key.lower()
    return len(key) < 32 or len(set(key)) < 10 or any(word in lowered for word in PLACEHOLDERS)


def contradictions(values: Mapping[str, Any]) -> list[str]:
    """Settings that only make sense together, in every environment."""
    problems = []
    if values["sms_gateway_url"] and not values["sms_gateway_key"]:
        problems.append("SMS_GATEWAY_KEY：设置了 SMS_GATEWAY_URL 时必须设置（短信网关密钥）")
    if values["smtp_url"] and not values["mail_from"]:
        problems.append("MAIL_FROM：设置了 SMTP_URL 时必须设置（发件人地址）")
    if values["secret_key"] in values["secret_key_fallbacks"]:
        problems.append("SECRET_KEY_FALLBACKS：只应包含已停用的密钥，不应包含 SECRET_KEY")
    return problems
