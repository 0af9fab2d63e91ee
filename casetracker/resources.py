"""Finds the folders that stand beside the package in a checkout and inside it in a wheel."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def templates_folder() -> Path:
    """Where Jinja finds its pages."""
    return _folder("templates")


def migrations_folder() -> Path:
    """Where Alembic finds env.py and the versions."""
    return _folder("migrations")


def _folder(name: str) -> Path:
    for parent in (PACKAGE, PACKAGE.parent):
        if (parent / name).is_dir():
            return parent / name
    raise FileNotFoundError(f"安装不完整：找不到 {name} 文件夹")
