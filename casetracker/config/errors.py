"""How a fault in the settings is told."""


class SettingsError(Exception):
    """Some settings are missing, ill-formed or too weak; `problems` names all, in Chinese."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("配置有误，无法启动：\n" + "\n".join(f"  - {line}" for line in problems))
