/* The slider itself: a range over all days, ticks for the changes of the view, years; and the links that carry day, view, map. */
(function (sp) {
  "use strict";
  if (sp.timelineTrack) return;
  var days = sp.timelineDays, NOTABLE_KM2 = 50000, NEAR_PX = 7;

  function Track(bar) {
    this.bar = bar; this.page = bar.page;
    var box = this.box = sp.element("div", bar.nodes.bar, "sp-track"), track = this;
    var range = this.range = sp.element("input", box, "sp-range");
    range.type = "range"; range.min = 0; range.max = this.page.data.last; range.step = 1;
    range.setAttribute("aria-label", this.page.say("heading.day"));
    range.addEventListener("input", function () { bar.pause(); track.page.set(+range.value); });
    this.ticks = sp.svg("svg", {"aria-hidden": "true", preserveAspectRatio: "none", viewBox: "0 0 " + this.page.data.last + " 14",
      "class": "sp-ticks"}, box);
    this.short = sp.svg("path", {"class": "sp-tick", "vector-effect": "non-scaling-stroke"}, this.ticks);
    this.tall = sp.svg("path", {"class": "sp-tick sp-tall", "vector-effect": "non-scaling-stroke"}, this.ticks);
    this.bubble = sp.element("div", box, "sp-bubble");
    this.bubble.hidden = true; this.bubble.setAttribute("aria-hidden", "true");
    this._years(); this._hover();
  }
  var methods = Track.prototype;

  methods._left = function (day) { return 100 * day / this.page.data.last; };
  methods._years = function () {
    for (var year = 1860; year < 2100; year += 10) {
      var day = days.read(String(year));
      if (day > this.page.data.last) return;
      sp.element("span", this.box, "sp-year" + (year % 20 ? " sp-odd" : ""), String(year)).style.left = this._left(day) + "%";
    }
  };
  /* Ticks are tall where the law moved or much land changed hands. */
  methods._drawTicks = function (view) {
    var answers = this.page.answers, law = {}, short = "", tall = "", data = this.page.data;
    ["sovereignty", "title"].forEach(function (name) {
      answers.changes(name).days.forEach(function (day) {
        var taken = answers.changes(name).tracts[day];
        law[day] = law[day] || taken.some(function (index) { return answers.passed(name, index, day); });
      });
    });
    answers.changes(view).days.forEach(function (day) {
      var km2 = answers.changes(view).tracts[day].reduce(function (sum, index) {
        return sum + (answers.passed(view, index, day) ? data.tracts[index][2] : 0);
      }, 0);
      if (law[day] || km2 >= NOTABLE_KM2) tall += "M" + day + " 0V14"; else short += "M" + day + " 0V7";
    });
    this.short.setAttribute("d", short); this.tall.setAttribute("d", tall);
    this._ticksOf = view;
  };

  /* Name the change that is nearest to the pointer; a press goes there. */
  methods._hover = function () {
    var track = this, box = this.box;
    function near(event) {
      var frame = track.ticks.getBoundingClientRect(), perDay = frame.width / track.page.data.last, found = null, least = NEAR_PX;
      track.page.changes().forEach(function (day) {
        var away = Math.abs(day * perDay - (event.clientX - frame.left));
        if (away < least) { least = away; found = day; }
      });
      return event.clientY >= frame.top - 3 ? found : null;
    }
    box.addEventListener("pointermove", function (event) { track._name(near(event)); });
    box.addEventListener("pointerleave", function () { track._name(null); });
    box.addEventListener("click", function (event) {
      var day = event.target === track.range ? null : near(event);
      if (day !== null) { track.bar.pause(); track.page.set(day); }
    });
    this.range.addEventListener("focus", function () {
      track._focused = track.range.matches(":focus-visible");
      track._nameFocused();
    });
    this.range.addEventListener("blur", function () { track._focused = false; track._name(null); });
  };
  methods._name = function (day) {
    var page = this.page, bubble = this.bubble;
    bubble.hidden = day === null;
    if (day === null) return;
    var acts = page.answers.acts(page.answers.shown(page.view, page.day), day), left = this._left(day);
    var told = page.say.list("list.semicolon", acts.slice(0, 3)), long = page.answers.long(day);
    if (acts.length > 3) told = page.say("slider.more_acts", {acts: told});
    bubble.textContent = told ? page.say("words.about", {heading: long, words: told}) : long;
    bubble.style.left = left + "%";
    bubble.style.transform = "translateX(" + -left + "%)";
  };
  methods._nameFocused = function () {
    var told = this.page.changes(), at = told.indexOf(this.page.day);
    if (this._focused) this._name(at < 0 ? null : this.page.day);
  };

  methods.tell = function (long, told) {
    var view = this.page.answers.shown(this.page.view, this.page.day);
    if (this._ticksOf !== view) this._drawTicks(view);
    this.range.value = this.page.day;
    var say = this.page.say;
    this.range.setAttribute("aria-valuetext", say.list("list.stops", [long, say.list("list.following", told)]));
    this._nameFocused();
  };
  sp.timelineTrack = function (bar) { bar.track = new Track(bar); };

  /* Links such as #day=1945-09-02&view=title&map=5/46.00/134.00 are read, and written a moment after the last change; only the
     first map of a page has them.  Within the frame of a notebook the address is not ours to write: then it stays as it is. */
  sp.timelineLinks = function (bar) {
    var page = bar.page, map = page.map, waiting = null, reading = false;
    function write() {
      var at = map.getCenter();
      waiting = null;
      try {
        var place = +map.getZoom().toFixed(2) + "/" + at.lat.toFixed(2) + "/" + at.lng.toFixed(2);
        history.replaceState(null, "", "#day=" + days.iso(page.day) + "&view=" + page.view + "&map=" + place);
      } catch (refused) { bar.write = function () {}; }
    }
    function read() {
      var asked = new URLSearchParams(location.hash.slice(1)), place = (asked.get("map") || "").split("/").map(Number);
      reading = true;
      if (place.length === 3 && place.every(isFinite) && Math.abs(place[1]) <= 85 && Math.abs(place[2]) <= 360) {
        map.setView([place[1], place[2]], place[0], {animate: false});
      }
      if (Object.keys(page.data.views).indexOf(asked.get("view")) >= 0) page.view = asked.get("view");
      if (asked.get("day")) page.set(asked.get("day"));
      reading = false;
    }
    bar.write = function () {
      if (bar.number || reading) return;
      clearTimeout(waiting);
      waiting = setTimeout(write, 250);
    };
    if (bar.number) return;
    read();
    map.on("moveend", function () { bar.write(); });
    window.addEventListener("hashchange", function () { read(); page.draw(); });
  };
})(window.sovietpacific);
