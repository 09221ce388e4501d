"use strict";

const assert = require("node:assert/strict");
const test = require("node:test");

const { loadInto } = require("./load.js");

const { presence } = loadInto({}, ["player/presence.js"]);
const THERE = { visible: true, playing: false };

/** Ticks once a second, from one second to another. */
function passes(who, from, to, there = THERE) {
  for (let second = from + 1; second <= to; second += 1) who.tick(second * 1000, there);
}

test("it works: seconds in which the page is seen and used are counted", () => {
  const who = presence.make(0, 0);
  passes(who, 0, 30);
  assert.equal(who.seconds(), 30);
});

test("a minute after the last sign nothing more is counted, until the next", () => {
  const who = presence.make(0, 0);
  passes(who, 0, 300);
  assert.equal(who.seconds(), 59);
  who.alive(300_000);
  passes(who, 300, 310);
  assert.equal(who.seconds(), 69);
});

test("a playing video is a sign all the time", () => {
  const who = presence.make(0, 0);
  passes(who, 0, 600, { visible: true, playing: true });
  assert.equal(who.seconds(), 600);
});

test("nothing is counted while the page is not seen, even if a video plays on", () => {
  const who = presence.make(0, 0);
  passes(who, 0, 20, { visible: false, playing: true });
  assert.equal(who.seconds(), 0);
});

test("a computer that slept adds two seconds at most, and a clock set back none", () => {
  const who = presence.make(0, 0);
  who.alive(7_200_000);
  who.tick(7_200_000, THERE);
  assert.equal(who.seconds(), 2);
  who.tick(1000, THERE);
  assert.equal(who.seconds(), 2);
});

test("what was counted before goes on", () => {
  const who = presence.make(125, 0);
  passes(who, 0, 5);
  assert.equal(who.seconds(), 130);
});
