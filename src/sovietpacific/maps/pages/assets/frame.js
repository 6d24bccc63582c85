/* Draws the rows of a frame as they stand: areas, lines and points with all their columns.  Needs web.js. */
(function (sp) {
  "use strict";
  var INK = "#23282d";

  function shapesOf(row, fill, svg) {
    var pane = {renderer: svg, pane: "sp-rows"}, made = [];
    var look = L.extend({fillColor: fill(row.fill), fillOpacity: 1, color: "#6e7f8a", weight: 0.9}, pane);
    if (row.areas) made.push(L.polygon(sp.decode(row.areas), look));
    if (row.lines) made.push(L.polyline([].concat.apply([], sp.decode(row.lines)), L.extend({color: INK, weight: 2.2}, pane)));
    row.points.forEach(function (at) {
      made.push(L.circleMarker(at, L.extend({radius: 5, fillColor: row.fill[0], fillOpacity: 1, color: INK, weight: 1}, pane)));
    });
    return made;
  }

  sp.frame = function (map, sheet) {
    var draw = sp.drawing, fill = sp.fills(sp.definitions(map.getContainer())), group = L.featureGroup();
    draw.dress(map, sheet, 310);
    draw.pane(map, "sp-rows", 350);
    var svg = L.svg({pane: "sp-rows", padding: 0.4});
    sheet.shapes.forEach(function (row) {
      function card() { return sp.card(row.name, row.rows); }
      shapesOf(row, fill, svg).forEach(function (shape) {
        var weight = shape.options.weight, colour = shape.options.color;
        shape.bindTooltip(card, {sticky: true, className: "sp-tip", opacity: 1}).bindPopup(card, {maxWidth: 340}).addTo(group);
        shape.on("mouseover", function () { shape.setStyle({weight: weight + 1.3, color: INK}); });
        shape.on("mouseout", function () { shape.setStyle({weight: weight, color: colour}); });
      });
    });
    if (sheet.message) {
      var box = sp.element("div", null, "sp-box sp-message", sheet.message);
      box.setAttribute("role", "status");
      draw.control(map, box, "topleft");
    } else if (sheet.legend.length) {
      var told = {tracts: [], lines: [], legend: sheet.legend, kinds: [], texts: sheet.texts, whole: true};
      draw.control(map, draw.legend(map, told, fill), "bottomright");
    }
    return {rows: group};
  };
})(window.sovietpacific);
