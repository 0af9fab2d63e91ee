"""What a workbook may be before anything of it is parsed: sizes, ratio, no macros, no disguise."""

import zipfile
from pathlib import Path

from casetracker.services.imports.decoding import UnreadableFile

LARGEST_FILE = 100 * 1024 * 1024
LARGEST_UNPACKED = 600 * 1024 * 1024
LARGEST_RATIO = 100
RATIO_COUNTS_FROM = 1024 * 1024
MOST_PARTS = 5000
OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_MARK = b"PK\x03\x04"
FORBIDDEN = ("vbaproject.bin", "externallinks/", "embeddings/")


def refuse_oversize(path: Path) -> None:
    """Raises UnreadableFile for an empty or too large file."""
    size = path.stat().st_size
    if size == 0:
        raise UnreadableFile("文件是空的。")
    if size > LARGEST_FILE:
        raise UnreadableFile(f"文件超过 {LARGEST_FILE // 1024 // 1024} MB，请拆分后导入。")


def refuse_bomb(path: Path) -> None:
    """Look at the directory of the zip only. Raises UnreadableFile with the reason."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError):
        raise UnreadableFile("不是有效的 xlsx 文件，请用 Excel 另存为 .xlsx 或 CSV。") from None
    names = [part.filename.lower() for part in parts]
    if "[content_types].xml" not in names or not any(n.startswith("xl/") for n in names):
        raise UnreadableFile("不是 Excel 工作簿，请用 Excel 另存为 .xlsx 或 CSV。")
    if any(mark in name for name in names for mark in FORBIDDEN):
        raise UnreadableFile("工作簿含有宏、外部链接或嵌入对象，不能导入，请另存为不含宏的 .xlsx。")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise UnreadableFile("工作簿解压后过大，不能导入，请拆分后重试。")
    for part in parts:
        big = part.file_size > RATIO_COUNTS_FROM
        if big and part.file_size > LARGEST_RATIO * max(part.compress_size, 1):
            raise UnreadableFile("工作簿压缩比异常，疑似恶意文件，不能导入。")
