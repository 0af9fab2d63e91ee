"""The `casetracker` command, also as `python -m casetracker`."""

from casetracker.app import create_app
from casetracker.cli import run


def main() -> None:
    """Entry point of the installed script."""
    run(create_app)


if __name__ == "__main__":
    main()
