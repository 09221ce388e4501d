"""Faults in the zip itself."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path

from tests.packager.verify.packages import MANIFESTS, Files
from tests.packager.verify.seeded import Fault, Zip, file, packed, stored, unchanged, unlisted

LOOSE = ("cmi5", "xapi")  # whose manifests list no files


def with_member(name: str, mode: int = 0) -> Zip:
    def pack(path: Path, files: Files) -> None:
        packed(path, files)
        info = zipfile.ZipInfo(name)
        info.external_attr = mode << 16
        with zipfile.ZipFile(path, "a") as opened:
            opened.writestr(info, "1")

    return pack


def spoiled(old: bytes, new: bytes) -> Zip:
    """Stored, with other bytes than those that the zip tells of."""

    def pack(path: Path, files: Files) -> None:
        stored(path, files)
        assert old in path.read_bytes()
        path.write_bytes(path.read_bytes().replace(old, new))

    return pack


def encrypted(path: Path, files: Files) -> None:
    """One member marked as encrypted, in both of its headers."""
    packed(path, files)
    data = bytearray(path.read_bytes())
    data[6] |= 1
    central = data.index(b"PK\x01\x02")
    data[central + 8] |= 1
    path.write_bytes(data)


def packed_otherwise(path: Path, files: Files) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as made:
        for name, data in files.items():
            made.writestr(name, data)


def in_a_folder(files: Files, _: str) -> Files:
    return {f"course/{name}": data for name, data in files.items()}


def with_capitals(files: Files, standard: str) -> Files:
    return {(name.capitalize() if name == MANIFESTS[standard] else name): data for name, data in files.items()}


def without_manifest(files: Files, standard: str) -> Files:
    return {name: data for name, data in files.items() if name != MANIFESTS[standard]}


FAULTS = (
    Fault("not-a-zip", unchanged, pack=lambda path, _: path.write_bytes(b"<html>")),
    Fault("zip-bomb", file("zeros.bin", b"\0" * (4 << 20))),
    Fault("zip-encrypted", unchanged, pack=encrypted),
    Fault("zip-method", unchanged, LOOSE[:1], pack=packed_otherwise),
    Fault("zip-link", unchanged, LOOSE, pack=with_member("link.js", stat.S_IFLNK | 0o777)),
    Fault("zip-special-file", unchanged, LOOSE, pack=with_member("pipe.js", stat.S_IFIFO | 0o777)),
    Fault("name-climbs", unlisted("../evil.js"), LOOSE),
    Fault("name-absolute", unlisted("/evil.js"), LOOSE),
    Fault("name-with-drive", unlisted("C:evil.js"), LOOSE),
    Fault("name-backslash", unlisted("lib\\more.js"), LOOSE),
    Fault("name-control-character", unlisted("Icon\r.js"), LOOSE),
    Fault("name-empty-part", unlisted("lib//more.js"), LOOSE),
    Fault("name-not-utf-8", unlisted("xx.png"), LOOSE, pack=spoiled(b"xx.png", "Ü.png".encode())),
    Fault("name-twice-but-for-case", unlisted("LIB/run.js"), LOOSE),
    Fault("name-twice", unchanged, LOOSE, pack=with_member("index.html")),
    Fault("member-damaged", unchanged, pack=spoiled(b"color: #222", b"color: #333")),
    Fault("manifest-nested", in_a_folder),
    Fault("manifest-wrong-case", with_capitals),
    Fault("manifest-missing", without_manifest),
)  # fmt: skip
