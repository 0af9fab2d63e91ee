"""From the text of one variable to its value; a ValueError says in Chinese what is wrong."""

from collections.abc import Callable, Mapping
from urllib.parse import urlsplit


def text(value: str) -> str:
    return value.strip()


def texts(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",") if part.strip())


def flag(value: str) -> bool:
    try:
        return {"1": True, "true": True, "0": False, "false": False, "": False}[value.lower()]
    except KeyError:
        raise ValueError("只能是 1 或 0") from None


def whole(low: int, high: int) -> Callable[[str], int]:
    def parse(value: str) -> int:
        if not (value.isascii() and value.isdigit() and low <= int(value) <= high):
            raise ValueError(f"应为 {low} 至 {high} 的整数")
        return int(value)

    return parse


def choice(choices: Mapping[str, str]) -> Callable[[str], str]:
    def parse(value: str) -> str:
        try:
            return choices[value.lower()]
        except KeyError:
            raise ValueError(f"只能是 {'、'.join(choices)} 之一") from None

    return parse


def url(*schemes: str) -> Callable[[str], str]:
    def parse(value: str) -> str:
        if value and urlsplit(value).scheme not in schemes:
            raise ValueError(f"应为以 {'、'.join(f'{name}://' for name in schemes)} 开头的地址")
        return value.rstrip("/")

    return parse


def address(value: str) -> str:
    host, _, port = value.rpartition(":")
    if value and not (host and port.isdigit()):
        raise ValueError("应为 主机:端口")
    return value


def database(value: str) -> str:
    scheme, separator, rest = value.partition("://")
    known = {"postgres", "postgresql", "postgresql+psycopg", "sqlite"}
    if value and (not separator or scheme not in known):
        raise ValueError("应为以 postgresql:// 或 sqlite:// 开头的地址")
    return f"postgresql+psycopg://{rest}" if scheme.startswith("postgres") else value
