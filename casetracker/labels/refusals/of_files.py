"""Chinese sentences for files that are refused."""

from collections.abc import Mapping

REFUSALS: Mapping[str, tuple[str, str]] = {
    "unreadable_file": ("无法读取文件", "{reason}"),
    "file_refused": ("文件不能接收", "请换一份文件后重试。"),
    "file_empty": ("文件是空的", "请检查文件后重新选择。"),
    "file_too_large": ("文件过大", "单个文件不能超过 {megabytes} MB，请压缩后再上传。"),
    "file_too_many_pixels": (
        "图片像素过大",
        "图片不能超过 {megapixels} 百万像素，请缩小后再上传。",
    ),
    "file_type_refused": (
        "不支持这种文件",
        "可上传 jpg、png、webp 图片，pdf、docx、xlsx 文档，mp3 录音和 mp4 视频。",
    ),
    "file_not_what_it_says": ("文件内容与扩展名不符", "请用原软件另存为正确格式后再上传。"),
    "file_active": ("文件含有宏或脚本", "请另存为不含宏、脚本和嵌入对象的文件后再上传。"),
    "file_broken": ("文件已损坏", "文件无法打开，请检查后重新选择。"),
    "file_bomb": ("文件解压后过大", "请拆分文件后再上传。"),
    "file_name_refused": ("文件名不能使用", "请改名后再上传。"),
    "file_quota": ("附件已达上限", "每件工单最多 {files} 个附件，总计不超过 500 MB。"),
}

PROBLEMS: Mapping[str, str] = {
    "one_file": "须上传一个文件",
}
