/* Draws one day on a Leaflet map: land, lines by kind, names of that day, title and legend.  Needs Leaflet and land.js. */
(function (sp) {
  "use strict";
  var INK = "#23282d";

  /* Every position is drawn: were each tract made smoother by itself, the coast beneath would show between two of them. */
  var EXACT = 0;

  var TIP = {sticky: true, className: "sp-tip", opacity: 1};
  var POPUP = {maxWidth: 400, minWidth: 240, autoPanPaddingTopLeft: [10, 92], autoPanPaddingBottomRight: [10, 24]};

  /* Make a pane, within another if told, whose own ground lets the pointer through. */
  function pane(map, name, height, within) {
    var made = map.getPane(name) || map.createPane(name, within && map.getPane(within));
    made.style.zIndex = height; made.style.pointerEvents = "none";
    return made;
  }
  function wide(map) { return Math.min(360, map.getSize().x - 80); }
  function renderer(map, name, height, within) {
    pane(map, name, height, within);
    return L.svg({pane: name, padding: 0.4});
  }

  /* The timeline of a tract: a list that can be scrolled, the hold of the day marked. */
  function timeline(rows, sheet) {
    var list = sp.element("ol", null, "sp-history"), day = sheet.day, say = sp.speaker(sheet.texts);
    list.tabIndex = 0; list.setAttribute("aria-label", say("page.timeline"));
    rows.forEach(function (row) {
      var entry = sp.element("li", list), now = row[0] <= day && (!row[1] || day < row[1]);
      if (now) { entry.className = "sp-now"; entry.setAttribute("aria-current", "date"); }
      sp.element("span", entry, "sp-span", say("span.dates", {since: row[0], until: row[1] || say("span.today")}));
      sp.element("span", entry, "sp-who", row[2]);
      sp.element("span", entry, "sp-act", row[3]);
    });
    return list;
  }
  function showNow(box) {
    var list = box.querySelector(".sp-history"), now = box.querySelector(".sp-now");
    if (now) list.scrollTop = now.offsetTop - 30;
  }
  function popup(tract, sheet) {
    var box = sp.card(tract.name, tract.rows), more = sp.card("", tract.more, "sp-more");
    more.removeChild(more.firstChild);
    box.appendChild(timeline(tract.history, sheet)); box.appendChild(more);
    return box;
  }

  /* Land is reached and opened by keyboard, and says whose it is; its card takes the focus then, and gives it back. */
  function reachable(map, shape, tract, sheet) {
    var say = sp.speaker(sheet.texts), words = say.list("list.stops", [tract.name].concat(tract.rows.slice(0, 2)
      .map(function (row) { return say("words.about", {heading: row[0], words: row[1]}); })));
    shape.on("add", function () {
      var node = shape.getElement(), looks = {tabindex: 0, role: "button", "aria-label": words};
      for (var key in looks) node.setAttribute(key, looks[key]);
    });
    shape.on("popupopen", function (event) {
      if (document.activeElement !== shape.getElement()) return;
      var box = event.popup.getElement().querySelector(".sp-card");
      box.tabIndex = 0; box.focus();
      box.addEventListener("keydown", function (pressed) { if (pressed.key === "Escape") map.closePopup(); });
      shape.once("popupclose", function () { shape.getElement().focus(); });
    });
  }

  /* Land lies on a wide stroke in the colour of the coast, so that only what no neighbour covers is seen as coast.  Small
     islands stand on a wider one and have a rim in their own colour: else they would vanish. */
  function land(map, sheet, fill, within) {
    var home = (within || "sp") + "-land", group = L.featureGroup(), svg = renderer(map, home, 350, within);
    var seen = sheet.faint ? 0.62 : 1;
    var coast = {renderer: svg, pane: home, interactive: false, fill: false, smoothFactor: EXACT,
      color: "#6e7f8a", opacity: seen};
    var shapes = sheet.tracts.map(function (tract) { return sp.decode(tract.shape); });
    function under(small) { return shapes.filter(function (shape, i) { return !!sheet.tracts[i].small === small; }); }
    L.polygon([].concat.apply([], under(false)), L.extend({weight: 2.6}, coast)).addTo(group);
    L.polygon([].concat.apply([], under(true)), L.extend({weight: 4.6}, coast)).addTo(group);
    sheet.tracts.forEach(function (tract, i) {
      var css = fill(tract.fill, tract.small);
      var look = {fillColor: css, fillOpacity: seen, opacity: sheet.faint ? 0 : 1, weight: tract.small ? 2.8 : 1.2, color: css};
      var place = {renderer: svg, pane: home, interactive: !!tract.name, smoothFactor: EXACT};
      var shape = L.polygon(shapes[i], L.extend(place, look)).addTo(group);
      if (!tract.name) return;
      shape.bindTooltip(function () { return sp.card(tract.name, tract.rows); }, TIP);
      shape.bindPopup(function () { return popup(tract, sheet); }, L.extend({}, POPUP, {minWidth: wide(map)}));
      shape.on("popupopen", function (event) { showNow(event.popup.getElement()); });
      if (!within) reachable(map, shape, tract, sheet);  // of two days one over the other the list of changes tells
      shape.on("mouseover", function () { shape.setStyle({color: INK, weight: 2.2, opacity: 1}); });
      shape.on("mouseout", function () { shape.setStyle(look); });
    });
    return group;
  }

  function lines(map, sheet, within) {
    var home = (within || "sp") + "-lines", group = L.featureGroup();
    var svg = renderer(map, home, 360, within), top = renderer(map, home + "-hit", 365, within);
    var shapes = sheet.lines.map(function (line) { return [].concat.apply([], sp.decode(line.shape)); });
    [0, 1].forEach(function (level) {
      sheet.lines.forEach(function (line, i) {
        var look = {renderer: svg, pane: home, interactive: false};
        L.polyline(shapes[i], L.extend(look, sp.lines[line.kind][level])).addTo(group);
      });
    });
    sheet.lines.forEach(function (line, i) {
      var hit = L.polyline(shapes[i], {renderer: top, pane: home + "-hit", weight: 11, opacity: 0,
        className: "sp-hit"}).addTo(group);
      hit.bindTooltip(function () { return sp.card(line.name, line.rows); }, TIP);
      hit.bindPopup(function () { return sp.card(line.name, line.rows); }, POPUP);
    });
    return group;
  }

  /* Names of places tell their other names when they are pointed at or tapped. */
  function names(map, list, within) {
    if (within) pane(map, within + "-names", 450, within);
    var tip = L.tooltip({className: "sp-tip", direction: "top", offset: [0, -6], opacity: 1});
    function tell(node, name) {
      node.classList.add("sp-told");
      function show() { tip.setLatLng(name.at).setContent(sp.card(name.text, name.more)); map.openTooltip(tip); }
      node.addEventListener("mouseenter", show);
      node.addEventListener("mouseleave", function () { map.closeTooltip(tip); });
      node.addEventListener("click", function (event) { event.stopPropagation(); show(); });
    }
    return new sp.Names(list, {tell: tell, home: (within || "sp") + "-names"});
  }

  /* A legend that can be folded: land, then the kinds of line that occur; folded at first where the page is small.  It keeps to
     what is in sight, but for a `whole` sheet. */
  function legend(map, sheet, fill, heading) {
    var box = sp.element("details", null, "sp-box sp-legend");
    box.open = map.getSize().x > 600 && map.getSize().y > 420;
    sp.element("summary", box, "", heading || sp.speaker(sheet.texts)("page.legend"));
    var list = sp.element("ul", box), kinds = sp.element("ul", box, "sp-kinds");
    var rows = sheet.legend.map(function (entry) {
      var row = sp.element("li", list);
      sp.swatch(row, fill(entry[0])); sp.element("span", row, "", entry[1]);
      return row;
    });
    var samples = sheet.kinds.map(function (entry) {
      var row = sp.element("li", kinds);
      sp.lineSwatch(row, entry[0]); sp.element("span", row, "", entry[1]);
      return row;
    });
    box.addEventListener("toggle", function () { map.fire("sp-boxes"); });
    if (sheet.whole) return box;
    map.on("moveend", function () { keepSeen(map, sheet, rows, samples); map.fire("sp-boxes"); });
    keepSeen(map, sheet, rows, samples);
    return box;
  }
  /* Leave in the legend what can be seen of the map as it stands. */
  function keepSeen(map, sheet, rows, samples) {
    var view = map.getBounds(), entries = {}, kinds = {};
    sheet.tracts.forEach(function (tract) { if (tract.box && view.intersects(tract.box)) entries[tract.entry] = true; });
    sheet.lines.forEach(function (line) { if (view.intersects(line.box)) kinds[line.kind] = true; });
    rows.forEach(function (row, i) { row.hidden = !entries[i]; });
    samples.forEach(function (row, i) { row.hidden = !kinds[sheet.kinds[i][0]]; });
  }
  function control(map, box, corner) {
    var made = L.control({position: corner});
    made.onAdd = function () {
      L.DomEvent.disableClickPropagation(box); L.DomEvent.disableScrollPropagation(box);
      return box;
    };
    return made.addTo(map);
  }
  /* Show what the map is to show, left of a box so wide where there is room; put title, zoom, scale and credit on it. */
  function dress(map, sheet, wide) {
    var home = map.getContainer();
    home.insertBefore(map._controlContainer, home.firstChild);  // the keyboard comes to the boxes first, to the land after them
    map.fitBounds(sheet.bounds, {animate: false, paddingBottomRight: [sp.roomy(map) ? wide : 0, 0]});
    map.attributionControl.setPrefix("Leaflet");
    var escaped = sp.element("i", null, "", sheet.credit).innerHTML;
    map.attributionControl.addAttribution(escaped);
    var title = sp.card(sheet.title[0], sheet.title.slice(1), "sp-box sp-title");
    control(map, title, "topleft");
    L.control.zoom({position: "topleft"}).addTo(map);
    L.control.scale({imperial: false}).addTo(map);
    home.setAttribute("role", "region"); home.setAttribute("aria-label", sp.speaker(sheet.texts).list("list.stops", sheet.title));
  }

  sp.web = function (map, sheet) {
    var fill = sp.fills(sp.definitions(map.getContainer()));
    dress(map, sheet, 310);
    control(map, legend(map, sheet, fill), "bottomright");
    return {land: land(map, sheet, fill), lines: lines(map, sheet), names: names(map, sheet.names)};
  };
  sp.drawing = {pane: pane, land: land, lines: lines, names: names, legend: legend, dress: dress, control: control};
})(window.sovietpacific);
