/* Texts, numbers and check sums as saved state writes them: ASCII that grows neither in XML, nor in HTML, nor in a form. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.packed = (function () {
  "use strict";

  var DIGITS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";

  /* --- texts ------------------------------------------------------------------------------------ */

  function escaped(text) {
    var short = text.replace(/\[,\]/g, "\u0001").replace(/\[\.\]/g, "\u0002");
    if (/[\u0001\u0002]/.test(text)) short = text;
    return Array.from(short, short === text ? escapedCharacter : shortCharacter).join("");
  }

  function shortCharacter(character) {
    if (character === "\u0001") return "(";
    if (character === "\u0002") return ")";
    return escapedCharacter(character);
  }

  function escapedCharacter(character) {
    if (/^[A-Za-z0-9.,-]$/.test(character)) return character;
    if (character === " ") return "_";
    return cme.ids.utf8(character).map(hexByte).join("");
  }

  function hexByte(byte) {
    return "*" + (byte + 256).toString(16).slice(1);
  }

  /* The shortest of three writings: hexadecimal as base64 (=), UTF-8 as base64 ($), or escaped. */
  function packText(text) {
    if (/^([0-9a-f]{2}){4,}$/.test(text)) return "=" + cme.ids.base64url(cme.ids.bytesOfHex(text));
    var plain = escaped(text);
    var coded = "$" + cme.ids.base64url(cme.ids.utf8(text));
    return plain.length <= coded.length ? plain : coded;
  }

  function unpackText(text) {
    if (text[0] === "=") return cme.ids.hexOfBytes(known(cme.ids.fromBase64url(text.slice(1))));
    if (text[0] === "$") return known(cme.ids.fromUtf8(known(cme.ids.fromBase64url(text.slice(1)))));
    return unescaped(text);
  }

  function unescaped(text) {
    var bytes = [];
    for (var at = 0; at < text.length; at += 1) {
      if (text[at] === "*") {
        bytes.push(whole(text.substr(at + 1, 2), 16));
        at += 2;
      } else {
        cme.ids.utf8({ _: " ", "(": "[,]", ")": "[.]" }[text[at]] || text[at]).forEach(push, bytes);
      }
    }
    return known(cme.ids.fromUtf8(bytes));
  }

  function push(byte) {
    this.push(byte);
  }

  /* Within unpack, what cannot be read is thrown and caught once, at the door. */
  function known(value) {
    if (value === null || value === undefined) throw new Error("not readable");
    return value;
  }

  function whole(text, base) {
    if (typeof text !== "string" || !/^[0-9a-z]+$/.test(text)) throw new Error("not a number");
    var number = parseInt(text, base);
    if (!Number.isSafeInteger(number)) throw new Error("not a number");
    return number;
  }

  function check32(text, from) {
    var hash = from === undefined ? 0x811c9dc5 : from;
    for (var at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    return hash >>> 0; // FNV-1a
  }

  function checkText(text) {
    return check32(text).toString(36).padStart(7, "0");
  }

  function checkDigit(hash) {
    return DIGITS[(hash ^ (hash >>> 6) ^ (hash >>> 12) ^ (hash >>> 18) ^ (hash >>> 24)) & 63];
  }

  /* --- the table of ids -------------------------------------------------------------------------- */

  function makeTable() {
    var rows = [];
    var places = new Map();
    return {
      rows: rows,
      place: function (id, version) {
        var row = packText(id) + (version === undefined ? "" : ":" + packText(version));
        if (!places.has(row)) {
          places.set(row, rows.length);
          rows.push(row);
        }
        return places.get(row).toString(36);
      },
    };
  }

  function readRow(row) {
    return row.split(":").map(unpackText);
  }

  function rowAt(table, place) {
    return known(table[whole(place, 36)]);
  }

  return {
    text: packText, readText: unpackText, known: known, whole: whole, check32: check32, checkText: checkText, checkDigit: checkDigit,
    makeTable: makeTable, readRow: readRow, rowAt: rowAt,
  };
})();
