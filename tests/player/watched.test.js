"use strict";

const assert = require("node:assert/strict");
const test = require("node:test");

const { loadInto } = require("./load.js");

const { watched } = loadInto({}, ["player/watched.js"]);
const HOUR = 3600;

/** Plays from one second to another as a browser tells of it: four times a second of the clock. */
function play(film, from, to, { rate = 1, duration = HOUR } = {}) {
  for (let at = from; at < to; at += rate / 4) film.played(at, Math.min(to, at + rate / 4), duration, rate);
}

test("it works: who plays it to the end has seen it all", () => {
  const film = watched.make("");
  play(film, 0, HOUR);
  assert.equal(film.share(), 1);
});

test("half of it is half of it, and is so after a pause and on another device", () => {
  const film = watched.make("");
  play(film, 0, HOUR / 2);
  assert.equal(film.share(), 0.5);
  const again = watched.make(film.packed());
  play(again, HOUR / 2, HOUR);
  assert.equal(again.share(), 1);
});

test("twice as fast counts as well", () => {
  const film = watched.make("");
  play(film, 0, HOUR, { rate: 2 });
  assert.equal(film.share(), 1);
});

test("a jump counts nothing of what it passes", () => {
  const film = watched.make("");
  film.played(0, 3500, HOUR, 1);
  film.played(100, 90, HOUR, 1);
  assert.equal(film.share(), 0);
});

test("a moment of each segment is not the segment", () => {
  const film = watched.make("");
  for (let minute = 0; minute < 60; minute += 1) play(film, minute * 60 + 5, minute * 60 + 15);
  assert.equal(film.share(), 0);
});

test("the same seconds again and again do not make a segment", () => {
  const film = watched.make("");
  for (let times = 0; times < 50; times += 1) play(film, 0, 20);
  assert.equal(film.share(), 0);
});

test("a film of half a minute is counted as well as one of three hours", () => {
  for (const duration of [30, 3 * HOUR]) {
    const film = watched.make("");
    play(film, 0, duration, { duration });
    assert.equal(film.share(), 1, `${duration} s`);
  }
});

test("what was saved takes 15 characters, and what is no saved text is as if nothing was seen", () => {
  const film = watched.make("");
  play(film, 0, 61 * 4);
  assert.equal(film.packed(), "f00000000000000");
  for (const odd of ["", "xyz", "ffff", "f".repeat(400)]) assert.equal(watched.make(odd).share(), 0);
});

test("before a film's length is known nothing is counted", () => {
  const film = watched.make("");
  film.played(0, 1, Number.NaN, 1);
  assert.equal(film.share(), 0);
});
