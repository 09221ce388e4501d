"use strict";

const assert = require("node:assert/strict");
const test = require("node:test");

const { player } = require("./load.js");

const { clock } = player();
const CHICAGO = "America/Chicago";
const day = (utc, zone = CHICAGO) => clock.today(Date.parse(utc), zone);

test("it works: the day is the one in the activity's zone", () => {
  assert.equal(day("2026-12-04T15:00:00Z"), "2026-12-04");
});

test("changes at midnight there: standard time is six hours behind UTC", () => {
  assert.equal(day("2029-12-01T05:59:00Z"), "2029-11-30");
  assert.equal(day("2029-12-01T06:01:00Z"), "2029-12-01");
});

test("changes at midnight there in summer: daylight time is five hours behind UTC", () => {
  assert.equal(day("2029-07-01T04:59:00Z"), "2029-06-30");
  assert.equal(day("2029-07-01T05:01:00Z"), "2029-07-01");
});

test("the night the clocks go forward (2027-03-14) begins in standard time and ends in daylight time", () => {
  assert.equal(day("2027-03-14T05:59:00Z"), "2027-03-13");
  assert.equal(day("2027-03-14T06:01:00Z"), "2027-03-14");
  assert.equal(day("2027-03-15T04:59:00Z"), "2027-03-14");
  assert.equal(day("2027-03-15T05:01:00Z"), "2027-03-15");
});

test("the night the clocks go back (2027-11-07) begins in daylight time and ends in standard time", () => {
  assert.equal(day("2027-11-07T04:59:00Z"), "2027-11-06");
  assert.equal(day("2027-11-07T05:01:00Z"), "2027-11-07");
  assert.equal(day("2027-11-08T05:59:00Z"), "2027-11-07");
  assert.equal(day("2027-11-08T06:01:00Z"), "2027-11-08");
});

test("a zone this browser does not know is read as UTC", () => {
  assert.equal(day("2026-12-04T23:59:00Z", "Nowhere/Nothing"), "2026-12-04");
});

test("says how far this device is behind the bridge, and nothing when the bridge's time cannot be read", () => {
  assert.equal(clock.behind("2026-12-04T15:00:10.000Z", Date.UTC(2026, 11, 4, 15, 0, 0)), 10000);
  assert.equal(clock.behind("soon", 0), 0);
});
