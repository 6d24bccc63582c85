/* What the slider's page knows: days, looks, tenures, acts and names looked up in the tables Python wrote.  Nothing is drawn or
   decided here: fills and words were made by Python, this only finds the row of a day. */
(function (sp) {
  "use strict";
  if (sp.timelineAnswers) return;
  var MS = 864e5, ZERO = Date.UTC(1855, 0, 1);

  /* Days are whole days since 1855-01-01. */
  function iso(day) { return new Date(ZERO + day * MS).toISOString().slice(0, 10); }
  /* Read "1945", "1945-09" or "1945-09-02" as a day; null for anything else, and for a day no calendar has. */
  function readDay(text) {
    var found = /^\s*(\d{4})(?:-(\d\d))?(?:-(\d\d))?\s*$/.exec(text);
    if (!found) return null;
    var whole = found[1] + "-" + (found[2] || "01") + "-" + (found[3] || "01"), at = Date.parse(whole + "T00:00:00Z");
    return !isNaN(at) && new Date(at).toISOString().slice(0, 10) === whole ? Math.round((at - ZERO) / MS) : null;
  }

  /* A run of differences of days and places in a table, as two lists. */
  function run(flat) {
    var days = [], places = [], day = 0;
    for (var i = 0; i < flat.length; i += 2) { day += flat[i]; days.push(day); places.push(flat[i + 1]); }
    return {days: days, places: places};
  }
  /* The step of a run that holds `day`: the last that begins on it or before; -1 before the first. */
  function step(days, day) {
    var low = 0, high = days.length;
    while (low < high) { var middle = (low + high) >> 1; if (days[middle] <= day) low = middle + 1; else high = middle; }
    return low - 1;
  }

  function Answers(data) {
    this.data = data;
    this.runs = data.runs.map(run);
    this.indexOf = {};
    data.tracts.forEach(function (tract, index) { this.indexOf[tract[0]] = index; }, this);
    this._made = {};
    this.say = sp.speaker(data.texts);
  }
  var methods = Answers.prototype;

  /* A day as in a title. */
  methods.long = function (day) {
    var at = new Date(ZERO + day * MS), month = this.say("month." + (at.getUTCMonth() + 1));
    return this.say("day.long", {day: at.getUTCDate(), month: month, year: at.getUTCFullYear()});
  };

  /* The view that is shown: before a state's first map, the view that map starts from. */
  methods.shown = function (view, day) {
    var told = this.data.views[view];
    return told.base && day < told.first ? told.base : view;
  };
  methods.first = function (view) { return this.data.views[view].first; };

  /* The place in its table that a run of a view gives a tract (or an edge, of `lines`) on a day. */
  methods._place = function (kind, view, index, day) {
    var told = this.runs[this.data.views[view][kind][index]], at = step(told.days, day);
    return at < 0 ? -1 : told.places[at];
  };
  methods.lookPlace = function (view, index, day) { return this._place("looks", view, index, day); };
  methods.look = function (view, index, day) {
    var row = this.data.looks[this.lookPlace(view, index, day)];
    return {fill: this.data.fills[row[0]], words: this.data.words[row[1]], holder: row[2], polities: row[3], standing: row[4],
      sovereign: row[5], who: this.data.words[row[6]], land: this.data.words[row[7]], place: row};
  };
  methods.way = function (view, edge, day) { var place = this._place("lines", view, edge, day); return place < 0 ? 0 : place; };

  methods.act = function (place) {
    var row = place < 0 ? ["", ""] : this.data.instruments[place];
    return {id: row[0], name: row[1] || row[0]};
  };
  methods.sources = function (places) { return places.map(function (place) { return this.data.sources[place]; }, this); };
  methods._tenure = function (told, at) {
    var row = this.data.tenures[told.places[at]];
    return {since: told.days[at], until: at + 1 < told.days.length ? told.days[at + 1] : null, act: this.act(row[0]),
      sources: this.sources(row[1]), certainty: row[2], seen: !!row[3], edtf: row[4], renews: !!row[5], note: row[6]};
  };
  methods.tenure = function (view, index, day) {
    var told = this.runs[this.data.views[view].tenures[index]];
    return this._tenure(told, Math.max(0, step(told.days, day)));
  };
  /* Every tenure of a tract in a view, first to last, with the words of its first day. */
  methods.history = function (view, index) {
    var told = this.runs[this.data.views[view].tenures[index]], first = this.first(view);
    return told.days.map(function (day, at) {
      var tenure = this._tenure(told, at);
      tenure.words = this.look(view, index, Math.max(day, first)).words;
      return tenure;
    }, this).filter(function (tenure) { return tenure.until === null || tenure.until > first; });
  };
  methods.claims = function (index, day) {
    return this.data.tracts[index][5].map(function (place) { return this.data.claims[place]; }, this)
      .filter(function (claim) { return claim[1] <= day && (claim[2] === null || day < claim[2]); })
      .map(function (claim) {
        return {claimant: claim[0], since: claim[1], until: claim[2], act: this.act(claim[3]), sources: this.sources(claim[4]),
          certainty: claim[5], seen: !!claim[6]};
      }, this);
  };

  /* All that the page answers of a tract, as plain values; days as ISO text. */
  methods.answer = function (view, index, day) {
    var look = this.look(view, index, day), tenure = this.tenure(view, index, day);
    return {tract: this.data.tracts[index][0], day: iso(day), view: view, holder: look.holder, polities: look.polities,
      standing: look.standing, sovereign: look.sovereign, words: look.words, fill: look.fill, since: iso(tenure.since),
      until: tenure.until === null ? null : iso(tenure.until), instrument: tenure.act.id, sources: tenure.sources,
      certainty: tenure.certainty, seen: tenure.seen, note: tenure.note, who: look.who, land: look.land,
      claims: this.claims(index, day).map(function (claim) { return claim.claimant; })};
  };

  /* The legend of a day: [fill, words, km²] of what is held, plain fills first, the largest first. */
  methods.legend = function (view, day) {
    var rows = {};
    this.data.tracts.forEach(function (tract, index) {
      var row = this.data.looks[this.lookPlace(view, index, day)], key = row[0] + ":" + row[1];
      if (!rows[key]) rows[key] = [this.data.fills[row[0]], this.data.words[row[1]], 0];
      rows[key][2] += tract[2];
    }, this);
    return Object.keys(rows).map(function (key) { return rows[key]; })
      .sort(function (a, b) { return !!a[0][1] - !!b[0][1] || b[2] - a[2]; });
  };

  /* The days of a view on which its map changes, sorted, and for each day the tracts whose look changes. */
  methods.changes = function (view) {
    var made = this._made[view];
    if (made) return made;
    var found = {}, first = this.first(view), answers = this;
    this.data.tracts.forEach(function (tract, index) {
      answers.runs[answers.data.views[view].looks[index]].days.forEach(function (day) {
        day = Math.max(day, first);
        (found[day] = found[day] || []).push(index);
      });
    });
    made = {days: Object.keys(found).map(Number).sort(function (a, b) { return a - b; }), tracts: found};
    return (this._made[view] = made);
  };
  methods.stepOf = function (view, day) { return step(this.changes(view).days, day); };

  /* Whether a tract came to another holder on a day; where one of the two is not told, nobody knows. */
  methods.passed = function (view, index, day) {
    if (day <= this.first(view)) return false;
    var before = this.look(view, index, day - 1), after = this.look(view, index, day);
    return before.holder !== after.holder && before.standing !== "untold" && after.standing !== "untold";
  };

  /* What changed on a day: groups of tracts with the words before and after and the act, the largest first. */
  methods.events = function (view, day) {
    if (day <= this.first(view)) return [];
    var groups = {}, answers = this;
    (this.changes(view).tracts[day] || []).forEach(function (index) {
      var before = answers.look(view, index, day - 1), after = answers.look(view, index, day);
      var act = answers._actOf(view, index, day);
      var key = [before.words, after.words, act.id].join("\n");
      if (before.place === after.place) return;
      groups[key] = groups[key] || {before: before.words, after: after.words, act: act, tracts: [], km2: 0,
        moved: before.holder !== after.holder || before.standing !== after.standing, law: before.sovereign !== after.sovereign};
      groups[key].tracts.push(answers.data.tracts[index][1]);
      groups[key].km2 += answers.data.tracts[index][2];
    });
    return Object.keys(groups).map(function (key) { return groups[key]; })
      .sort(function (a, b) { return b.moved - a.moved || b.km2 - a.km2; });
  };
  /* The act of a change: that of the tenure, of the sovereignty, or of the polity that begins on the day. */
  methods._actOf = function (view, index, day) {
    var tenure = this.tenure(view, index, day), law = this.tenure("sovereignty", index, day), answers = this;
    if (tenure.since === day && tenure.act.id) return tenure.act;
    if (law.since === day && law.act.id) return law.act;
    var begun = this.look(view, index, day).polities.map(function (key) { return (answers.data.polities[key] || [0, -1])[1]; });
    return this.act(begun.length ? begun[0] : -1);
  };
  /* The names of the acts of a day, each once. */
  methods.acts = function (view, day) {
    var names = [];
    this.events(view, day).forEach(function (event) {
      if (event.act.name && names.indexOf(event.act.name) < 0) names.push(event.act.name);
    });
    return names;
  };

  /* The line an edge follows, with its life on a day; null where no named line was in force. */
  methods.line = function (edge, day) {
    var row = this.data.edges[edge], line = row[0] < 0 ? null : this.data.lines[row[0]];
    if (!line) return null;
    var life = line[2].filter(function (one) { return one[0] <= day && (one[1] === null || day < one[1]); })[0];
    if (!life && line[2].length) return null;
    life = life || [null, null, -1, "", 0];
    return {name: line[1], kind: row[1], km: row[2], since: life[0], until: life[1], act: this.act(life[2]), certainty: life[3],
      seen: !!life[4]};
  };

  /* The names shown for a place on a day, that in Latin letters first; none where it was not there yet. */
  methods.namesOn = function (place, day) {
    var year = +iso(day).slice(0, 4), run = place[6].filter(function (entry) { return entry[0] <= year; }).pop();
    return run ? run[1] : [];
  };
  methods.names = function (day) {
    return this.data.places.map(function (place) {
      var names = this.namesOn(place, day);
      return {text: names[0], more: names.slice(1), at: [place[1], place[0]], kind: place[2], rank: place[3], zoom: place[4]};
    }, this).filter(function (name) { return name.text; });
  };

  sp.timelineAnswers = Answers;
  sp.timelineDays = {iso: iso, read: readDay};
})(window.sovietpacific);
