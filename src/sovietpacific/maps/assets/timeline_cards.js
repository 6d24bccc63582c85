/* What the slider's page tells of land, lines and days: tooltip, popup, legend and caption.  Words arrive as text nodes. */
(function (sp) {
  "use strict";
  if (sp.timelineCards) return;
  var days = sp.timelineDays;

  function upTo(until) { return until === null ? "today" : days.long(until); }
  function marked(tenure) { return tenure.certainty + (tenure.seen ? "" : ", unverified"); }
  function some(names) {
    return names.slice(0, 3).join(", ") + (names.length > 3 ? " and " + (names.length - 3) + " more" : "");
  }

  /* The rows that tooltip and popup share: holder, sovereign, title, claims, since when and by what act. */
  function rows(page, index) {
    var answers = page.answers, day = page.day, view = answers.shown(page.view, day), look = answers.look(view, index, day);
    var tenure = answers.tenure(view, index, day), claims = answers.claims(index, day);
    var law = answers.data.views[view].base ? look : answers.look("sovereignty", index, day);
    var told = [["Holder", look.who], ["Sovereign", law.land], ["Title", answers.look("title", index, day).land]];
    if (tenure.note) told.push(["Note", tenure.note]);
    if (claims.length) told.push(["Claimed by", claims.map(function (claim) {
      return claim.claimant + " since " + days.iso(claim.since) + (claim.seen ? "" : " (unverified)"); }).join("; ")]);
    told.push(["Since", days.long(tenure.since) + (tenure.edtf ? " (known as " + tenure.edtf + ")" : "")]);
    told.push(["Until", upTo(tenure.until)]);
    told.push(["By", tenure.act.name + " (" + marked(tenure) + ")"]);
    return {told: told, tenure: tenure, look: look, view: view};
  }
  function tip(page, index) {
    var made = rows(page, index);
    return sp.card(page.answers.data.tracts[index][1], [made.look.words].concat(made.told));
  }
  /* The popup: the rows of the tooltip, the sources, the places of the day, and the whole history in the view. */
  function popup(page, index) {
    var answers = page.answers, made = rows(page, index), tract = answers.data.tracts[index];
    var told = made.told.concat([["Sources", made.tenure.sources.join("; ") + (made.tenure.seen ? "" : " (unverified)")],
      ["Area", tract[2].toLocaleString("en-GB", {maximumFractionDigits: 1}) + " km²"]]);
    var places = answers.data.places.filter(function (place) { return place[5] === index; })
      .map(function (place) { return answers.namesOn(place, page.day).slice(0, 2).join(" "); })
      .filter(Boolean).slice(0, 6);
    if (places.length) told.push(["Places then", places.join(", ")]);
    var box = sp.card(tract[1] + ", " + days.long(page.day), [answers.data.views[made.view].words, made.look.words].concat(told));
    var list = sp.element("details", box, "sp-history");
    sp.element("summary", list, "", "Its whole history in this view");
    list.open = !!page.historyOpen;
    list.addEventListener("toggle", function () { page.historyOpen = box.querySelector("details").open; });
    list = sp.element("ol", list);
    answers.history(made.view, index).forEach(function (tenure) {
      var now = tenure.since <= page.day && (tenure.until === null || page.day < tenure.until);
      var item = sp.element("li", list, now ? "sp-now" : "");
      var date = sp.element("button", item, "sp-day", days.iso(tenure.since));
      date.type = "button"; date.title = "Show this day";
      date.addEventListener("click", function () { page.set(Math.max(tenure.since, 0)); });
      sp.element("span", item, "", tenure.words + ": " + tenure.act.name + " (" + marked(tenure) + ")");
    });
    box.tabIndex = 0;
    return box;
  }
  function lineTip(page, edge, way) {
    var line = page.answers.line(edge, page.day), told = [page.lineWords(way)];
    if (line.since !== null) told.push(["In force", days.long(line.since) + " to " + upTo(line.until)]);
    if (line.act.name) told.push(["By", line.act.name + " (" + marked(line) + ")"]);
    told.push(["Drawn to", line.km < 1 ? Math.round(line.km * 1000) + " m" : line.km + " km"]);
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
    found.slice(0, 3).forEach(function (event) {
      var what = some(event.tracts) + ": " + event.before + " → " + event.after;
      told.push((event.act.name ? event.act.name + ". " : "") + what);
    });
    if (found.length > 3) told.push("and " + (found.length - 3) + " other changes");
    if (found.length) return told;
    var last = answers.changes(view).days[answers.stepOf(view, page.day)], acts = answers.acts(view, last);
    return [last <= answers.first(view) ? "The first map of this view is of " + days.long(last) + "; nothing has changed since."
      : "Unchanged since " + days.long(last) + (acts.length ? ": " + some(acts) : "") + "."];
  }
  /* Before a state's first map, say so, and which view is shown in its place. */
  function before(page) {
    var answers = page.answers, told = answers.data.views[page.view];
    if (answers.shown(page.view, page.day) === page.view) return "";
    var base = answers.data.views[told.base].words;
    return told.name + ": its first map is of " + days.long(told.first) + ". Shown faded: " + base + ".";
  }

  sp.timelineCards = {tip: tip, popup: popup, lineTip: lineTip, legend: legend, events: events, before: before};
})(window.sovietpacific);
