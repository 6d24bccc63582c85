/* Keeps the texts of added layers harmless: what is read as HTML loses all that runs, and the marks that turn the direction of
   writing.  Needs Leaflet. */
(function () {
  "use strict";
  if (L.spClean) return;
  L.spClean = true;
  var RUNS = "script,iframe,frame,object,embed,link,meta,base,form,portal";
  var TURNS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
  var ADDRESSES = /^(href|xlink:href|src|action|formaction|data|poster|background|from|to|values)$/i;

  /* Read HTML as a fragment that has never been live, without what runs. */
  function harmless(text) {
    var box = document.createElement("template");
    box.innerHTML = String(text);
    box.content.querySelectorAll(RUNS).forEach(function (node) { node.remove(); });
    box.content.querySelectorAll("*").forEach(function (node) {
      Array.from(node.attributes).forEach(function (attribute) {
        var value = attribute.value.replace(/[\u0000-\u0020]/g, "");
        var runs = ADDRESSES.test(attribute.name) && /^(javascript|vbscript|data:(?!image\/(png|jpe?g|gif|webp)))/i.test(value);
        if (/^on/i.test(attribute.name) || attribute.name === "srcdoc" || runs) node.removeAttribute(attribute.name);
      });
    });
    var walker = document.createTreeWalker(box.content, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) walker.currentNode.data = walker.currentNode.data.replace(TURNS, "");
    return box.content;
  }

  /* Whatever is put into the page as HTML goes through here: Leaflet, Folium's own scripts and plugins all use innerHTML. */
  var own = Object.getOwnPropertyDescriptor(Element.prototype, "innerHTML");
  Object.defineProperty(Element.prototype, "innerHTML", {
    configurable: true, enumerable: true, get: own.get,
    set: function (text) {
      var raw = this instanceof HTMLTemplateElement || this instanceof HTMLStyleElement || !/[<&\u061c\u200e-\u2069]/.test(text);
      own.set.call(this, raw ? text : "");
      if (raw) return;
      /* As nodes: what is written out and read once more may come to mean another thing. */
      if (this instanceof SVGElement) this.append.apply(this, harmless("<svg>" + text + "</svg>").firstChild.childNodes);
      else this.appendChild(harmless(text));
    }
  });

  /* The names in a control of layers are text. */
  var layer = L.Control.Layers.prototype._addLayer;
  L.Control.Layers.include({
    _addLayer: function (added, name, overlay) {
      layer.call(this, added, String(name).replace(/&/g, "&amp;").replace(/</g, "&lt;"), overlay);
    }
  });

  /* Folium's popups make one call to jQuery; its coloured icons come from a plugin that is not here: a pin is drawn instead. */
  window.$ = window.$ || function (text) { return Array.from(harmless(text.trim()).childNodes).slice(0, 1); };
  L.AwesomeMarkers = L.AwesomeMarkers || {icon: function (options) {
    var colour = /^[a-z]+$/.test(options.markerColor || "") ? options.markerColor : "blue";
    var names = {cadetblue: "#436978", lightred: "#ff8e7f", darkpurple: "#5b396b", lightgray: "#a3a3a3"};
    var outline = "M12.5 1C6 1 1 6 1 12.5 1 20 12.5 40 12.5 40S24 20 24 12.5C24 6 19 1 12.5 1z";
    var pin = '<svg width="25" height="41" viewBox="0 0 25 41"><path d="' + outline + '" fill="' + (names[colour] || colour) +
      '" stroke="#23282d"/><circle cx="12.5" cy="12.5" r="4.5" fill="#fff"/></svg>';
    return L.divIcon({html: pin, className: "sp-pin", iconSize: [25, 41], iconAnchor: [12, 41], popupAnchor: [1, -34]});
  }};
})();
