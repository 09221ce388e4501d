"use strict";

const assert = require("node:assert/strict");
const crypto = require("node:crypto");
const test = require("node:test");

const { player, plain } = require("./load.js");

const { ids } = player();
const DNS = "6ba7b810-9dad-11d1-80b4-00c04fd430c8"; // RFC 4122, appendix C

test("it works: uuid5 gives the value that RFC 4122's errata and Python's documentation give", () => {
  assert.equal(ids.uuid5(DNS, "www.example.com"), "2ed6657d-e927-568b-95e1-2665a8aea6a2");
  assert.equal(ids.uuid5(DNS, "python.org"), "886313e1-3b8a-5372-9b90-0c9aee199e5d");
});

test("takes a namespace without hyphens", () => {
  assert.equal(ids.uuid5(DNS.replace(/-/g, ""), "python.org"), "886313e1-3b8a-5372-9b90-0c9aee199e5d");
});

test("hashes texts of every length around a block as Node's own SHA-1 does", () => {
  for (const length of [0, 1, 55, 56, 57, 63, 64, 65, 119, 120, 1000]) {
    const text = "ö".repeat(length);
    const ours = ids.hexOfBytes(ids.sha1(ids.utf8(text)));
    assert.equal(ours, crypto.createHash("sha1").update(text, "utf8").digest("hex"), `length ${length}`);
  }
});

test("gives 32 hexadecimal digits of randomness, never the same", () => {
  const drawn = new Set(Array.from({ length: 50 }, () => ids.random128()));
  assert.equal(drawn.size, 50);
  drawn.forEach((one) => assert.match(one, /^[0-9a-f]{32}$/));
});

test("writes bytes as base64url and reads them back", () => {
  for (let length = 0; length < 9; length += 1) {
    const bytes = Array.from({ length }, (_, at) => (at * 83 + 250) % 256);
    const text = ids.base64url(bytes);
    assert.equal(text, Buffer.from(bytes).toString("base64url"));
    assert.deepEqual(plain(ids.fromBase64url(text)), bytes);
  }
});

test("keeps every text through UTF-8, half a surrogate pair too", () => {
  for (const text of ["", "plain", "ä✓😀", "\u0000", "\ud83d", "a\udc00b", "\u{10ffff}"]) {
    assert.equal(ids.fromUtf8(ids.utf8(text)), text);
  }
});

test("does not read bytes that are no UTF-8", () => {
  for (const bytes of [[0xff], [0xc3], [0xc3, 0x41], [0x80], [0xf8, 0x88, 0x80, 0x80, 0x80]]) assert.equal(ids.fromUtf8(bytes), null);
});
