"""What may stand in an address: everything else leads nowhere, and no query is made for it."""

from flask import Flask
from werkzeug.routing import IntegerConverter, Map, UnicodeConverter, ValidationError

LONGEST = 200
LARGEST = 2**31 - 1
"""The smaller of the two kinds of key that tables have."""


class RowNumber(IntegerConverter):
    """`<int:…>` as plain digits that a database can look for."""

    regex = "[0-9]{1,10}"

    def __init__(self, map: Map) -> None:
        super().__init__(map, max=LARGEST)


class Name(UnicodeConverter):
    """`<…>` without signs that nobody sees or a database cannot hold."""

    def to_python(self, value: str) -> str:
        if len(value) > LONGEST or not value.isprintable():
            raise ValidationError
        return super().to_python(value)


def install_addresses(app: Flask) -> None:
    """Before the first route is added."""
    app.url_map.converters.update({"int": RowNumber, "default": Name, "string": Name})
