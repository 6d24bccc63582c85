"""Draws one day as a Folium map whose saved page loads nothing: Leaflet and all drawing stand inside it."""

from __future__ import annotations

import html
from typing import Any

import folium
import numpy as np
import shapely
from branca.element import MacroElement
from folium.template import Template

from sovietpacific.atlas import Atlas
from sovietpacific.loading import load_atlas
from sovietpacific.maps import style
from sovietpacific.maps.page import OfflineMap, embed
from sovietpacific.sovereignty import QUESTIONS

#: Positions in the page are rounded to this many decimals, about 100 m on shapes true to about 1 km; small land to one more.
DECIMALS = 3


class TractLayer(MacroElement):
    """The tracts of one day as Leaflet SVG polygons with stripe patterns, tooltips and popups; all text arrives as text."""

    _template = Template("""
    {% macro script(this, kwargs) %}
    (function (map, sheet) {
      var svg = L.svg({padding: 0.5}).addTo(map), space = "http://www.w3.org/2000/svg";
      var defs = document.createElementNS(space, "defs"), made = {};
      svg._container.insertBefore(defs, svg._container.firstChild);
      function make(name, looks, parent) {
        var node = document.createElementNS(space, name);
        for (var key in looks) node.setAttribute(key, looks[key]);
        parent.appendChild(node); return node;
      }
      function fill(base, stripe, left) {
        if (!stripe) return base;
        var id = "stripe" + (left ? "l" : "r") + base.slice(1) + stripe.slice(1);
        if (!made[id]) {
          made[id] = make("pattern", {id: id, width: 9, height: 9, patternUnits: "userSpaceOnUse",
                                      patternTransform: "rotate(" + (left ? -45 : 45) + ")"}, defs);
          make("rect", {width: 9, height: 9, fill: base}, made[id]);
          make("rect", {width: 4.2, height: 9, fill: stripe}, made[id]);
        }
        return "url(#" + id + ")";
      }
      function card(lines) {
        var box = document.createElement("div");
        lines.forEach(function (line, index) {
          var row = box.appendChild(document.createElement(index ? "div" : "b"));
          row.textContent = line;
        });
        return box;
      }
      sheet.tracts.forEach(function (tract) {
        var colour = tract.fill[1] || tract.fill[0];
        var land = L.polygon(tract.rings, {renderer: svg, fillColor: fill.apply(null, tract.fill), fillOpacity: 1,
          color: tract.small ? colour : "#6E7F8A", weight: tract.small ? 3 : 0.5, opacity: 1});
        if (tract.tip.length) {
          land.bindTooltip(card(tract.tip), {sticky: true, className: "sp-tip"}).bindPopup(card(tract.tip.concat(tract.more)));
          land.on("mouseover", function () { land.setStyle({weight: tract.small ? 4 : 2}); });
          land.on("mouseout", function () { land.setStyle({weight: tract.small ? 3 : 0.5}); });
        }
        land.addTo(map);
      });
      sheet.lines.forEach(function (line) {
        L.polyline(line.parts, {renderer: svg, color: line.sea ? "#4A6C86" : "#23282D", weight: line.sea ? 1.2 : 1.5,
          dashArray: line.sea ? "2 4" : line.dashed ? "6 4" : null, interactive: false}).addTo(map);
      });
      map.attributionControl.setPrefix("Leaflet");
      map.attributionControl.addAttribution(document.createTextNode(sheet.credit).textContent.replace(/[<>&]/g, ""));
      var title = L.control({position: "topright"}), legend = L.control({position: "bottomright"});
      title.onAdd = function () { var box = card(sheet.title); box.className = "sp-box sp-title"; return box; };
      legend.onAdd = function () {
        var box = document.createElement("div"); box.className = "sp-box";
        sheet.legend.forEach(function (entry) {
          var row = box.appendChild(document.createElement("div")), swatch = make("svg", {width: 22, height: 13}, row);
          make("rect", {width: 22, height: 13, fill: fill.apply(null, entry[0]), stroke: "#777"}, swatch);
          row.appendChild(document.createTextNode(" " + entry[1]));
        });
        return box;
      };
      title.addTo(map); legend.addTo(map);
      L.control.scale({imperial: false}).addTo(map);
    })({{ this._parent.get_name() }}, {{ this.payload }});
    {% endmacro %}
    """)

    def __init__(self, sheet: dict[str, Any]) -> None:
        """Keep the sheet as JSON that cannot end the script it stands in."""
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "TractLayer"
        self.payload = embed(sheet)


