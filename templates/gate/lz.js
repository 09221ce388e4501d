/* Texts made shorter for saved state: LZW over UTF-8, its codes as bits, the bits as base64url. Nothing but A-Z a-z 0-9 - _ comes out. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.lz = (function () {
  "use strict";

  var FIRST = 256; // codes below are the bytes themselves
  var MOST = 1 << 16; // entries of the table; after that it is used as it is

  function bitWriter() {
    var bytes = [];
    var hold = 0;
    var held = 0;
    return {
      put: function (code, width) {
        for (var bit = width - 1; bit >= 0; bit -= 1) {
          hold = (hold << 1) | ((code >> bit) & 1);
          held += 1;
          if (held === 8) {
            bytes.push(hold);
            hold = 0;
            held = 0;
          }
        }
      },
      bytes: function () {
        return held ? bytes.concat([hold << (8 - held)]) : bytes;
      },
    };
  }

  function bitReader(bytes) {
    var at = 0;
    return function (width) {
      if (at + width > bytes.length * 8) return null;
      var code = 0;
      for (var end = at + width; at < end; at += 1) code = (code << 1) | ((bytes[at >> 3] >> (7 - (at & 7))) & 1);
      return code;
    };
  }

  function widthFor(size) {
    return Math.max(9, 32 - Math.clz32(size));
  }

  function pack(text) {
    var table = new Map();
    var out = bitWriter();
    var size = FIRST;
    var prefix = -1;
    cme.ids.utf8(text).forEach(function (byte) {
      if (prefix < 0) {
        prefix = byte;
        return;
      }
      var key = prefix * FIRST + byte;
      if (table.has(key)) {
        prefix = table.get(key);
        return;
      }
      out.put(prefix, widthFor(size));
      if (size < MOST) {
        table.set(key, size);
        size += 1;
      }
      prefix = byte;
    });
    if (prefix >= 0) out.put(prefix, widthFor(size));
    return cme.ids.base64url(out.bytes());
  }

  /* The text, or null when this is none of ours. */
  function unpack(packed) {
    var bytes = cme.ids.fromBase64url(packed);
    return bytes === null ? null : cme.ids.fromUtf8(unpacked(bytes) || [255]);
  }

  function unpacked(bytes) {
    var read = bitReader(bytes);
    var table = [];
    var out = [];
    var before = null;
    for (var size = FIRST, code = read(widthFor(size)); code !== null; code = read(widthFor(size))) {
      var entry = entryOf(code, table, before);
      if (entry === null) return null;
      for (var at = 0; at < entry.length; at += 1) out.push(entry[at]);
      if (before !== null && size - 1 < MOST && table.length < size - FIRST) table.push(before.concat([entry[0]]));
      if (size < MOST) size += 1;
      before = entry;
    }
    return out;
  }

  function entryOf(code, table, before) {
    if (code < FIRST) return [code];
    if (code - FIRST < table.length) return table[code - FIRST];
    return code - FIRST === table.length && before !== null ? before.concat([before[0]]) : null;
  }

  return { pack: pack, unpack: unpack };
})();
