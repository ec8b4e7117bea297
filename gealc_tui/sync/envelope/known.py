"""What is no change file and no envelope that is opened here, but known for what it is: so a person can be told.

Only the first bytes are looked at. What is named here is told if nothing better is found in the whole envelope.
"""

from __future__ import annotations

import re

HEAD = 64 * 1024
"""Bytes at the beginning that are looked at."""

_SIGNS = (
    (0, b"7z\xbc\xaf\x27\x1c", "7z"),
    (0, b"Rar!\x1a\x07", "rar"),
    (0, b"\x1f\x8b", "gz"),
    (0, b"\xfd7zXZ\x00", "xz"),
    (0, b"\x28\xb5\x2f\xfd", "zst"),
    (257, b"ustar", "tar"),
    (0, b"SQLite format 3\x00", "database"),
    (0, b"!BDN", "pst"),
    (0, b"%PDF-", "pdf"),
    (0, b"\x89PNG\r\n", "image"),
    (0, b"\xff\xd8\xff", "image"),
)
_BZ2 = re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)")

# PKCS #7 (RFC 2315): signedData is type 2, envelopedData type 3 of this family. The content of the first, type 1,
# stands inside unless the sequence is as long as its name alone.
_PKCS7 = re.compile(rb"\A\x30[\x80-\x84].{0,6}?\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07([\x02\x03])", re.DOTALL)
_SIGNED_CONTENT = re.compile(rb"(?<!\x30\x0b)\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01(?!\x00\x00)")

_PGP = re.compile(rb"^-----BEGIN PGP MESSAGE-----", re.MULTILINE)
_PEM = re.compile(rb"^-----BEGIN (?:PKCS7|CMS)-----", re.MULTILINE)
_UUENCODED = re.compile(rb"^begin [0-7]{3,4} [^\r\n]{1,255}\r?\n[!-`]", re.MULTILINE)

ORDER = (
    "pgp",
    "smime",
    "smime-signed",
    "7z",
    "rar",
    "tar",
    "gz",
    "bz2",
    "xz",
    "zst",
    "zip",
    "uuencode",
    "pst",
    "database",
    "office",
    "pdf",
    "image",
)
"""The kinds, the more telling first: of several things in an envelope one is told."""

ALONE = {"office", "pdf", "image"}
"""What lies in many messages, and is told only when it came by itself."""


def binary_kind(data: bytes) -> str:
    """What the signature of a binary file says that it is; empty if it is none of these."""
    for place, sign, kind in _SIGNS:
        if data.startswith(sign, place):
            return kind
    if _BZ2.match(data):
        return "bz2"
    wrapped = _PKCS7.match(data[:64])
    if wrapped is None:
        return ""
    if wrapped[1] == b"\x03":
        return "smime"
    return "smime-signed" if _SIGNED_CONTENT.search(data[:HEAD]) else ""


def text_kind(data: bytes) -> str:
    """What a text is in which no change file can be seen; empty if nothing is known of it."""
    head = data[:HEAD]
    if _PGP.search(head):
        return "pgp"
    if _PEM.search(head):
        return "smime"
    return "uuencode" if _UUENCODED.search(head) else ""
