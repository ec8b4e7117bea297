"""The key that speaks for one replica.

An Ed25519 key pair (RFC 8032), by `cryptography`. The replica's id is a hash of the public key, so an id proves
itself. The private key lies in a file of its own beside the database, readable by its owner only: a copied
database is not a copied identity.
"""

from __future__ import annotations

import base64
import binascii
import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from gealc_tui import errors
from gealc_tui.domain.change import canonical, text_hash
from gealc_tui.private import make_folder


class Identity:
    """A replica's private key, and what follows from it."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        self.key = base64.b64encode(private.public_key().public_bytes_raw()).decode()
        self.replica = replica_of(self.key)

    def sign_run(self, seq: int, tip: str) -> str:
        """The signature of this replica's log up to change number `seq`, whose id is `tip`."""
        return self._sign(_run_message(self.replica, seq, tip))

    def sign_bundle(self, digest: str) -> str:
        """The signature of a whole change file."""
        return self._sign(_bundle_message(digest))

    def sign_successor(self, replica: str) -> str:
        """The word of this replica that its person goes on under another identity."""
        return self._sign(_successor_message(self.replica, replica))

    def sign_matrix(self, digest: str) -> str:
        """The signature of a matrix that goes out."""
        return self._sign(_matrix_message(digest))

    def sign_scribe(self, scribe: str) -> str:
        """The word of this replica that it wrote down as `scribe` what somebody had filled in."""
        return self._sign(_scribe_message(self.replica, scribe))

    def _sign(self, message: bytes) -> str:
        return base64.b64encode(self._private.sign(message)).decode()


def replica_of(key: str) -> str:
    """The id of the replica with this public key (base64)."""
    return text_hash(canonical(["replica", key]))


def run_is_signed(replica: str, key: str, seq: int, tip: str, signature: str) -> bool:
    """Whether the holder of `key`, and so `replica`, signed its log up to this change."""
    return replica == replica_of(key) and _is_signed(key, _run_message(replica, seq, tip), signature)


def bundle_is_signed(replica: str, key: str, digest: str, signature: str) -> bool:
    """Whether `replica` signed a change file with this digest."""
    return replica == replica_of(key) and _is_signed(key, _bundle_message(digest), signature)


def _run_message(replica: str, seq: int, tip: str) -> bytes:
    return canonical(["run", replica, seq, tip])


def _bundle_message(digest: str) -> bytes:
    return canonical(["bundle", digest])


def successor_is_signed(replica: str, key: str, successor: str, signature: str) -> bool:
    """Whether `replica` said that its person goes on as `successor`."""
    return replica == replica_of(key) and _is_signed(key, _successor_message(replica, successor), signature)


def _successor_message(replica: str, successor: str) -> bytes:
    return canonical(["successor", replica, successor])


def matrix_is_signed(replica: str, key: str, digest: str, signature: str) -> bool:
    """Whether `replica` signed a matrix with this digest."""
    return replica == replica_of(key) and _is_signed(key, _matrix_message(digest), signature)


def _matrix_message(digest: str) -> bytes:
    return canonical(["matrix", digest])


def scribe_is_signed(replica: str, key: str, scribe: str, signature: str) -> bool:
    """Whether `replica` said that it writes as `scribe` what somebody filled in."""
    return replica == replica_of(key) and _is_signed(key, _scribe_message(replica, scribe), signature)


def _scribe_message(replica: str, scribe: str) -> bytes:
    return canonical(["scribe", replica, scribe])


def _is_signed(key: str, message: bytes, signature: str) -> bool:
    try:
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key, validate=True))
        public.verify(base64.b64decode(signature, validate=True), message)
    except (InvalidSignature, ValueError, binascii.Error):
        return False
    return True


def create(folder: Path) -> Identity:
    """Makes a key and keeps it in `folder`. Raises FileUnwritable."""
    private = Ed25519PrivateKey.generate()
    identity = Identity(private)
    try:
        make_folder(folder)
        descriptor = os.open(_path(folder, identity.replica), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(base64.b64encode(private.private_bytes_raw()) + b"\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise errors.FileUnwritable(path=str(folder), reason=errors.reason_of(error)) from error
    return identity


def load(folder: Path, replica: str) -> Identity | None:
    """The key of a replica, if it lies in `folder` and really is that replica's."""
    try:
        raw = base64.b64decode(_path(folder, replica).read_bytes(), validate=False)
        identity = Identity(Ed25519PrivateKey.from_private_bytes(raw))
    except (OSError, ValueError):
        return None
    return identity if identity.replica == replica else None


def _path(folder: Path, replica: str) -> Path:
    return folder / f"{replica}.key"
