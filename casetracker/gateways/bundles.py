"""Several files in one archive."""

import io
import zipfile
from collections.abc import Mapping

ZIP = "application/zip"


def bundle(files: Mapping[str, bytes]) -> bytes:
    """A ZIP of the files under their names, which may be Chinese."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as package:
        for name, content in files.items():  # office files and PDF are compressed already
            package.writestr(name, content)
    return archive.getvalue()
