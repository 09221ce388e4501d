// A learner in front of the player: does what is asked, and fails loudly when it is refused.
"use strict";

const { D1, NOON, aDefinition, someFacts } = require("./definition.js");

const KEY = "00112233445566778899aabbccddeeff";

class Learner {
  constructor(cme, { definition = aDefinition(), facts = {}, state = null, now = NOON } = {}) {
    this.cme = cme;
    this.definition = definition;
    this.facts = someFacts(facts);
    this.now = now;
    this.state = state || cme.state.fresh(KEY, Math.floor(now / 1000));
    if (!state) this.does("opened", { definition: D1 });
  }

  /** What `step` answers; the state is kept when it was allowed. A second passes. */
  tries(kind, payload = {}) {
    const answer = this.cme.state.step(this.state, kind, payload, (this.now += 1000), this.definition, this.facts);
    if (!answer.refused) this.state = answer.state;
    return answer;
  }

  does(kind, payload = {}) {
    const answer = this.tries(kind, payload);
    if (answer.refused) throw new Error(`${kind} ${JSON.stringify(payload)} was refused: ${answer.refused}`);
    return this;
  }

  get view() {
    return this.cme.state.view(this.state, this.definition, this.facts);
  }

  screen(key) {
    return this.view.screens.find((screen) => screen.key === key);
  }

  reads() {
    return this.does("read").does("disclosed");
  }

  takesPre(responses = {}) {
    for (const [i, r] of Object.entries(responses)) this.does("answered", { a: "pre", t: 1, i, r });
    return this.does("submitted", { a: "pre", t: 1 });
  }

  finishesContents() {
    for (const content of this.definition.contents) this.does("finished", { c: content.id, d: 60 });
    return this;
  }

  answersPost(response) {
    const t = this.view.post.attempt;
    for (const i of this.definition.post.items) this.does("answered", { a: "post", t, i, r: response });
    return this;
  }

  takesPost(response) {
    return this.answersPost(response).does("submitted", { a: "post", t: this.view.post.attempt });
  }

  evaluates() {
    return this.does("rated", { i: "useful", r: "5" }).does("evaluated");
  }

  /** As far as the post-activity assessment, which stands open. */
  static atPost(cme, options) {
    return new Learner(cme, options).reads().takesPre().finishesContents();
  }

  static atEvaluation(cme, options) {
    return Learner.atPost(cme, options).takesPost("b");
  }

  static atClaim(cme, options) {
    return Learner.atEvaluation(cme, options).evaluates();
  }
}

module.exports = { Learner, KEY };
