"""Writes messages as Outlook saves them (.msg): a compound file whose streams are properties (MS-CFB, MS-OXMSG)."""

from __future__ import annotations

import struct
from typing import Union

Tree = dict[str, Union[bytes, "Tree"]]

_END, _FREE, _FAT, _NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF
_SECTOR, _SMALL, _CUTOFF = 512, 64, 4096


def message(body: str = "", *, html: bytes = b"", attached: dict[str, bytes | Tree] | None = None) -> Tree:
    """The properties of a message. What is attached is bytes, or another message."""
    tree: Tree = {"__properties_version1.0": bytes(32), "__substg1.0_001A001F": "IPM.Note".encode("utf-16-le")}
    if body:
        tree["__substg1.0_1000001F"] = body.encode("utf-16-le")
    if html:
        tree["__substg1.0_10130102"] = html
    for n, (name, data) in enumerate((attached or {}).items()):
        kind = "3701000D" if isinstance(data, dict) else "37010102"
        tree[f"__attach_version1.0_#{n:08X}"] = {
            "__properties_version1.0": bytes(8),
            "__substg1.0_3707001F": name.encode("utf-16-le"),
            f"__substg1.0_{kind}": data,
        }
    return tree


def saved(tree: Tree) -> bytes:
    """The file."""
    return _Writer().written(tree)


class _Writer:
    def __init__(self) -> None:
        self.sectors: list[bytes] = []
        self.fat: list[int] = []
        self.small = b""
        self.small_fat: list[int] = []
        self.entries: list[list[int | str]] = []

    def written(self, tree: Tree) -> bytes:
        self.entries.append(["Root Entry", 5, _NONE, _NONE, _NONE, 0, 0])
        self.entries[0][4] = self._folder(tree)
        self.entries[0][5:] = [self._chain(self.small) if self.small else _END, len(self.small)]
        small_fat = self._chain(struct.pack(f"<{len(self.small_fat)}I", *self.small_fat)) if self.small_fat else _END
        small_fat_sectors = -(-len(self.small_fat) * 4 // _SECTOR)
        directory = self._chain(b"".join(self._entry(*one) for one in self.entries))
        count = 1
        while (len(self.fat) + count) * 4 > count * _SECTOR:
            count += 1
        first = len(self.fat)
        self.fat += [_FAT] * count
        table = struct.pack(f"<{len(self.fat)}I", *self.fat).ljust(count * _SECTOR, b"\xff")
        places = [*range(first, first + count), *[_FREE] * (109 - count)]
        header = struct.pack(
            "<8s16sHHHHH6xIIIIIIIII",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            b"",
            0x3E,
            3,
            0xFFFE,
            9,
            6,
            0,
            count,
            directory,
            0,
            _CUTOFF,
            small_fat,
            small_fat_sectors,
            _END,
            0,
        )
        return header[:76] + struct.pack("<109I", *places) + b"".join(self.sectors) + table

    def _folder(self, tree: Tree) -> int:
        """Adds the entries of a storage as a balanced tree; the number of its root."""
        numbers = {}
        for name, content in tree.items():
            numbers[name] = len(self.entries)
            self.entries.append([name, 1, _NONE, _NONE, _NONE, _END, 0])
            entry = self.entries[-1]
            if isinstance(content, dict):
                entry[1] = 1
                entry[4], entry[5] = self._folder(content), 0
            else:
                entry[1] = 2
                entry[5:] = [self._stream(content), len(content)]
        names = sorted(tree, key=lambda name: (len(name), name.upper()))
        return self._balanced([numbers[name] for name in names])

    def _balanced(self, numbers: list[int]) -> int:
        if not numbers:
            return _NONE
        middle = len(numbers) // 2
        entry = self.entries[numbers[middle]]
        entry[2], entry[3] = self._balanced(numbers[:middle]), self._balanced(numbers[middle + 1 :])
        return numbers[middle]

    def _stream(self, data: bytes) -> int:
        if not data:
            return _END
        if len(data) >= _CUTOFF:
            return self._chain(data)
        first, count = len(self.small_fat), -(-len(data) // _SMALL)
        self.small_fat += [*range(first + 1, first + count), _END]
        self.small += data.ljust(count * _SMALL, b"\0")
        return first

    def _chain(self, data: bytes) -> int:
        first, count = len(self.fat), -(-len(data) // _SECTOR)
        self.fat += [*range(first + 1, first + count), _END]
        self.sectors += [data[n * _SECTOR : (n + 1) * _SECTOR].ljust(_SECTOR, b"\0") for n in range(count)]
        return first

    @staticmethod
    def _entry(name: str, kind: int, left: int, right: int, child: int, start: int, size: int) -> bytes:
        spelled = name.encode("utf-16-le") + b"\0\0"
        return struct.pack(
            "<64sHBBIII16sIQQIQ", spelled, len(spelled), kind, 1, left, right, child, b"", 0, 0, 0, start, size
        )
