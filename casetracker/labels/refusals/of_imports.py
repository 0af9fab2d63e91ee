"""Chinese sentences for tables that are imported."""

from collections.abc import Mapping

PROBLEMS: Mapping[str, str] = {
    "unknown_mapping": "没有这个映射，可用 casetracker mapping list 查看",
    "bad_mapping_name": "映射名称须为 1 至 60 个字，且不能与内置映射同名",
    "unknown_column": "格式中没有这一列",
}
