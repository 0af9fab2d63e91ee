"""What a browser calls itself, in words that its owner knows."""

PROGRAMS = (
    ("MicroMessenger", "微信"),
    ("DingTalk", "钉钉"),
    ("wxwork", "企业微信"),
    ("QQBrowser", "QQ 浏览器"),
    ("Quark", "夸克浏览器"),
    ("UCBrowser", "UC 浏览器"),
    ("HuaweiBrowser", "华为浏览器"),
    ("MiuiBrowser", "小米浏览器"),
    ("Edg", "Edge 浏览器"),
    ("Firefox", "火狐浏览器"),
    ("Chrome", "谷歌内核浏览器"),
    ("Safari", "Safari 浏览器"),
)
"""Mark → name; the more particular come first, for most call themselves Chrome and Safari too."""
DEVICES = (
    ("HarmonyOS", "鸿蒙手机"),
    ("iPhone", "苹果手机"),
    ("iPad", "苹果平板"),
    ("Android", "安卓手机"),
    ("Windows", "Windows 电脑"),
    ("Macintosh", "苹果电脑"),
    ("Linux", "Linux 电脑"),
)
UNKNOWN = "未知浏览器"


def browser_name(user_agent: str | None) -> str:
    """`Edge 浏览器 · Windows 电脑`; what is not known is left out."""
    found = (_first(PROGRAMS, user_agent or ""), _first(DEVICES, user_agent or ""))
    return " · ".join(filter(None, found)) or UNKNOWN


def _first(known: tuple[tuple[str, str], ...], text: str) -> str:
    return next((name for mark, name in known if mark in text), "")
