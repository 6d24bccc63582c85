/* Draws two days on one Leaflet map, the first left of a handle and the second right of it.  Needs web.js. */
(function (sp) {
  "use strict";
  var SIDES = ["first", "second"], INK = "#23282d", CHOSEN = "#0b5cad";

  /* The handle: a slider in per cent of the map's width, for pointer, touch and keys. */
  function handle(map, sheet, moved) {
    var box = sp.element("div", map.getContainer(), "sp-swipe"), at = 50, held = false, say = sp.speaker(sheet.texts);
    sp.element("span", box, "sp-side sp-first", sheet.days[0]);
    sp.element("span", box, "sp-side sp-second", sheet.days[1]);
    var round = sp.element("span", box, "sp-knob");
    var knob = sp.svg("svg", {width: 26, height: 16, viewBox: "0 0 26 16", "aria-hidden": "true"}, round);
    sp.svg("path", {d: "M9 2 3 8l6 6M17 2l6 6-6 6", fill: "none", stroke: INK, "stroke-width": 2}, knob);
    box.tabIndex = 0;
    var told = {role: "slider", "aria-label": say("compare.handle"), "aria-orientation": "horizontal",
      "aria-valuemin": 0, "aria-valuemax": 100};
    for (var key in told) box.setAttribute(key, told[key]);
    function set(value) {
      at = Math.max(0, Math.min(100, value));
      box.style.left = at + "%";
      box.setAttribute("aria-valuenow", Math.round(at));
      var values = {share: Math.round(at), first: sheet.days[0], last: sheet.days[1]};
      box.setAttribute("aria-valuetext", say("compare.share", values));
      moved(at / 100);
    }
    function follow(event) {
      var home = map.getContainer().getBoundingClientRect();
      if (held) set(100 * (event.clientX - home.left) / home.width);
    }
    box.addEventListener("pointerdown", function (event) {
      held = true; box.setPointerCapture(event.pointerId); box.focus({preventScroll: true}); event.preventDefault();
    });
    box.addEventListener("pointermove", follow);
    ["pointerup", "pointercancel"].forEach(function (name) { box.addEventListener(name, function () { held = false; }); });
    box.addEventListener("keydown", function (event) {
      var steps = {ArrowLeft: -2, ArrowDown: -2, ArrowRight: 2, ArrowUp: 2, PageDown: -10, PageUp: 10, Home: -100, End: 100};
      if (!(event.key in steps) || event.ctrlKey || event.metaKey || event.altKey) return;
      set(at + steps[event.key]); event.preventDefault(); event.stopPropagation();
    });
    L.DomEvent.disableClickPropagation(box); L.DomEvent.disableScrollPropagation(box);
    set(at);
    return {set: set, get value() { return at; }};
  }

  /* Clip the panes of both days where the handle stands; panes move with the map, so the clip is told in their own positions. */
  function clip(map, share) {
    var size = map.getSize(), from = map.containerPointToLayerPoint([0, 0]), to = map.containerPointToLayerPoint(size);
    var middle = from.x + size.x * share;
    [[from.x, middle], [middle, to.x]].forEach(function (span, side) {
      var corners = [[span[0], from.y], [span[1], from.y], [span[1], to.y], [span[0], to.y]];
      map.getPane("sp-" + SIDES[side]).style.clipPath = "polygon(" + corners.map(function (corner) {
        return corner[0].toFixed(1) + "px " + corner[1].toFixed(1) + "px";
      }).join(",") + ")";
    });
  }

  /* The outlines of what changed hands; one is chosen at a time. */
  function outlines(map, sheet) {
    sp.drawing.pane(map, "sp-changes", 470);
    var svg = L.svg({pane: "sp-changes", padding: 0.4}), group = L.featureGroup();
    var plain = {weight: 1.2, color: CHOSEN, fillOpacity: 0}, chosen = {weight: 3.5, color: CHOSEN, fillOpacity: 0.25};
    var shapes = sheet.changes.map(function (change) {
      var look = L.extend({renderer: svg, pane: "sp-changes", interactive: false, fillColor: CHOSEN}, plain);
      return L.polygon(sp.decode(change.shape), look).addTo(group);
    });
    group.choose = function (index) {
      shapes.forEach(function (shape, i) { shape.setStyle(i === index ? chosen : plain); });
      if (shapes[index] && shapes[index]._path) shapes[index].bringToFront();
    };
    group.show = function (index) { map.fitBounds(shapes[index].getBounds(), {maxZoom: 8, padding: [40, 40], animate: false}); };
    return group;
  }

  /* The list of what changed hands; pointing at a row marks its land, a click or Enter goes there. */
  function table(map, sheet, fill, group) {
    var box = sp.element("details", null, "sp-box sp-changes"), say = sp.speaker(sheet.texts);
    box.open = map.getSize().x > 600;
    sp.element("summary", box, "", say("layer.changes"));
    var told = [sheet.told].concat(sheet.changes.length ? say("compare.outlined") : []);
    sp.element("div", box, "", say.list("list.following", told));
    if (!sheet.changes.length) return box;
    var list = sp.element("table", box), head = sp.element("tr", sp.element("thead", list)), body = sp.element("tbody", list);
    sheet.days.concat(say("heading.area")).forEach(function (word) { sp.element("th", head, "", word).scope = "col"; });
    sheet.changes.forEach(function (change, index) {
      var row = sp.element("tr", body);
      ["from", "to"].forEach(function (end) {
        var cell = sp.element("div", sp.element("td", row), "sp-held");
        sp.swatch(cell, fill(change[end][0])); sp.element("span", cell, "", change[end][1]);
      });
      sp.element("div", sp.element("td", row, "", change.area), "sp-count", change.counted);
      row.title = change.tracts.join(", "); row.tabIndex = 0;
      ["mouseenter", "focus"].forEach(function (name) { row.addEventListener(name, function () { group.choose(index); }); });
      ["mouseleave", "blur"].forEach(function (name) { row.addEventListener(name, function () { group.choose(-1); }); });
      row.addEventListener("click", function () { group.show(index); });
      row.addEventListener("keydown", function (event) { if (event.key === "Enter") group.show(index); });
    });
    box.addEventListener("toggle", function () { map.fire("sp-boxes"); });
    return box;
  }

  /* What is the same on both days stands in the first only; each card says of which day it is. */
  function complete(sheet) {
    var say = sp.speaker(sheet.texts);
    sheet.first.texts = sheet.second.texts = sheet.texts;
    sheet.second.tracts.forEach(function (tract, i) {
      ["shape", "history", "more", "box"].forEach(function (same) { tract[same] = sheet.first.tracts[i][same]; });
    });
    SIDES.forEach(function (side, i) {
      sheet[side].tracts.concat(sheet[side].lines).forEach(function (one) {
        if (one.rows) one.rows = [[say("heading.day"), sheet.days[i]]].concat(one.rows);
      });
    });
  }

  sp.compare = function (map, sheet) {
    var draw = sp.drawing, fill = sp.fills(sp.definitions(map.getContainer()));
    complete(sheet);
    draw.dress(map, sheet, 410);
    var sides = SIDES.map(function (side) {
      draw.pane(map, "sp-" + side, 350);
      return {land: draw.land(map, sheet[side], fill, "sp-" + side), lines: draw.lines(map, sheet[side], "sp-" + side),
        names: draw.names(map, sheet[side].names, "sp-" + side)};
    });
    var group = outlines(map, sheet), both = {tracts: sheet.first.tracts.concat(sheet.second.tracts),
      lines: sheet.first.lines.concat(sheet.second.lines), legend: sheet.legend, kinds: sheet.kinds, texts: sheet.texts};
    draw.control(map, table(map, sheet, fill, group), "bottomright");
    var legend = draw.legend(map, both, fill, sp.speaker(sheet.texts)("compare.legend"));
    legend.open = false;
    draw.control(map, legend, "bottomright");
    var share = 0.5;
    var swipe = handle(map, sheet, function (value) { share = value; clip(map, share); });
    map.on("move zoomend viewreset resize moveend", function () { clip(map, share); });
    function pair(part) { return L.layerGroup([sides[0][part], sides[1][part]]); }
    return {land: pair("land"), lines: pair("lines"), names: pair("names"), changes: group, swipe: swipe};
  };
})(window.sovietpacific);
