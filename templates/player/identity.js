/* Who the learner is: name, profession, identifiers, consents. In memory and at the bridge; of all this only the profession is
   kept on this device, and nothing of it in the LMS. */
var cme = globalThis.cme || (globalThis.cme = {});

cme.identity = (function () {
  "use strict";

  /* {put(values) -> answer of the bridge or null, device, professions, changed()}. */
  function make(parts) {
    /* `given`: identifiers that the bridge has. `stored`: it has all that stands here. `confirmed`: the learner has seen the name. */
    const profile = { name: "", profession: null, identifiers: {}, consents: {}, given: [], stored: false, confirmed: false };
    let unsent = false;

    /* What this device remembers: a choice that the bridge has not heard of comes before what the bridge says. */
    function recall() {
      const { profession, untold } = parts.device.read();
      if (!parts.professions.some((one) => one.key === profession)) return;
      profile.profession = profession;
      unsent = Boolean(untold);
    }

    function remember() {
      parts.device.write({ profession: profile.profession, untold: unsent });
    }

    /* What the bridge knows of this launch key, null when nothing. What was given here in the meantime comes first. */
    function learn(known) {
      if (!known) return;
      profile.given = Array.from(new Set([...profile.given, ...(known.identifiers || [])]));
      profile.consents = { ...known.consents, ...profile.consents };
      if (!unsent || !profile.name) profile.name = known.name || profile.name;
      if (!unsent || !profile.profession) profile.profession = known.profession || profile.profession;
      profile.stored = !unsent;
      remember();
    }

    /* {saved}, {problems} or {offline}. */
    function save(part) {
      Object.assign(profile, part, {
        identifiers: { ...profile.identifiers, ...part.identifiers },
        consents: { ...profile.consents, ...part.consents },
        stored: false,
      });
      unsent = true;
      remember();
      parts.changed();
      return send();
    }

    async function send() {
      const { name, profession, identifiers, consents } = profile;
      const answer = await parts.put({ name, profession, identifiers, consents });
      if (answer && answer.status === 400) return { problems: (answer.body && answer.body.problems) || [] };
      if (!answer || answer.status < 200 || answer.status >= 300) return { offline: true };
      unsent = false;
      profile.stored = true;
      profile.given = Array.from(new Set([...profile.given, ...Object.keys(identifiers)]));
      remember();
      parts.changed();
      return { saved: true };
    }

    return { profile, recall, learn, save, send, isUnsent: () => unsent };
  }

  /* A name as LMSs give it, "Last, First", the way it is written on a certificate. */
  function turned(name) {
    const words = (name || "").split(",").map((word) => word.trim());
    return words.length === 2 && words[0] && words[1] ? `${words[1]} ${words[0]}` : (name || "").trim();
  }

  return { make, turned };
})();
