"""How a maker of exports is woken; the app sets it, and without it the tick finds the orders."""

from collections.abc import Callable


class _Wake:
    hook: Callable[[], None] | None = None


def wake_makers_with(hook: Callable[[], None]) -> None:
    """`hook()` is called after each commit that left an order to be made."""
    _Wake.hook = hook


def wake_makers() -> None:
    if _Wake.hook is not None:
        _Wake.hook()
