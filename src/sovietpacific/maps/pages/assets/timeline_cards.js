/* What the slider's page tells of land, lines and days: tooltip, popup, legend and caption.  Words arrive as text nodes. */
(function (sp) {
  "use strict";
  if (sp.timelineCards) return;
  var days = sp.timelineDays;

  function upTo(answers, until) { return until === null ? answers.say("span.today") : answers.long(until); }
  /* An act, with how sure it is and whether anybody read it. */
  function actWords(say, told) {
    var sure = say("certainty." + told.certainty);
    if (!told.seen) sure = say("unverified.after", {words: sure});
    return say("slider.act", {act: told.act.name, certainty: sure});
  }
  function doubted(say, words, seen) { return seen ? words : say("unverified.in_brackets", {words: words}); }
  function some(say, names) {
    var more = names.length > 3 ? [say("list.more", {count: names.length - 3})] : [];
    return say.list("list.following", [say.list("list.comma", names.slice(0, 3))].concat(more));
  }

  /* The rows that tooltip and popup share: holder, sovereign, title, claims, since when and by what act. */
  function rows(page, index) {
    var answers = page.answers, say = page.say, day = page.day, view = answers.shown(page.view, day);
    var look = answers.look(view, index, day);
    var tenure = answers.tenure(view, index, day), claims = answers.claims(index, day);
    var law = answers.data.views[view].base ? look : answers.look("sovereignty", index, day);
    var told = [[say("heading.holder"), look.who], [say("heading.sovereign"), law.land],
      [say("heading.title"), answers.look("title", index, day).land]], since = answers.long(tenure.since);
    if (tenure.note) told.push([say("heading.note"), tenure.note]);
    if (claims.length) told.push([say("heading.claimed_by"), say.list("list.semicolon", claims.map(function (claim) {
      return doubted(say, say("claim.open", {claimant: claim.claimant, since: days.iso(claim.since)}), claim.seen); }))]);
    told.push([say("heading.since"), tenure.edtf ? say("span.known", {span: since, edtf: tenure.edtf}) : since]);
    told.push([say("heading.until"), upTo(answers, tenure.until)]);
    told.push([say("heading.by"), actWords(say, tenure)]);
    return {told: told, tenure: tenure, look: look, view: view};
  }
  function tip(page, index) {
    var made = rows(page, index);
    return sp.card(page.answers.data.tracts[index][1], [made.look.words].concat(made.told));
  }
  /* The popup: the rows of the tooltip, the sources, the places of the day, and the whole history in the view. */
  function popup(page, index) {
    var answers = page.answers, say = page.say, made = rows(page, index), tract = answers.data.tracts[index];
    var told = made.told.concat([
      [say("heading.sources"), doubted(say, say.list("list.semicolon", made.tenure.sources), made.tenure.seen)],
      [say("heading.area"), say("slider.km2", {area: tract[2].toLocaleString("en-GB", {maximumFractionDigits: 1})})]]);
    var places = answers.data.places.filter(function (place) { return place[5] === index; })
      .map(function (place) { return answers.namesOn(place, page.day).slice(0, 2).join(" "); })
      .filter(Boolean).slice(0, 6);
    if (places.length) told.push([say("heading.places_then"), say.list("list.comma", places)]);
    var heading = say.list("list.comma", [tract[1], answers.long(page.day)]);
    var box = sp.card(heading, [answers.data.views[made.view].words, made.look.words].concat(told));
    var list = sp.element("details", box, "sp-history");
    sp.element("summary", list, "", say("slider.history"));
    list.open = !!page.historyOpen;
    list.addEventListener("toggle", function () { page.historyOpen = box.querySelector("details").open; });
    list = sp.element("ol", list);
    answers.history(made.view, index).forEach(function (tenure) {
      var now = tenure.since <= page.day && (tenure.until === null || page.day < tenure.until);
      var item = sp.element("li", list, now ? "sp-now" : "");
      var date = sp.element("button", item, "sp-day", days.iso(tenure.since));
      date.type = "button"; date.title = say("slider.show_day");
      date.addEventListener("click", function () { page.set(Math.max(tenure.since, 0)); });
      sp.element("span", item, "", say("words.about", {heading: tenure.words, words: actWords(say, tenure)}));
    });
    box.tabIndex = 0;
    return box;
  }
  function lineTip(page, edge, way) {
    var answers = page.answers, say = page.say, line = answers.line(edge, page.day), told = [page.lineWords(way)];
    if (line.since !== null) told.push([say("heading.in_force"),
      say("span.long", {first: answers.long(line.since), last: upTo(answers, line.until)})]);
    if (line.act.name) told.push([say("heading.by"), actWords(say, line)]);
    told.push([say("heading.drawn_to"), line.km < 1 ? say("slider.metres", {accuracy: Math.round(line.km * 1000)})
      : say("slider.kilometres", {accuracy: line.km})]);
    return sp.card(line.name, told);
  }

  /* A swatch of a line, as it is drawn. */
  function legend(page, box) {
    var list = sp.element("ul");
    page.legend().forEach(function (row) {
      var item = sp.element("li", list);
      sp.swatch(item, page.fill(row[0]));
      sp.element("span", item, "", row[1]);
    });
    var kinds = sp.element("ul", null, "sp-kinds");
    page.lineKinds().forEach(function (way) {
      var item = sp.element("li", kinds);
      sp.lineSwatch(item, way);
      sp.element("span", item, "", page.lineWords(way));
    });
    while (box.children.length > 1) box.lastChild.remove();
    box.appendChild(list);
    if (kinds.children.length) box.appendChild(kinds);
  }

  /* The words of a day: what changed on it, or since when nothing has. */
  function events(page) {
    var answers = page.answers, view = answers.shown(page.view, page.day), found = answers.events(view, page.day), told = [];
    var say = page.say;
    found.slice(0, 3).forEach(function (event) {
      var what = say("slider.change", {tracts: some(say, event.tracts), before: event.before, after: event.after});
      told.push(say.list("list.stops", (event.act.name ? [event.act.name] : []).concat(what)));
    });
    if (found.length > 3) told.push(say("slider.other_changes", {count: found.length - 3}));
    if (found.length) return told;
    var last = answers.changes(view).days[answers.stepOf(view, page.day)], acts = answers.acts(view, last);
    if (last <= answers.first(view)) return [say("slider.first_map", {day: answers.long(last)})];
    return [acts.length ? say("slider.unchanged_by", {day: answers.long(last), acts: some(say, acts)})
      : say("slider.unchanged", {day: answers.long(last)})];
  }
  /* Before a state's first map, say so, and which view is shown in its place. */
  function before(page) {
    var answers = page.answers, told = answers.data.views[page.view];
    if (answers.shown(page.view, page.day) === page.view) return "";
    var base = answers.data.views[told.base].words;
    return page.say("slider.before_first_map", {view: told.name, day: answers.long(told.first), base: base});
  }

  sp.timelineCards = {tip: tip, popup: popup, lineTip: lineTip, legend: legend, events: events, before: before};
})(window.sovietpacific);
