/* What every page of the atlas draws with: positions, stripes, swatches, cards, and names that keep out of each other's way.
   All text becomes text nodes; nothing here is ever read as HTML. */
window.sovietpacific = window.sovietpacific || (function () {
  "use strict";
  var SVG = "http://www.w3.org/2000/svg", count = 0, own = new WeakSet();

  /* Make an element of the page, or with svg() of a drawing, with its class and its text. */
  function element(tag, parent, look, text) {
    var node = document.createElement(tag);
    if (look) node.className = look;
    if (text !== undefined) node.textContent = text;
    if (parent) parent.appendChild(node);
    own.add(node);
    return node;
  }
  /* Tell whether a node was made here, and so holds text and nothing else. */
  function owns(node) { return own.has(node); }
  function svg(tag, looks, parent) {
    var node = document.createElementNS(SVG, tag);
    for (var key in looks) node.setAttribute(key, looks[key]);
    if (parent) parent.appendChild(node);
    return node;
  }

  /* Read one run of differences, five bits a sign from "?" on, as [lat, lon] positions. */
  function run(text, scale) {
    var found = [], index = 0, lon = 0, lat = 0;
    function next() {
      var value = 0, shift = 0, sign;
      do { sign = text.charCodeAt(index++) - 63; value |= (sign & 31) << shift; shift += 5; } while (sign >= 32);
      return value & 1 ? ~(value >> 1) : value >> 1;
    }
    while (index < text.length) { lon += next(); lat += next(); found.push([lat / scale, lon / scale]); }
    return found;
  }
  /* Read "decimals:ring,ring;ring" as polygons of rings (of a line: parts of one run each) of [lat, lon]. */
  function decode(text) {
    var scale = Math.pow(10, +text[0]);
    return text.length < 3 ? [] : text.slice(2).split(";").map(function (part) {
      return part.split(",").map(function (ring) { return run(ring, scale); });
    });
  }

  /* Give a function from [base, stripe, leaning left, crossed] to a CSS fill; patterns are made in `defs` when first wanted.
     Stripes are `fine` on small islands, whose every part must show both colours. */
  function fills(defs) {
    var made = {}, own = "sp" + count++;
    return function (fill, fine) {
      var base = fill[0], stripe = fill[1], left = fill[2], crossed = fill[3];
      if (!stripe) return base;
      var lean = crossed ? "x" : left ? "l" : "r", wide = fine ? 4.6 : 9;
      var id = own + lean + (fine ? "f" : "") + base.slice(1) + stripe.slice(1);
      if (!made[id]) {
        made[id] = svg("pattern", {id: id, width: wide, height: wide, patternUnits: "userSpaceOnUse",
          patternTransform: "rotate(" + (left ? -45 : 45) + ")"}, defs);
        svg("rect", {width: wide, height: wide, fill: base}, made[id]);
        svg("rect", {width: wide * (crossed ? 0.16 : 0.47), height: wide, fill: stripe}, made[id]);
        if (crossed) svg("rect", {width: wide, height: wide * 0.16, fill: stripe}, made[id]);
      }
      return "url(#" + id + ")";
    };
  }
  function definitions(container) {
    var hidden = svg("svg", {width: 0, height: 0, "aria-hidden": "true", style: "position:absolute"}, container);
    return svg("defs", {}, hidden);
  }
  function swatch(parent, css) {
    var drawn = svg("svg", {width: 24, height: 14, "aria-hidden": "true"}, parent);
    svg("rect", {x: 0.5, y: 0.5, width: 23, height: 13, fill: css, stroke: "#6e7f8a"}, drawn);
    return drawn;
  }

  /* How each kind of line is drawn: what lies under it, then the line. */
  var CASING = {color: "#fff", weight: 3.8, opacity: 0.78}, HIDDEN = {color: "#fff", weight: 5, opacity: 0.01};
  var INK = "#23282d", DISPUTED = "#7a2e86", RAIL = "#4d4037";
  var lines = {
    border: [CASING, {color: INK, weight: 1.6}],
    control: [CASING, {color: INK, weight: 1.5, dashArray: "6 4", lineCap: "butt"}],
    disputed: [CASING, {color: DISPUTED, weight: 1.9, dashArray: "10 3 2 3", lineCap: "butt"}],
    sea: [HIDDEN, {color: "#3d6a86", weight: 1.8, dashArray: "0.1 4.5", lineCap: "round"}],
    "sea-disputed": [HIDDEN, {color: DISPUTED, weight: 2, dashArray: "0.1 4.5", lineCap: "round"}],
    named: [HIDDEN, {color: "#5b6167", weight: 1.1}],
    railway: [{color: RAIL, weight: 2.6}, {color: "#fff", weight: 1.2, dashArray: "6 6", lineCap: "butt"}],
    front: [{color: "#fff", weight: 5, opacity: 0.85}, {color: "#8a1c4a", weight: 2.6}]
  };
  function lineSwatch(parent, kind) {
    var drawn = svg("svg", {width: 24, height: 14, "aria-hidden": "true"}, parent);
    lines[kind].forEach(function (look) {
      svg("path", {d: "M1 7H23", fill: "none", stroke: look.color, "stroke-width": look.weight, opacity: look.opacity || 1,
        "stroke-dasharray": look.dashArray || "none", "stroke-linecap": look.lineCap || "butt"}, drawn);
    });
  }

  /* Give what says the sentences of a page: say(key, values) fills the names in braces in; of a sentence with a number,
     `count`, it takes the form of that number; say.list(key, parts) joins several, two at a time. */
  function speaker(texts) {
    function say(key, values) {
      var text = texts[key];
      if (Array.isArray(text)) {
        var count = values.count;
        text = text[texts.plurals[count < texts.plurals.length ? count : 100 + count % 100]];
      }
      return text.replace(/\{(\w+)\}/g, function (_, name) { return values[name]; });
    }
    say.list = function (key, parts) {
      return parts.length ? parts.reduce(function (before, next) { return say(key, {before: before, next: next}); }) : "";
    };
    return say;
  }

  /* Make a card: a heading, then rows of [what, words] or plain words. */
  function card(heading, rows, look) {
    var box = element("div", null, look || "sp-card");
    element("b", box, "", heading);
    rows.forEach(function (row) {
      var line = element("div", box, "sp-row-of-card");
      if (Array.isArray(row)) { element("span", line, "sp-what", row[0]); element("span", line, "", row[1]); }
      else line.textContent = row;
    });
    return box;
  }

  /* A layer of names.  Each is {at, text, more, kind, rank, zoom}: those of lower rank are placed first, from their zoom on;
     a name that would touch one already placed tries the other sides of its point, then is left out, as is one that the frame
     would cut.  `kind` is town, isle, land, sea, line or polity; towns have a dot and stand beside it, isles beside their point,
     lines above, below or beside it, the others on it.  Of names with the same `once` the first that finds room stands.
     `options.taken` gives boxes to keep free, [west, north, east, south] in the map's pixels: those of the controls unless
     given; `options.tell(node, name)` is called for what stands for a name that has `more` to tell; `options.home` is the
     pane. */
  var Names = L.Layer.extend({
    initialize: function (names, options) { L.setOptions(this, options); this._names = names || []; },
    onAdd: function (map) {
      var name = this.options.home || "sp-names", pane = map.getPane(name) || map.createPane(name);
      pane.style.zIndex = 450; pane.style.pointerEvents = "none";
      this._box = element("div", pane, "sp-names"); this._box.setAttribute("aria-hidden", "true");
      this.redraw();
    },
    onRemove: function () { this._box.remove(); this._box = this._told = null; },
    getEvents: function () {
      return {moveend: this.redraw, zoomend: this.redraw, viewreset: this.redraw, "sp-boxes": this.redraw};
    },
    set: function (names) { this._names = names; if (this._box) this.redraw(); return this; },
    redraw: function () {
      var map = this._map, size = map.getSize(), zoom = map.getZoom(), box = this._box, shown = [], once = {};
      var taken = this.options.taken ? this.options.taken() : boxes(map), tell = this.options.tell;
      function free(box) {
        return box[0] >= 0 && box[2] <= size.x && !taken.some(function (other) {
          return box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1];
        });
      }
      this._names.filter(function (name) { return zoom >= (name.zoom || 0); })
        .sort(function (a, b) { return a.rank - b.rank; }).forEach(function (name) {
          var at = map.latLngToContainerPoint(name.at);
          var dot = name.kind === "town" ? [at.x - 3, at.y - 3, at.x + 3, at.y + 3] : null;
          if (name.once && once[name.once] || at.x < 0 || at.y < 0 || at.x > size.x || at.y > size.y || dot && !free(dot)) return;
          var lines = name.text.split("\n"), high = 15 * lines.length;
          var wide = 4 + 6.6 * ({town: 0.95, polity: 1.6}[name.kind] || 1.2) * Math.max.apply(null, lines.map(signs));
          var sides = sidesOf(name.kind, wide, high);
          for (var i = 0; i < sides.length; i++) {
            var west = at.x + sides[i][0], north = at.y + sides[i][1], place = [west, north, west + wide, north + high];
            if (free(place)) {
              taken.push(place);
              if (dot) taken.push(dot);
              if (name.once) once[name.once] = true;
              shown.push([name, map.latLngToLayerPoint(name.at), sides[i], wide]);
              return;
            }
          }
        });
      var told = JSON.stringify([map.getPixelOrigin(), shown.map(function (entry) {
        return [entry[0].text, entry[1], entry[2]];
      })]);
      if (told === this._told) return;
      this._told = told;
      box.textContent = "";
      shown.forEach(function (entry) {
        var name = entry[0], point = entry[1], side = entry[2];
        var dot = name.kind === "town" && element("i", box, "sp-dot");
        if (dot) move(dot, point.x, point.y);
        var word = element("span", box, "sp-name sp-" + name.kind + (side[0] < -6 && name.kind === "town" ? " sp-left" : ""),
          name.text);
        word.style.width = entry[3] + "px";
        move(word, point.x + side[0], point.y + side[1]);
        if (tell && name.more && name.more.length) { tell(word, name); if (dot) tell(dot, name); }
      });
      this.shown = shown.map(function (entry) { return entry[0].text; });
    }
  });
  /* How many Latin letters wide a line is; signs of East Asia are about two. */
  function signs(line) { return line.length + (line.match(/[\u1100-\uffdc]/g) || []).length * 0.9; }
  /* Where the corner of a name may stand from its point. */
  function sidesOf(kind, wide, high) {
    if (kind === "line") return [[-wide / 2, -high - 4], [-wide / 2, 4], [8, -high / 2], [-wide - 8, -high / 2]];
    if (kind !== "town" && kind !== "isle") return [[-wide / 2, -high / 2]];
    return [[6, -high / 2], [-wide - 6, -high / 2], [-wide / 2, -high - 5], [-wide / 2, 5]];
  }
  /* Where the boxes of a map stand: no name goes under one. */
  function boxes(map) {
    var home = map.getContainer().getBoundingClientRect();
    return Array.from(map.getContainer().querySelectorAll(".sp-box,.leaflet-control-layers,.leaflet-bar")).map(function (box) {
      var at = box.getBoundingClientRect();
      return [at.left - home.left, at.top - home.top, at.right - home.left, at.bottom - home.top];
    });
  }
  function move(node, x, y) { node.style.transform = "translate(" + x.toFixed(1) + "px," + y.toFixed(1) + "px)"; }

  /* Tell whether a map has room for an open box at its right, the land then standing left of it, so that no island is hidden;
     on a phone, or in a notebook, the box is opened when wanted. */
  function roomy(map) { return map.getSize().x > 1000 && map.getSize().y > 560; }

  return {element: element, owns: owns, svg: svg, decode: decode, fills: fills, definitions: definitions, swatch: swatch,
    card: card, speaker: speaker, lines: lines, lineSwatch: lineSwatch, roomy: roomy, Names: Names};
})();
