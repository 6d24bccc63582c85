/* Makes HTML that others wrote harmless, by DOMPurify: nothing in it runs, and in a page for no network nothing loads.  Comes
   before Leaflet; what comes later asks sovietpacificHtml, and where the browser has Trusted Types all else is cleaned too. */
(function () {
  "use strict";
  if (window.sovietpacificHtml) return;
  var online = document.documentElement.hasAttribute("data-sp-online");
  var TURNS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, MARKED = /[<&\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
  var LOADS = /^(src|srcset|poster|background)$/, LINKS = /^(xlink:)?href$/, WITHIN = /^\s*data:(image|audio|video)\//i;

  /* HTML and drawings; no MathML, which is of no use here and the ground of most tricks.  Of what DOMPurify lets pass, forms ask
     readers for what they should not give, templates hide, and animation can change an address once it was looked at. */
  var MOVES = ["animate", "animatecolor", "animatemotion", "animatetransform", "set"];
  var BODY = {USE_PROFILES: {html: true, svg: true}, FORBID_TAGS: MOVES.concat("form", "template", "dialog"),
    FORBID_ATTR: ["autofocus", "popover", "popovertarget", "command", "commandfor"], ADD_ATTR: ["target"], FORCE_BODY: true};
  /* Nor may a text of a popup or a tooltip, which often is data, change how the whole page looks. */
  var TEXT = Object.assign({}, BODY, {FORBID_TAGS: BODY.FORBID_TAGS.concat("style")});
  function as(config, more) { return Object.assign({}, config, more); }

  DOMPurify.addHook("uponSanitizeElement", function (node) {
    if (node.nodeType === 3) node.data = node.data.replace(TURNS, "");
  });
  DOMPurify.addHook("uponSanitizeAttribute", function (node, told) {
    var loads = LOADS.test(told.attrName) || LINKS.test(told.attrName) && node.localName !== "a" && node.localName !== "area";
    if (loads && !online && !WITHIN.test(told.attrValue) && !(told.attrValue[0] === "#")) told.keepAttr = false;
  });
  DOMPurify.addHook("afterSanitizeAttributes", function (node) {
    if (node.hasAttribute && node.hasAttribute("target")) node.setAttribute("rel", "noopener noreferrer");
  });

  function fragment(text, config) { return DOMPurify.sanitize(String(text), as(config || TEXT, {RETURN_DOM_FRAGMENT: true})); }
  function written(text) { return MARKED.test(text) ? DOMPurify.sanitize(String(text), TEXT) : String(text); }
  /* Clean what a script of Folium's made out of texts, in its place, so that what listens to it still does. */
  function within(node) {
    var box = document.createElement("div");
    box.appendChild(node);
    DOMPurify.sanitize(box, as(TEXT, {IN_PLACE: true}));
    var kept = document.createDocumentFragment();
    kept.append.apply(kept, box.childNodes);
    return kept;
  }
  /* Put what a user gave for the body of the page in its place, once the rest of the body stands. */
  function place() {
    document.querySelectorAll("div.sp-given[data-html]").forEach(function (node) {
      node.replaceWith(fragment(node.getAttribute("data-html"), BODY));
    });
  }
  window.sovietpacificHtml = {fragment: fragment, written: written, within: within, place: place};

  /* Whatever else is read as HTML, by Leaflet, Folium or a plugin, the browser hands over to be cleaned; a page for the network
     may also have its plugins fetch and make scripts, as they are wont to. */
  if (!window.trustedTypes || !trustedTypes.createPolicy || trustedTypes.defaultPolicy) return;
  var rules = {createHTML: function (text, kind, sink) {
    return online && sink === "DOMParser parseFromString" ? text : written(text);
  }};
  if (online) rules.createScript = rules.createScriptURL = function (text) { return text; };
  trustedTypes.createPolicy("default", rules);
})();
