/* Identifiers and the bytes under them: UTF-8, SHA-1, base64url, UUID version 5 (RFC 4122 §4.3), 128 random bits. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.ids = (function () {
  "use strict";

  var BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  /* UTF-8 by hand: encodeURIComponent throws on half a surrogate pair, and a learner's text must never throw.
     Such a half becomes its own three bytes, so that it comes back as it was. */
  function utf8(text) {
    var bytes = [];
    for (var at = 0; at < text.length; at += 1) {
      var code = text.codePointAt(at);
      if (code > 0xffff) at += 1;
      pushCodePoint(bytes, code);
    }
    return bytes;
  }

  function pushCodePoint(bytes, code) {
    if (code < 0x80) return bytes.push(code);
    if (code < 0x800) return bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    if (code < 0x10000) return bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    return bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
  }

  /* The text of UTF-8 bytes; null when they are none. */
  function fromUtf8(bytes) {
    var text = "";
    for (var at = 0; at < bytes.length; ) {
      var more = extraBytes(bytes[at]);
      if (more < 0 || at + more >= bytes.length) return null;
      var code = more === 0 ? bytes[at] : bytes[at] & (0x3f >> more);
      for (var k = 1; k <= more; k += 1) {
        if ((bytes[at + k] & 0xc0) !== 0x80) return null;
        code = code * 64 + (bytes[at + k] & 63);
      }
      if (code > 0x10ffff) return null;
      text += String.fromCodePoint(code);
      at += more + 1;
    }
    return text;
  }

  function extraBytes(first) {
    if (first < 0x80) return 0;
    if (first >= 0xc2 && first < 0xe0) return 1;
    if (first >= 0xe0 && first < 0xf0) return 2;
    return first >= 0xf0 && first < 0xf5 ? 3 : -1;
  }

  function bytesOfHex(hex) {
    var bytes = [];
    for (var at = 0; at < hex.length; at += 2) bytes.push(parseInt(hex.substr(at, 2), 16));
    return bytes;
  }

  function hexOfBytes(bytes) {
    return Array.from(bytes, function (byte) {
      return (byte + 256).toString(16).slice(1);
    }).join("");
  }

  function base64url(bytes) {
    var text = "";
    for (var at = 0; at < bytes.length; at += 3) {
      var three = (bytes[at] << 16) | ((bytes[at + 1] || 0) << 8) | (bytes[at + 2] || 0);
      var digits = Math.min(4, bytes.length - at + 1);
      for (var k = 0; k < digits; k += 1) text += BASE64[(three >> (18 - 6 * k)) & 63];
    }
    return text;
  }

  /* The bytes of unpadded base64url; null when the text is none. */
  function fromBase64url(text) {
    if (text.length % 4 === 1) return null;
    var bytes = [];
    for (var at = 0; at < text.length; at += 4) {
      var part = text.substr(at, 4);
      var four = 0;
      for (var k = 0; k < 4; k += 1) {
        var digit = k < part.length ? BASE64.indexOf(part[k]) : 0;
        if (digit < 0) return null;
        four = four * 64 + digit;
      }
      for (k = 0; k < part.length - 1; k += 1) bytes.push((four >> (16 - 8 * k)) & 255);
    }
    return bytes;
  }

  function rotate(word, by) {
    return (word << by) | (word >>> (32 - by));
  }

  /* FIPS 180-4 §5.1.1 padding: a one bit, zeros, the length in bits. */
  function padded(bytes) {
    var all = bytes.concat([0x80]);
    while (all.length % 64 !== 56) all.push(0);
    var bits = bytes.length * 8;
    for (var shift = 56; shift >= 0; shift -= 8) all.push(Math.floor(bits / Math.pow(2, shift)) & 255);
    return all;
  }

  function schedule(block) {
    var words = [];
    for (var i = 0; i < 16; i += 1) {
      words.push((block[4 * i] << 24) | (block[4 * i + 1] << 16) | (block[4 * i + 2] << 8) | block[4 * i + 3]);
    }
    for (i = 16; i < 80; i += 1) words.push(rotate(words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16], 1));
    return words;
  }

  function round(i, b, c, d) {
    if (i < 20) return ((b & c) | (~b & d)) + 0x5a827999;
    if (i < 40) return (b ^ c ^ d) + 0x6ed9eba1;
    if (i < 60) return ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc;
    return (b ^ c ^ d) + 0xca62c1d6;
  }

  function compress(hash, block) {
    var words = schedule(block);
    var v = hash.slice();
    for (var i = 0; i < 80; i += 1) {
      var next = (rotate(v[0], 5) + round(i, v[1], v[2], v[3]) + v[4] + words[i]) | 0;
      v = [next, v[0], rotate(v[1], 30), v[2], v[3]];
    }
    return hash.map(function (word, k) {
      return (word + v[k]) | 0;
    });
  }

  /* FIPS 180-4 §6.1: the 20 bytes of SHA-1. crypto.subtle is asynchronous and absent on http pages. */
  function sha1(bytes) {
    var all = padded(bytes);
    var hash = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
    for (var at = 0; at < all.length; at += 64) hash = compress(hash, all.slice(at, at + 64));
    var out = [];
    hash.forEach(function (word) {
      out.push((word >>> 24) & 255, (word >>> 16) & 255, (word >>> 8) & 255, word & 255);
    });
    return out;
  }

  /* `namespace`: 32 hex digits, hyphens allowed. */
  function uuid5(namespace, name) {
    var bytes = sha1(bytesOfHex(namespace.replace(/-/g, "")).concat(utf8(name))).slice(0, 16);
    bytes[6] = (bytes[6] & 0x0f) | 0x50;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    return hexOfBytes(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  /* 32 hex digits from the browser's own source of randomness. */
  function random128() {
    return hexOfBytes(globalThis.crypto.getRandomValues(new Uint8Array(16)));
  }

  return {
    uuid5: uuid5,
    random128: random128,
    sha1: sha1,
    utf8: utf8,
    fromUtf8: fromUtf8,
    base64url: base64url,
    fromBase64url: fromBase64url,
    bytesOfHex: bytesOfHex,
    hexOfBytes: hexOfBytes,
  };
})();
