/* Saves the map as a drawing or a picture that stands alone: title, day, view, data version, legend and credit are in it. */
(function (sp) {
  "use strict";
  if (sp.timelineSvg) return;
  var FONT = "system-ui, 'Noto Sans', 'Noto Sans CJK SC', sans-serif", INK = "#23282D";
  var HEAD = 78, ROW = 19, days = sp.timelineDays;
  /* Of names: size, weight, slant, colour, space between the letters. */
  var LOOKS = {town: [11.5, "400", "normal", INK, 0], land: [12.5, "700", "normal", INK, 0.5],
    sea: [13, "400", "italic", "#3d6a86", 0.5],
    line: [11, "400", "italic", "#3b2f2f", 0], polity: [12, "600", "normal", "#2f363c", 2.2]};

  function write(parent, x, y, words, looks) {
    var node = sp.svg("text", Object.assign({x: x, y: y, "font-family": FONT, "font-size": 13, fill: INK}, looks), parent);
    node.textContent = words;
    return node;
  }
  /* Draw the land and the lines as they stand on the screen, the part above the bar. */
  function drawMap(page, root, wide, high) {
    var map = page.map, corner = map.containerPointToLayerPoint([0, 0]), clip = sp.svg("clipPath", {id: "sp-frame"}, root);
    sp.svg("rect", {width: wide, height: high}, clip);
    var frame = sp.svg("g", {transform: "translate(0 " + HEAD + ")", "clip-path": "url(#sp-frame)"}, root);
    sp.svg("rect", {width: wide, height: high, fill: "#EAF1F4"}, frame);
    var moved = sp.svg("g", {transform: "translate(" + -corner.x + " " + -corner.y + ")"}, frame);
    if (map.getContainer().classList.contains("sp-before")) {
      var grey = sp.svg("filter", {id: "sp-grey"}, root);
      sp.svg("feColorMatrix", {type: "saturate", values: 0.3}, grey);
      moved.setAttribute("filter", "url(#sp-grey)"); moved.setAttribute("opacity", 0.55);
    }
    [page._ground, page._land, page._under, page._over].forEach(function (renderer) {
      var group = renderer._rootGroup.cloneNode(true);
      Array.prototype.slice.call(group.querySelectorAll("path")).forEach(function (path) {
        if (path.style.display === "none" || path.getAttribute("d") === "M0 0") path.remove();
        path.removeAttribute("class");
      });
      moved.appendChild(group);
    });
    drawNames(page, moved);
    sp.svg("rect", {x: 0.5, y: HEAD + 0.5, width: wide - 1, height: high - 1, fill: "none", stroke: INK}, root);
  }
  function drawNames(page, parent) {
    Array.prototype.forEach.call(page.names._box.children, function (node) {
      var at = /translate\((-?[\d.]+)px, ?(-?[\d.]+)px\)/.exec(node.style.transform), x = +at[1], y = +at[2];
      if (node.classList.contains("sp-dot")) {
        sp.svg("circle", {cx: x, cy: y, r: 2.3, fill: "#fff", stroke: INK}, parent);
        return;
      }
      var kind = Object.keys(LOOKS).filter(function (name) { return node.classList.contains("sp-" + name); })[0];
      var looks = LOOKS[kind];
      var wide = parseFloat(node.style.width), left = node.classList.contains("sp-left");
      var anchor = kind !== "town" ? "middle" : left ? "end" : "start";
      node.textContent.split("\n").forEach(function (line, row) {
        write(parent, anchor === "middle" ? x + wide / 2 : left ? x + wide : x, y + 11.5 + 15 * row, line, {"text-anchor": anchor,
          "font-size": looks[0], "font-weight": looks[1], "font-style": looks[2], fill: looks[3], "letter-spacing": looks[4],
          stroke: "#fff", "stroke-width": 3, "stroke-linejoin": "round", "paint-order": "stroke"});
      });
    });
  }

  /* The legend below the map, in columns; gives its height. */
  function drawLegend(page, root, wide, top) {
    var rows = page.legend(), ways = page.lineKinds(), longest = 0, all = rows.length + ways.length;
    rows.forEach(function (row) { longest = Math.max(longest, row[1].length); });
    var columns = Math.max(1, Math.min(4, Math.floor((wide - 20) / (60 + longest * 6.9)))), deep = Math.ceil(all / columns);
    rows.concat(ways).forEach(function (row, at) {
      var x = 12 + Math.floor(at / deep) * (wide - 20) / columns, y = top + 8 + at % deep * ROW;
      if (typeof row === "string") {
        sp.lines[row].forEach(function (look) {
          sp.svg("path", {d: "M" + x + " " + (y + 7) + "h26", fill: "none", stroke: look.color, "stroke-width": look.weight,
            "stroke-dasharray": look.dashArray || "none", "stroke-linecap": look.lineCap || "butt"}, root);
        });
        write(root, x + 34, y + 12, page.lineWords(row), {"font-size": 12});
        return;
      }
      var box = sp.svg("rect", {x: x, y: y, width: 26, height: 14, fill: page.fill(row[0]), stroke: "#6E7F8A"}, root);
      if (root.querySelector("#sp-grey")) { box.setAttribute("filter", "url(#sp-grey)"); box.setAttribute("opacity", 0.55); }
      write(root, x + 34, y + 12, row[1], {"font-size": 12});
    });
    return deep * ROW + 16;
  }

  function draw(page) {
    var wide = page.map.getSize().x, high = page.map.getSize().y - page.map.getContainer().querySelector(".sp-bar").offsetHeight;
    var root = sp.svg("svg", {width: wide, "font-family": FONT}), data = page.data;
    var view = page.answers.shown(page.view, page.day), early = sp.timelineCards.before(page);
    var say = page.say, long = page.answers.long(page.day), place = data.where ? [data.where] : [];
    sp.svg("title", {}, root).textContent = say("slider.drawing",
      {title: data.title, day: long, words: data.views[page.view].words});
    var ground = sp.svg("rect", {width: wide, fill: "#fff"}, root);
    root.appendChild(page.defs.cloneNode(true));
    write(root, 12, 27, data.title, {"font-size": 20, "font-weight": 700});
    var line = write(root, 12, 48, "", {});
    sp.svg("tspan", {"font-weight": 700}, line).textContent = say.list("list.comma", [long].concat(place));
    sp.svg("tspan", {}, line).textContent = " · " + (early || data.views[view].words);
    write(root, 12, 67, data.about, {"font-size": 12, fill: "#4a5157"});
    drawMap(page, root, wide, high);
    var below = HEAD + high, deep = drawLegend(page, root, wide, below), whole = below + deep + 22;
    var credit = say("map.credit", {credit: data.credit, day: days.iso(page.day), view: page.view});
    write(root, 12, whole - 9, credit, {"font-size": 11, fill: "#4a5157"});
    root.setAttribute("height", whole); root.setAttribute("viewBox", "0 0 " + wide + " " + whole);
    ground.setAttribute("height", whole);
    return {root: root, wide: wide, high: whole};
  }
  function text(made) { return new XMLSerializer().serializeToString(made.root); }
  sp.timelineSvg = function (page) { return text(draw(page)); };

  /* Paint the drawing into a picture of twice its size; gives a promise of a Blob. */
  sp.timelinePng = function (page) {
    var made = draw(page), address = URL.createObjectURL(new Blob([text(made)], {type: "image/svg+xml"}));
    return new Promise(function (give, refuse) {
      var picture = new Image();
      picture.onerror = function () { URL.revokeObjectURL(address); refuse(new Error(page.say("slider.not_painted"))); };
      picture.onload = function () {
        var canvas = document.createElement("canvas");
        canvas.width = made.wide * 2; canvas.height = made.high * 2;
        canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
        URL.revokeObjectURL(address);
        canvas.toBlob(give, "image/png");
      };
      picture.src = address;
    });
  };
  sp.timelineSave = function (page, ending) {
    var name = "sovietpacific-" + days.iso(page.day) + "-" + page.view + "." + ending;
    function keep(blob) {
      var link = sp.element("a", page.map.getContainer());
      link.href = URL.createObjectURL(blob); link.download = name;
      link.click();
      link.remove();
      setTimeout(function () { URL.revokeObjectURL(link.href); }, 10000);
    }
    if (ending === "svg") keep(new Blob([sp.timelineSvg(page)], {type: "image/svg+xml"}));
    else sp.timelinePng(page).then(keep);
  };
})(window.sovietpacific);
