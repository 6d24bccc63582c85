/* The slider's map: every tract drawn once and recoloured when its look changes, lines shown on their days, names of the day. */
(function (sp) {
  "use strict";
  if (sp.timeline) return;
  var days = sp.timelineDays, cards = sp.timelineCards, COAST = "#6E7F8A", INK = "#23282D";

  function Timeline(map, data) {
    this.map = map; this.data = data; this.answers = new sp.timelineAnswers(data); this.say = this.answers.say;
    this.day = data.day; this.view = data.view; this.listeners = [];
    this.thin = map.getSize().x < 700 ? 0.7 : 1;  // lines as strong as on a wide screen would hide a phone's small land
    this.still = !!(window.matchMedia && matchMedia("(prefers-reduced-motion: reduce)").matches);
    this._looks = []; this._ways = []; this._edges = [];
    this._makePanes(); this._makeLand(); this._makeNames();
  }
  var methods = Timeline.prototype;

  methods._makePanes = function () {
    var map = this.map, box = map.getContainer();
    box.classList.add("sp-timeline");
    box.setAttribute("role", "region"); box.setAttribute("aria-label", this.say("slider.map", {title: this.data.title}));
    [["sp-ground", 395], ["sp-under", 405], ["sp-lines", 410]].forEach(function (pane) {
      map.createPane(pane[0]).style.zIndex = pane[1];
    });
    map.setMinZoom(2).setMaxZoom(12);  // the shapes are true to about a kilometre: nearer there is nothing more to see
    this._ground = L.svg({padding: 0.5, pane: "sp-ground"}).addTo(map);  // apart from the land, that it need not be painted again
    this._land = L.svg({padding: 0.5}).addTo(map);
    this._under = L.svg({padding: 0.5, pane: "sp-under"}).addTo(map);
    this._over = L.svg({padding: 0.5, pane: "sp-lines"}).addTo(map);
    map.getPane("sp-lines").style.pointerEvents = map.getPane("sp-ground").style.pointerEvents = "none";
    this.defs = sp.definitions(box); this._fill = sp.fills(this.defs);
    if (this.still) keepStill(map);
  };
  /* A map whose reader asked for little motion neither zooms nor pans by degrees. */
  function keepStill(map) {
    map.options.zoomAnimation = map.options.fadeAnimation = map.options.markerZoomAnimation = map.options.inertia = false;
    map._zoomAnimated = false;
    map.panBy = function (offset, options) {
      return L.Map.prototype.panBy.call(this, offset, L.extend({}, options, {animate: false}));
    };
  }

  methods._makeLand = function () {
    var page = this, shapes = this.data.tracts.map(function (tract) { return sp.decode(tract[6]); });
    var still = {renderer: this._ground, interactive: false, smoothFactor: 0.4};
    var backdrop = L.extend({fillColor: "#E9E6DD", fillOpacity: 1, color: "#B4B0A3", weight: 0.7}, still);
    this.data.ground.forEach(function (shape) { L.polygon(sp.decode(shape), backdrop).addTo(page.map); });
    /* The coast is the outline of all land at once: what runs between two tracts is covered by the tracts themselves. */
    this._coasts = [0, 1].map(function (island) {
      var land = [].concat.apply([], shapes.filter(function (_, index) { return page.data.tracts[index][4] === island; }));
      return L.polygon(land, L.extend({fill: false, color: COAST, weight: 2}, still)).addTo(page.map);
    });
    this.popup = L.popup({maxWidth: 340});
    this.popup.setContent(function (land) { return cards.popup(page, page.tracts.indexOf(land)); });
    this.tracts = shapes.map(function (shape, index) {
      var land = L.polygon(shape, {renderer: page._land, smoothFactor: 0.4, fillOpacity: 1, weight: 1});
      land.addTo(page.map).getElement().setAttribute("tabindex", 0);
      land.getElement().setAttribute("role", "button");
      land.bindTooltip(function () { return cards.tip(page, index); }, {sticky: true, className: "sp-tip", opacity: 1});
      land.bindPopup(page.popup);
      land.on("mouseover", function () { page._ring.setLatLngs(land.getLatLngs()); });
      land.on("mouseout", function () { page._ring.setLatLngs([]); });
      land.getElement().addEventListener("focus", function () {
        if (!land.getElement().matches(":focus-visible") || page.map.getBounds().contains(land.getCenter())) return;
        page.map.panTo(land.getCenter(), {animate: !page.still});
      });
      land.on("popupopen", function () { page._opened(land); });
      land.on("popupclose", function () { page._closed(land); });
      return land;
    });
    this._case();
    this.map.on("zoomend", this._case, this);
    this._ring = L.polygon([], {renderer: this._over, fill: false, color: INK, weight: 2.2, interactive: false}).addTo(this.map);
  };

  /* A card opened from the keyboard takes the focus, and gives it back. */
  methods._opened = function (land) {
    this._byKey = document.activeElement === land.getElement();
    this._open = land;
    land.closeTooltip();
    this.map.getContainer().classList.add("sp-card-open");
    if (this._byKey) this.popup.getElement().querySelector(".sp-card").focus();
  };
  methods._closed = function (land) {
    this._open = null;
    this.map.getContainer().classList.remove("sp-card-open");
    if (this._byKey) land.getElement().focus();
  };
  /* Give small islands a casing in their own fill, the wider the less of them is seen. */
  methods._case = function () {
    var zoom = this.map.getZoom(), weight = (zoom < 5.5 ? 2.6 : zoom < 7 ? 1.4 : 0.7) * this.thin, page = this;
    if (weight === this._weight) return;
    this._weight = weight;
    this._coasts[1].setStyle({weight: weight + 1.6});
    this.tracts.forEach(function (land, index) { if (page.data.tracts[index][4]) land.setStyle({weight: weight}); });
  };

  methods._makeNames = function () {
    this._fixed = this.data.fixed.map(function (row) {
      return {text: row[0], at: [row[2], row[1]], kind: row[3], rank: row[4], zoom: row[5]};
    });
    var box = this.map.getContainer();
    this.names = new sp.Names([], {taken: function () { return boxesOn(box); }}).addTo(this.map);
    this.map.on("moveend", this._nameDay, this);
  };
  /* The boxes that stand on the map, whose land no name can be read on. */
  function boxesOn(box) {
    var frame = box.getBoundingClientRect();
    var boxes = box.querySelectorAll(".sp-box,.sp-bar,.leaflet-bar,.leaflet-control-attribution,.leaflet-control-scale");
    return Array.prototype.map.call(boxes, function (node) {
      var at = node.getBoundingClientRect();
      return [at.left - frame.left, at.top - frame.top, at.right - frame.left, at.bottom - frame.top];
    });
  }
  /* Names change with the year of the day, with who holds what, and with what part of the map is seen. */
  methods._nameDay = function () {
    var view = this.answers.shown(this.view, this.day);
    var holders = sp.timelinePolities(this, view);
    this.names.set(holders.concat(this._fixed, this.answers.names(this.day)));
  };

  methods.fill = function (fill) { return this._fill(fill); };
  methods.legend = function () { return this.answers.legend(this.answers.shown(this.view, this.day), this.day); };
  methods.lineWords = function (way) { return this.data.kinds[this.data.ways.indexOf(way)]; };
  methods.lineKinds = function () {
    var seen = this._ways, ways = this.data.ways;
    return ways.filter(function (way, place) { return way && seen.indexOf(place) >= 0; });
  };

  /* Recolour the tracts whose look is another than was drawn. */
  methods._drawLand = function (view) {
    var answers = this.answers, changed = false;
    this.tracts.forEach(function (land, index) {
      var place = answers.lookPlace(view, index, this.day);
      if (this._looks[index] === place) return;
      var look = answers.look(view, index, this.day), fill = look.fill, css = this._fill(fill, this.data.tracts[index][4]);
      this._looks[index] = place;
      changed = true;
      var words = {heading: this.data.tracts[index][1], words: look.words};
      land.getElement().setAttribute("aria-label", this.say("words.about", words));
      if (land.options.fillColor !== css) land.setStyle({fillColor: css, color: css});
    }, this);
    return changed;
  };
  methods._drawLines = function (view) {
    var changed = false;
    this.data.edges.forEach(function (_, edge) {
      var place = this.answers.way(view, edge, this.day);
      if (this._ways[edge] === place) return;
      this._ways[edge] = place;
      changed = true;
      this._drawLine(edge, this.data.ways[place]);
    }, this);
    return changed;
  };
  methods._drawLine = function (edge, way) {
    var pair = this._edges[edge], thin = this.thin;
    if (!pair && !way) return;
    if (!pair) pair = this._edges[edge] = this._makeLine(edge);
    pair.forEach(function (line, at) {
      if (!way && !at) line.closeTooltip();
      var look = way && L.extend({dashArray: null, opacity: 1, lineCap: "butt"}, sp.lines[way][at]);
      if (way) line.setStyle(L.extend(look, {weight: look.weight * thin}));
      line.getElement().style.display = way ? "" : "none";
    });
  };
  methods._makeLine = function (edge) {
    var page = this, parts = sp.decode(this.data.edges[edge][3]).map(function (part) { return part[0]; });
    var named = this.data.edges[edge][0] >= 0;
    var under = L.polyline(parts, {renderer: this._under, smoothFactor: 0.4, interactive: named}).addTo(this.map);
    var over = L.polyline(parts, {renderer: this._over, smoothFactor: 0.4, interactive: false}).addTo(this.map);
    if (named) under.getElement().setAttribute("tabindex", -1);
    if (named) under.bindTooltip(function () {
      var way = page.data.ways[page._ways[edge]];
      return page.answers.line(edge, page.day) ? cards.lineTip(page, edge, way) : sp.card(page.lineWords(way), []);
    }, {sticky: true, className: "sp-tip", opacity: 1});
    return [under, over];
  };

  /* Show a day, as a number or as ISO text; the page keeps the day it has where the text is none or outside its days. */
  methods.set = function (day) {
    var asked = typeof day === "string" ? days.read(day) : day;
    if (asked === null || !(asked >= 0 && asked <= this.data.last)) return false;
    this.day = Math.round(asked);
    this.draw();
    return true;
  };
  methods.setView = function (view) {
    if (!Object.prototype.hasOwnProperty.call(this.data.views, view)) return false;
    this.view = view;
    this.draw();
    return true;
  };
  methods.draw = function () {
    var view = this.answers.shown(this.view, this.day), year = days.iso(this.day).slice(0, 4);
    var land = this._drawLand(view), lines = this._drawLines(view);
    this.map.getContainer().classList.toggle("sp-before", view !== this.view);
    this.listeners.forEach(function (listener) { listener(land || lines); });
    if (land || year !== this._year) this._nameDay();  // after the legend, which takes room from them
    this._year = year;
    this._tellOpen();
  };
  /* What is open tells of the day that is shown. */
  methods._tellOpen = function () {
    var popup = this.popup;
    if (this._open) {
      var inside = popup.getElement().contains(document.activeElement);
      var at = Array.prototype.indexOf.call(popup.getElement().querySelectorAll(".sp-day"), document.activeElement);
      this.historyOpen = popup.getElement().querySelector("details").open;  // its own event comes too late
      popup.options.autoPan = false;  // a popup that is open already must not move the map while it plays
      popup.update();
      popup.options.autoPan = true;
      if (inside) (popup.getElement().querySelectorAll(".sp-day")[at] || popup.getElement().querySelector(".sp-card")).focus();
    }
    this.map.eachLayer(function (layer) { if (layer instanceof L.Tooltip) layer.update(); });
  };

  methods.changes = function () { return this.answers.changes(this.answers.shown(this.view, this.day)).days; };
  /* Go to the next change of the view, or with -1 to the one before (of a day within an epoch, to the epoch's first day). */
  methods.step = function (way) {
    var told = this.changes(), at = this.answers.stepOf(this.answers.shown(this.view, this.day), this.day);
    if (way > 0) return at + 1 < told.length && this.set(told[at + 1]);
    return this.set(this.day > told[Math.max(at, 0)] ? told[at] : told[Math.max(at - 1, 0)]);
  };

  sp.timelines = sp.timelines || [];
  /* Put a timeline on a map; gives what tests and other scripts may ask of it. */
  sp.timeline = function (map, data) {
    var page = new Timeline(map, data), number = sp.timelines.length;
    if (!document.documentElement.lang) document.documentElement.lang = data.language;
    var bar = sp.timelineBar(page, number);
    page.draw();
    var faced = {
      set: function (day) { return page.set(day); },
      view: function (name) { return page.setView(name); },
      answer: function (tract) {
        return page.answers.answer(page.answers.shown(page.view, page.day), page.answers.indexOf[tract], page.day);
      },
      legend: function () { return page.legend().map(function (row) { return row[1]; }); },
      lines: function () { return page.data.edges.map(function (_, edge) { return page.data.ways[page._ways[edge]]; }); },
      names: function () { return page.answers.names(page.day); },
      svg: function () { return sp.timelineSvg(page); },
      png: function () { return sp.timelinePng(page); },
      play: bar.play, map: map, page: page
    };
    Object.defineProperty(faced, "day", {get: function () { return days.iso(page.day); }});
    Object.defineProperty(faced, "changes", {get: function () { return page.changes().map(days.iso); }});
    sp.timelines.push(faced);
    return faced;
  };
})(window.sovietpacific);
