/* What layers of Folium's need of a page without its scripts, and the places where Leaflet reads HTML: each is given what
   harmless.js makes of it.  Needs both. */
(function (html) {
  "use strict";
  if (L.spAdded) return;
  L.spAdded = true;
  var update = L.DivOverlay.prototype._updateContent, icon = L.DivIcon.prototype.createIcon;
  var layer = L.Control.Layers.prototype._addLayer, attributed = {};

  /* Tooltips and popups: texts, what a function gives, and nodes, but for the cards of ours, which hold text only. */
  L.DivOverlay.include({
    _updateContent: function () {
      var content = this._content, shown = typeof content === "function" ? content(this._source || this) : content;
      if (shown instanceof Node) this._content = window.sovietpacific.owns(shown) ? shown : html.within(shown);
      else this._content = shown === null || shown === undefined ? shown : html.fragment(shown);
      try { update.call(this); } finally { this._content = content; }
    }
  });
  L.DivIcon.include({
    createIcon: function (old) {
      var given = this.options.html;
      this.options.html = false;
      try { var box = icon.call(this, old); } finally { this.options.html = given; }
      if (given instanceof Node) box.replaceChildren(html.within(given));
      else if (given) box.replaceChildren(html.fragment(given));
      return box;
    }
  });
  ["addAttribution", "removeAttribution", "setPrefix"].forEach(function (name) {
    var own = L.Control.Attribution.prototype[name];
    attributed[name] = function (text) { return own.call(this, text && html.written(text)); };
  });
  L.Control.Attribution.include(attributed);
  /* The names in a control of layers are text. */
  L.Control.Layers.include({
    _addLayer: function (added, name, overlay) {
      layer.call(this, added, String(name).replace(/&/g, "&amp;").replace(/</g, "&lt;"), overlay);
    }
  });

  /* Folium's popups make one call to jQuery; its coloured icons come from a plugin that is not here: a pin is drawn instead. */
  window.$ = window.$ || function (text) { return Array.from(html.fragment(text.trim()).childNodes).slice(0, 1); };
  L.AwesomeMarkers = L.AwesomeMarkers || {icon: function (options) {
    var colour = /^[a-z]+$/.test(options.markerColor || "") ? options.markerColor : "blue";
    var names = {cadetblue: "#436978", lightred: "#ff8e7f", darkpurple: "#5b396b", lightgray: "#a3a3a3"};
    var outline = "M12.5 1C6 1 1 6 1 12.5 1 20 12.5 40 12.5 40S24 20 24 12.5C24 6 19 1 12.5 1z";
    var pin = '<svg width="25" height="41" viewBox="0 0 25 41"><path d="' + outline + '" fill="' + (names[colour] || colour) +
      '" stroke="#23282d"/><circle cx="12.5" cy="12.5" r="4.5" fill="#fff"/></svg>';
    return L.divIcon({html: pin, className: "sp-pin", iconSize: [25, 41], iconAnchor: [12, 41], popupAnchor: [1, -34]});
  }};
})(window.sovietpacificHtml);
