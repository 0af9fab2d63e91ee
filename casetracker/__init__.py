"""The case platform. `create_app` comes when asked for: importing a rule never imports Flask."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from casetracker.app import create_app

__version__ = "0.1.0"
__all__ = ["__version__", "create_app"]


def __getattr__(name: str) -> Any:
    if name == "create_app":
        from casetracker.app import create_app

        return create_app
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
