"""Sheets that are damaged, hostile, or of a kind that nobody reads here; each with words of its sentence."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

from tests.documents.sheet_files import sheet

_NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def _with(rows: str, *, before: str = "", pad: int = 0) -> bytes:
    """A file of Excel whose first sheet has this XML inside."""
    whole = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(sheet(["Código", "Lugar"], ["3.1.1", "Lima"]))) as given,
        zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in given.namelist():
            data = given.read(name)
            if name == "xl/worksheets/sheet1.xml":
                data = f"{before}<worksheet {_NS}><sheetData>{rows}</sheetData></worksheet>".encode() + b" " * pad
            made.writestr(name, data)
    return whole.getvalue()


def _compound(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + stream.encode("utf-16-le") + b"\0" * 4_000


def _cut() -> bytes:
    data = sheet(["Código"])
    return data[: len(data) // 2]


_ENTITY = '<!DOCTYPE a [<!ENTITY b "c">]>'

ALL: Mapping[str, tuple[str, Callable[[], bytes]]] = {
    "an old one": ("Excel antigua", lambda: _compound("Workbook")),
    "one with a password": ("contraseña", lambda: _compound("EncryptedPackage")),
    "one that was cut off": ("dañado", _cut),
    "one with XML that is none": ("dañado", lambda: _with("<row><c>")),
    "one with entities": ("dañado", lambda: _with("<row r='1'/>", before=_ENTITY)),
    "16,384 columns": ("256 columnas", lambda: _with('<row r="1"><c r="XFD1"><v>1</v></c></row>')),
    "a million rows": ("demasiadas filas", lambda: _with('<row r="1048576"><c r="A1048576"><v>1</v></c></row>')),
    "a bomb": ("demasiado grande", lambda: _with("<row r='1'/>", pad=200 * 1024 * 1024)),
    "a web page": ("página web", lambda: b"<html><table><tr><td>3.1.1</td></tr></table></html>"),
    "nothing in it": ("ninguna hoja", lambda: sheet()),
    "no column of codes": ("--columns", lambda: sheet(["Nombre", "Lugar"], ["Taller", "Lima"])),
    "a text of noughts": ("no es un texto", lambda: b"a;b\r\n\0\0\0\1;c\r\n"),
    "many columns of text": ("256 columnas", lambda: b";" * 300),
}

SUFFIXES = {"a text of noughts": ".csv", "many columns of text": ".csv", "an old one": ".xls"}
