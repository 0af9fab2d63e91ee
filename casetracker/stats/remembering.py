"""What a process remembers of costly answers: the latest few, each under all that it depends on."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

Answer = TypeVar("Answer")


class Remembered(Generic[Answer]):
    """Answers by key, those used last; several threads may ask at once."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._answers: OrderedDict[Hashable, Answer] = OrderedDict()
        self._one_at_a_time = Lock()

    def recall(self, key: Hashable) -> Answer | None:
        """None where it is not known, or no longer."""
        with self._one_at_a_time:
            if key not in self._answers:
                return None
            self._answers.move_to_end(key)
            return self._answers[key]

    def keep(self, key: Hashable, answer: Answer) -> None:
        """The one used longest ago makes room."""
        with self._one_at_a_time:
            self._answers[key] = answer
            self._answers.move_to_end(key)
            while len(self._answers) > self.most:
                self._answers.popitem(last=False)
