"""Faults in names and kinds of files, and secrets in them."""

from tests.packager.verify.packages import STANDARDS
from tests.packager.verify.seeded import Fault, file, manifest, rewritten, script, stored, unlisted

KEY_HEADER = "-----BEGIN " + "RSA PRIVATE KEY-----"
AWS = "AKIA" + "IOSFODNN7EXAMPLE"
JWT = "eyJhbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiIxMjM0NTY3ODkwIn0" + ".dozjgNryP4J3jVmNHl0w5N"
BASIC = "Basic " + "c3Ryb2tlOmdlaGVpbTEyMw=="  # stroke:geheim123
XAPI = ("cmi5", "xapi")

FAULTS = (
    Fault("server-side-file", file("send.php", "<?php")),
    Fault("server-side-file", file(".htaccess", "Deny from all")),
    Fault("executable-file", file("setup.exe", b"MZ")),
    Fault("file-type-mistyped", file("lib/app.wasm", b"\0asm")),
    Fault("flash", file("intro.swf", b"FWS")),
    Fault("junk-file", file("__MACOSX/._index.html", b"\0\1")),
    Fault("junk-file", file(".DS_Store", b"\0\1")),
    Fault("name-not-plain", unlisted("Übersicht.png", "PNG"), XAPI),
    Fault("name-awkward", unlisted("figure one.png", "PNG"), XAPI),
    Fault("name-garbled", unlisted("Ãœbersicht.png", "PNG"), XAPI),
    Fault("name-windows", file("aux.js")),
    Fault("name-windows", unlisted("what?.js"), XAPI),
    Fault("name-long", file("a/" * 100 + "b.js")),
    Fault("zip-nested", file("source.zip", "PK")),
    Fault("text-unread", file("data.json", bytes(range(256)) * (17 << 12)), STANDARDS[:1], pack=stored),
    Fault("secret-file", file(".env", "A=1")),
    Fault("secret", file("notes.txt", KEY_HEADER)),
    Fault("secret", script(f'var key = "{AWS}";')),
    Fault("secret", script(f'var token = "{JWT}";')),
    Fault("secret", script('var lrs = "' + "https://" + 'stroke:geheim@lrs.example/xapi";')),
    Fault("credentials", script(f'var auth = "{BASIC}";')),
    Fault("credentials", script('configure({ endpoint: "https://lrs.example/xapi/", user: "stroke", password: "geheim" });')),
    Fault("credentials", file("config.json", '{"_endpoint": "https://lrs.example/", "_user": "stroke", "_password": "geheim"}')),
    Fault("credentials", file("config.json", f'{{"auth": "{BASIC}"}}')),
    Fault("secret-perhaps", script('var password = "geheim123";')),
    Fault("secret-perhaps", file("config.json", '{"_xapi": {"_password": "geheim123"}}')),
    Fault("manifest-encoding", rewritten(lambda text: text.replace("UTF-8", "UTF-16").encode("utf-16"))),
    Fault("manifest-encoding-wrong", rewritten(lambda text: text.replace("Stroke", "Schlaganfälle").encode("latin-1"))),
    Fault("manifest-bom", rewritten(lambda text: text.encode("utf-8-sig"))),
    Fault("xml-doctype", manifest('encoding="UTF-8"?>', 'encoding="UTF-8"?><!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>')),
    Fault("xml-doctype", manifest('encoding="UTF-8"?>', 'encoding="UTF-8"?><!DOCTYPE a>')),
    Fault("xml-malformed", manifest("</", "<")),
    Fault("manifest-root", rewritten(lambda _: "<html/>")),
)  # fmt: skip
