/* The bar of the slider's page: play and steps, a typed day, the views, caption, legend and title, and the keys. */
(function (sp) {
  "use strict";
  if (sp.timelineBar) return;
  var days = sp.timelineDays, cards = sp.timelineCards, PACES = {slow: 2400, normal: 1200, fast: 450};
  var ICONS = {previous: "M5 4v12M16 4L7 10l9 6z", play: "M5 3l12 7-12 7z", pause: "M5 3h4v14H5zM12 3h4v14h-4z",
    next: "M15 4v12M4 4l9 6-9 6z"};

  function Bar(page, number) {
    this.page = page; this.number = number; this.own = "sp-timeline-" + number; this.timer = null; this.nodes = {};
    this._make(); this._makeBoxes(); this._keys(); sp.timelineLinks(this);
    page.listeners.push(this.tell.bind(this));
  }
  var methods = Bar.prototype;

  methods._button = function (parent, name, label, title, act) {
    var button = sp.element("button", parent, "sp-button"), icon = ICONS[name];
    button.type = "button"; button.title = title; button.dataset.does = name;
    if (icon) {
      button.setAttribute("aria-label", label);
      icon = sp.svg("svg", {viewBox: "0 0 20 20", width: 20, height: 20, "aria-hidden": "true"}, button);
      sp.svg("path", {d: ICONS[name], fill: "currentColor", stroke: "currentColor", "stroke-width": 2,
        "stroke-linejoin": "round"}, icon);
    } else button.textContent = name;
    button.addEventListener("click", act);
    return (this.nodes[name] = button);
  };
  /* What a button does, with the key that does it too. */
  methods._keyed = function (label, key) { return this.page.say("slider.with_key", {label: label, key: this.page.say(key)}); };
  methods._select = function (parent, label, choices, chosen, act) {
    var field = sp.element("label", parent, "sp-field"), select;
    sp.element("span", field, "sp-hidden", label);
    select = sp.element("select", field); select.title = label;
    choices.forEach(function (choice) {
      var option = sp.element("option", choice[2] || select, "", choice[1]);
      option.value = choice[0];
      if (choice[2] && !choice[2].parentNode) select.appendChild(choice[2]);
    });
    select.value = chosen;
    select.addEventListener("change", function () { act(select.value); });
    return select;
  };

  methods._make = function () {
    var bar = this, page = this.page, nodes = this.nodes, box = page.map.getContainer(), views = page.data.views, row;
    var say = page.say, previous = say("slider.previous"), play = say("slider.play"), next = say("slider.next");
    nodes.bar = sp.element("div", null, "sp-bar");
    /* The keyboard comes to the bar and the boxes first, to the land after them. */
    box.insertBefore(page.map._controlContainer, box.firstChild); box.insertBefore(nodes.bar, box.firstChild);
    nodes.bar.setAttribute("role", "group"); nodes.bar.setAttribute("aria-label", say("slider.bar"));
    L.DomEvent.disableClickPropagation(nodes.bar); L.DomEvent.disableScrollPropagation(nodes.bar);
    row = sp.element("div", nodes.bar, "sp-row");
    var steps = sp.element("div", row, "sp-steps");
    function step(way) { return function () { bar.pause(); page.step(way); }; }
    this._button(steps, "previous", previous, this._keyed(previous, "slider.left_key"), step(-1));
    this._button(steps, "play", play, this._keyed(play, "slider.space_key"), function () { bar.play(); });
    this._button(steps, "next", next, this._keyed(next, "slider.right_key"), step(1));
    this._makeDay(row);
    var three = sp.element("optgroup"), states = sp.element("optgroup");
    three.label = say("slider.three_views"); states.label = say("slider.states");
    nodes.view = this._select(row, say("slider.view"), Object.keys(views).map(function (key) {
      return [key, views[key].name, key in {control: 1, sovereignty: 1, title: 1} ? three : states];
    }), page.view, function (view) { page.setView(view); });
    nodes.view.parentNode.classList.add("sp-views");
    nodes.pace = this._select(row, say("slider.pace"), ["slow", "normal", "fast"].map(function (pace) {
      return [PACES[pace], say("slider." + pace)];
    }), PACES.normal, function () { if (bar.timer) { bar.pause(); bar.play(); } });
    nodes.pace.parentNode.classList.add("sp-paces");
    nodes.caption = sp.element("div", row, "sp-caption");
    nodes.caption.setAttribute("aria-live", "polite"); nodes.caption.tabIndex = 0; nodes.caption.setAttribute("role", "status");
    var saves = sp.element("div", row, "sp-saves");
    this._button(saves, "SVG", "", say("slider.save_svg"), function () { sp.timelineSave(page, "svg"); });
    this._button(saves, "PNG", "", say("slider.save_png"), function () { sp.timelineSave(page, "png"); });
    sp.timelineTrack(this);
  };

  methods._makeDay = function (row) {
    var bar = this, page = this.page, field = sp.element("label", row, "sp-field"), input;
    sp.element("span", field, "sp-hidden", page.say("slider.day_format"));
    input = this.nodes.input = sp.element("input", field, "sp-input");
    input.type = "text"; input.size = 10; input.maxLength = 20; input.autocomplete = "off"; input.spellcheck = false;
    input.title = page.say("slider.day_hint");
    this.nodes.wrong = sp.element("div", this.nodes.bar, "sp-wrong");
    this.nodes.wrong.id = this.own + "-wrong"; this.nodes.wrong.setAttribute("role", "alert");
    input.addEventListener("focus", function () { bar.pause(); });  // the next day would be written over what is typed
    input.addEventListener("change", function () { bar.readDay(input.value); });
    input.addEventListener("keydown", function (event) { if (event.key === "Enter") bar.readDay(input.value); });
  };
  /* Go to the day that was typed; say what is allowed where it is none, and keep the day. */
  methods.readDay = function (text) {
    var nodes = this.nodes, page = this.page;
    if (page.set(text)) return;
    nodes.input.setAttribute("aria-invalid", "true"); nodes.input.setAttribute("aria-describedby", nodes.wrong.id);
    var values = {given: text, last: days.iso(page.data.last), shown: days.iso(page.day)};
    nodes.wrong.textContent = page.say("slider.no_day", values);
  };

  /* The boxes on the map: title, and the legend of the day. */
  methods._makeBoxes = function () {
    var page = this.page, nodes = this.nodes, map = page.map, title = L.control({position: "topleft"}), legend;
    title.onAdd = function () {
      var box = nodes.title = sp.element("div", null, "sp-box sp-title");
      sp.element("b", box, "", page.data.title);
      nodes.titleDay = sp.element("div", box, "sp-title-day");
      nodes.titleView = sp.element("div", box);
      sp.element("div", box, "sp-about", page.data.about);
      L.DomEvent.disableClickPropagation(box);
      return box;
    };
    legend = L.control({position: "bottomright"});
    legend.onAdd = function () {
      var box = nodes.legend = sp.element("details", null, "sp-box sp-legend");
      sp.element("summary", box, "", page.say("slider.legend"));
      box.open = sp.roomy(map);
      box.addEventListener("toggle", function () { page.names.redraw(); });
      L.DomEvent.disableClickPropagation(box); L.DomEvent.disableScrollPropagation(box);
      return box;
    };
    title.addTo(map); legend.addTo(map);
    L.control.scale({imperial: false, position: "bottomleft"}).addTo(map);
    map.attributionControl.setPrefix("Leaflet");
    map.attributionControl.addAttribution(page.data.credit.replace(/[<>&]/g, ""));
    this._fit();
  };
  /* Keep what stands at the foot of the map above the bar, and open on the land that was asked for. */
  methods._fit = function () {
    var bar = this, map = this.page.map, box = map.getContainer(), bounds = this.page.data.bounds;
    function lift() {
      var foot = bar.nodes.bar.offsetHeight, head = bar.nodes.title.offsetHeight + 10;
      box.style.setProperty("--sp-bar", foot + "px"); box.style.setProperty("--sp-head", head + "px");
      bar.page.popup.options.autoPanPaddingTopLeft = [10, head + 8];
      bar.page.popup.options.autoPanPaddingBottomRight = map.getSize().x > 700 ? [60, foot + 10] : [10, foot + 40];
      bar.page.names.redraw();
    }
    lift();
    [this.nodes.bar, this.nodes.title].forEach(function (node) { new ResizeObserver(lift).observe(node); });
    var right = sp.roomy(map) ? 300 : 4;
    map.fitBounds([[bounds[1], bounds[0]], [bounds[3], bounds[2]]], {animate: false, paddingTopLeft: [4, 4],
      paddingBottomRight: [right, this.nodes.bar.offsetHeight + 4]});
  };

  methods.pause = function () {
    clearInterval(this.timer);
    this.timer = null;
    this._face("play", this.page.say("slider.play"));
    this.nodes.caption.setAttribute("aria-live", "polite");
  };
  /* Play from change to change, from the first where the last is shown; a second call pauses. */
  methods.play = function () {
    var bar = this, page = this.page;
    if (this.timer) return this.pause();
    this.nodes.caption.setAttribute("aria-live", "off");
    if (page.day >= page.changes()[page.changes().length - 1]) page.set(page.changes()[0]);
    this.timer = setInterval(function () { if (!page.step(1)) bar.pause(); }, +this.nodes.pace.value);
    this._face("pause", page.say("slider.pause"));
  };
  methods._face = function (icon, label) {
    var button = this.nodes.play;
    button.querySelector("path").setAttribute("d", ICONS[icon]);
    button.setAttribute("aria-label", label); button.title = this._keyed(label, "slider.space_key");
  };

  /* Tell the day in every part of the bar, after it was drawn. */
  methods.tell = function (changed) {
    var page = this.page, nodes = this.nodes, long = page.answers.long(page.day);
    var told = cards.events(page), early = cards.before(page);
    nodes.input.value = days.iso(page.day);
    nodes.input.removeAttribute("aria-invalid"); nodes.input.removeAttribute("aria-describedby");
    nodes.wrong.textContent = "";
    nodes.view.value = page.view;
    nodes.titleDay.textContent = page.data.where ? page.say("slider.place", {day: long, place: page.data.where}) : long;
    nodes.titleView.textContent = page.answers.data.views[page.view].words;
    nodes.caption.textContent = "";
    sp.element("b", nodes.caption, "", long);
    if (early) sp.element("div", nodes.caption, "sp-early", early);
    told.forEach(function (line) { sp.element("div", nodes.caption, "", line); });
    nodes.caption.scrollTop = 0;
    this.track.tell(long, told);
    if (changed || !this._legendTold) { cards.legend(page, nodes.legend); this._legendTold = true; }
    sp.timelineActive = this;
    this.write();
  };

  methods._keys = function () {
    var bar = this, box = this.page.map.getContainer();
    box.addEventListener("pointerdown", function () { sp.timelineActive = bar; });
    box.addEventListener("focusin", function () { sp.timelineActive = bar; });
    this.page.map.keyboard.disable();
    document.addEventListener("keydown", function (event) {
      var target = event.target, ours = box.contains(target);
      if (!ours && (target !== document.body || sp.timelineActive !== bar)) return;
      if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
      var field = /^(SELECT|TEXTAREA)$/.test(target.tagName) || target.tagName === "INPUT" && target.type !== "range";
      if (field || target.isContentEditable) return;
      if (bar._key(event, target)) event.preventDefault();
    });
  };
  methods._key = function (event, target) {
    var page = this.page, told = page.changes();
    if (event.key === " " && /^(BUTTON|SUMMARY|A)$/.test(target.tagName)) return false;
    if (/^Arrow(Up|Down)$/.test(event.key) && target.closest(".sp-card,.sp-caption,.sp-legend")) return false;  // they scroll
    if (event.key === " ") this.play();
    else if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
      var way = event.key === "ArrowRight" ? 1 : -1;
      this.pause();
      if (event.shiftKey) page.set(page.day + way); else page.step(way);
    } else if (event.key === "Home") { this.pause(); page.set(told[0]); }
    else if (event.key === "End") { this.pause(); page.set(page.data.last); }
    else if (/^Arrow(Up|Down)$/.test(event.key) && target.type !== "range") {
      page.map.panBy([0, event.key === "ArrowUp" ? -90 : 90]);
    }
    else if (event.key === "Escape" && page._open) page.map.closePopup();
    else if (/^[+=-]$/.test(event.key)) page.map.setZoom(page.map.getZoom() + (event.key === "-" ? -1 : 1));
    else return false;
    return true;
  };

  sp.timelineBar = function (page, number) {
    var bar = new Bar(page, number);
    return {play: bar.play.bind(bar), pause: bar.pause.bind(bar)};
  };
})(window.sovietpacific);
