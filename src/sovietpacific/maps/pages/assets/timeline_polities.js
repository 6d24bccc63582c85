/* Where the name of a polity stands: on the largest piece of its land that is in sight, in letterspaced capitals. */
(function (sp) {
  "use strict";
  if (sp.timelinePolities) return;
  /* The map is looked at in steps of so many pixels; a piece of fewer steps has no room for a name; of ten points of a name so
     many must lie on it; a name is offered at places so far apart. */
  var STEP = 20, LEAST = 8, LYING = 7, APART = 70, OFFERS = 8;

  /* Break a name into lines of about `most` signs. */
  function broken(text, most) {
    return text.split(" ").reduce(function (lines, word) {
      var last = lines[lines.length - 1];
      if (last && (last + " " + word).length <= most) lines[lines.length - 1] = last + " " + word;
      else lines.push(word);
      return lines;
    }, []);
  }
  /* Tell whether a tract holds a position: a ray to the east crosses its rings an odd number of times. */
  function holds(land, at) {
    return land.getLatLngs().reduce(function (inside, part) {
      return part.reduce(function (within, ring) {
        for (var i = 0, j = ring.length - 1; i < ring.length; j = i++) {
          var a = ring[i], b = ring[j], crosses = a.lat > at.lat !== b.lat > at.lat;
          if (crosses && at.lng < (b.lng - a.lng) * (at.lat - a.lat) / (b.lat - a.lat) + a.lng) within = !within;
        }
        return within;
      }, inside);
    }, false);
  }
  /* The tract under each step of the map in sight, -1 for none; it is asked anew only when the map has moved. */
  function survey(page) {
    var map = page.map, size = map.getSize(), across = Math.floor(size.x / STEP), down = Math.floor(size.y / STEP), tracts = [];
    var key = [map.getCenter().lat, map.getCenter().lng, map.getZoom(), across, down].join();
    if (page.surveyed && page.surveyed.key === key) return page.surveyed;
    var boxes = page.tracts.map(function (land) { return land.getBounds(); });
    for (var row = 0; row < down; row++) for (var column = 0; column < across; column++) {
      var at = map.containerPointToLatLng([(column + 0.5) * STEP, (row + 0.5) * STEP]), found = -1;
      for (var index = 0; index < boxes.length && found < 0; index++) {
        if (boxes[index].contains(at) && holds(page.tracts[index], at)) found = index;
      }
      tracts.push(found);
    }
    return (page.surveyed = {key: key, across: across, down: down, tracts: tracts});
  }
  /* Give each group of tracts that touch and have the same key: the least index stands for all. */
  function groups(keys, neighbours) {
    var top = keys.map(function (_, index) { return index; });
    function root(index) { while (top[index] !== index) index = top[index] = top[top[index]]; return index; }
    neighbours.forEach(function (pair) {
      if (keys[pair[0]] === keys[pair[1]]) top[root(pair[0])] = root(pair[1]);
    });
    return keys.map(function (_, index) { return root(index); });
  }

  /* The largest piece of each key in sight, as steps: by key, {group, steps}. */
  function pieces(seen, keys, group) {
    var steps = {}, best = {};
    seen.tracts.forEach(function (tract, step) {
      if (tract >= 0 && keys[tract]) (steps[group[tract]] = steps[group[tract]] || []).push(step);
    });
    Object.keys(steps).forEach(function (one) {
      var key = keys[one], piece = {group: +one, steps: steps[one]};
      if (piece.steps.length >= LEAST && (!best[key] || best[key].steps.length < piece.steps.length)) best[key] = piece;
    });
    return best;
  }
  /* The places a name may stand, the best first: where most of it lies on the piece, near the middle, apart from the others. */
  function offers(seen, group, piece, lines) {
    var wide = 8 + 5.3 * Math.max.apply(null, lines.map(function (line) { return line.length; })), high = 7.5 * lines.length;
    var places = piece.steps.map(function (step) {
      return {x: (step % seen.across + 0.5) * STEP, y: (Math.floor(step / seen.across) + 0.5) * STEP};
    });
    function mean(name) { return places.reduce(function (sum, place) { return sum + place[name]; }, 0) / places.length; }
    var x = mean("x"), y = mean("y"), chosen = [];
    places.forEach(function (place) {
      place.away = Math.hypot(place.x - x, place.y - y);
      place.lies = 0;
      [-1, -0.5, 0, 0.5, 1].forEach(function (side) {
        [-1, 1].forEach(function (end) {
          var column = Math.floor((place.x + side * wide) / STEP), row = Math.floor((place.y + end * high) / STEP);
          var tract = column < 0 || column >= seen.across ? -1 : seen.tracts[row * seen.across + column];
          if (tract >= 0 && group[tract] === piece.group) place.lies++;
        });
      });
    });
    places.sort(function (a, b) { return b.lies - a.lies || a.away - b.away; }).forEach(function (place) {
      var near = chosen.some(function (other) { return Math.hypot(place.x - other.x, place.y - other.y) < APART; });
      if (!near && place.lies >= LYING && chosen.length < OFFERS) chosen.push(place);
    });
    return chosen;
  }

  /* Give the names of the polities of the day, each offered at several places, for the layer of names. */
  sp.timelinePolities = function (page, view) {
    var keys = page.data.tracts.map(function (_, index) {
      var look = page.answers.look(view, index, page.day);
      return look.polities.length === 1 && look.holder === look.sovereign ? look.polities[0] : "";
    });
    var seen = survey(page), group = groups(keys, page.data.touching), best = pieces(seen, keys, group), names = [];
    Object.keys(best).forEach(function (key) {
      var lines = broken(page.data.polities[key][0].toUpperCase(), 12);
      offers(seen, group, best[key], lines).forEach(function (place, at) {
        var middle = page.map.containerPointToLatLng([place.x, place.y]), rank = at / 100 - best[key].steps.length;
        names.push({text: lines.join("\n"), at: middle, kind: "polity", zoom: 0, once: key, rank: rank});
      });
    });
    return names;
  };
})(window.sovietpacific);
