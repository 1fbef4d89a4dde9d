"""What was worked out for one text of many, kept while it is of use."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

MOST = 1024
"""So many texts are kept: more than a manual has chapters, fewer than it has versions. A version is read for
its own page and then hardly again, and all of them together would fill the memory."""

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Kept(Generic[Key, Value]):
    """Values by key, the least lately used forgotten."""

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self.values: OrderedDict[Key, Value] = OrderedDict()

    def get(self, key: Key, make: Callable[[], Value]) -> Value:
        """The value of a key, made if it is not there."""
        if key in self.values:
            self.values.move_to_end(key)
            return self.values[key]
        value = self.values[key] = make()
        if len(self.values) > self.most:
            self.values.popitem(last=False)
        return value