def web(
    when: Any,
    *,
    view: str = "control",
    region: str | None = None,
    title: str | None = None,
    tiles: Any = None,
    atlas: Atlas | None = None,
) -> folium.Map:
    """Draw the map of one day; save it with `.save(path)`, show it as a notebook cell's value, add Folium layers to it.

    Fills, stripes and lines mean what they mean on a sheet.  A tooltip tells who held a tract and on whose word, a popup the
    other views and the claims.  Raises what `Atlas.borders_at` raises.
    """
    atlas = atlas or load_atlas()
    borders = atlas.borders_at(when, view=view, region=region, detail="light", context=True)
    tracts = atlas.tracts_at(when, region=region, detail="light")
    made = OfflineMap(location=(46, 134), zoom_start=4, tiles=tiles, prefer_canvas=False, world_copy_jump=False)
    fills = {key: row for row in borders.to_dict("records") for key in row["tracts"].split("; ")}
    land = [_land(row, fills[row["tract"]], view, atlas) for row in tracts.to_dict("records")]
    backdrop = [row for row in borders.to_dict("records") if row["standing"] == "context"]
    ground = [
        {"rings": _rings(row["geometry"]), "fill": [style.BACKDROP, "", False], "small": False, "tip": []} for row in backdrop
    ]
    day = borders.attrs["day"]
    sheet = {
        "title": [
            title or f"Who held what on {day}",
            style.words_of_view(view, atlas.views),
            f"Data {atlas.version}; no position is taken on any claim",
        ],
        "tracts": [*ground, *sorted(land, key=lambda tract: tract["small"])],
        "lines": _lines(atlas, when, view, region),
        "legend": _legend(borders.to_dict("records"), atlas),
        "credit": f"{atlas.credit}; {day}, view {view}",
    }
    root: Any = made.get_root()
    root.title = html.escape(title or f"Who held what on {day}")
    made.add_child(TractLayer(sheet))
    west, south, east, north = tracts.total_bounds if region else (112.0, 34.0, 157.0, 54.0)
    made.fit_bounds([[float(south), float(west)], [float(north), float(east)]])
    return made


def _land(row: dict[str, Any], border: dict[str, Any], view: str, atlas: Atlas) -> dict[str, Any]:
    words = style.words_of(border, atlas.lineages, atlas.polity_names)
    checked = row["certainty"] + ("" if row["seen"] else ", unverified")
    until = row["until"] or "today"
    tip = [row["name"], words]
    if view == "control":
        tip += [f"{row['since']} to {until}, by {row['instrument']} ({checked})", f"Sources: {row['sources']}"]
    more = [f"{name}: {row[name] or 'nobody or undetermined'} ({QUESTIONS[name]})" for name in QUESTIONS]
    claims = [f"Claimed by: {row['claimants']}"] if row["claimants"] else []
    shape = row["geometry"]
    return {
        "rings": _rings(shape),
        "fill": list(style.fill_of(border["holder"], border["standing"], border["sovereign"])),
        "small": row["area_km2"] < 4000,
        "tip": tip,
        "more": [*more, *claims, f"Area: {row['area_km2']:,.1f} km²"],
    }


def _rings(shape: Any) -> list[list[list[list[float]]]]:
    """Give a (multi)polygon as Leaflet wants it: polygons, rings, (lat, lon)."""
    parts = shapely.get_parts(shape)
    decimals = DECIMALS + bool(shapely.area(shape) < 0.02)
    return [[_positions(ring, decimals) for ring in (part.exterior, *part.interiors)] for part in parts]


def _positions(line: Any, decimals: int = DECIMALS) -> list[list[float]]:
    rounded = np.round(shapely.get_coordinates(line)[:, ::-1], decimals)
    keep = np.r_[True, np.any(np.diff(rounded, axis=0) != 0, axis=1)]
    positions: list[list[float]] = rounded[keep].tolist()
    return positions


def _lines(atlas: Atlas, when: Any, view: str, region: str | None) -> list[dict[str, Any]]:
    law = "sovereignty" if view == "control" else view
    solid = style.parting(atlas.lines_at(when, view=law, region=region, detail="light"))
    drawn = {(row["left_tract"], row["right_tract"], row["line"]) for row in solid}
    rows = [(row, False) for row in solid]
    if view == "control":
        held = style.parting(atlas.lines_at(when, view=view, region=region, detail="light"))
        rows += [(row, True) for row in held if (row["left_tract"], row["right_tract"], row["line"]) not in drawn]
    return [
        {
            "parts": [_positions(part) for part in shapely.get_parts(row["geometry"])],
            "sea": row["kind"] == "sea",
            "dashed": dashed,
        }
        for row, dashed in rows
    ]


def _legend(rows: list[dict[str, Any]], atlas: Atlas) -> list[list[Any]]:
    entries: dict[str, tuple[list[Any], float]] = {}
    for row in rows:
        if row["standing"] != "context":
            words = style.words_of(row, atlas.lineages, atlas.polity_names)
            fill = list(style.fill_of(row["holder"], row["standing"], row["sovereign"]))
            entries[words] = (fill, entries.get(words, (fill, 0.0))[1] + row["area_km2"])
    ordered = sorted(entries.items(), key=lambda entry: (bool(entry[1][0][1]), -entry[1][1]))
    return [[fill, words] for words, (fill, _) in ordered]
