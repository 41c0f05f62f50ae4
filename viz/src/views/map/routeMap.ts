/** Leaflet on its canvas renderer with bundled land shapes: no tiles, no other host. */

import * as leaflet from "leaflet";
import "leaflet/dist/leaflet.css";
import { feature } from "topojson-client";
import type { Topology } from "topojson-specification";
import type { RouteLeg, RoutePlace } from "../../api/types.ts";
import type { Box } from "../../core/collide.ts";
import { settle } from "../../core/collide.ts";
import type { ThemeName } from "../../design/style.ts";
import { lineOf, sans, token } from "../../design/style.ts";
import world from "world-atlas/countries-50m.json";

/** More legs than this at once are a tangle; the list beside the map has them all. */
export const DRAWN = 40;
const START: leaflet.LatLngTuple = [40, 35];

export class RouteMap {
  private readonly map: leaflet.Map;
  private readonly land: leaflet.GeoJSON;
  private readonly drawn: leaflet.LayerGroup;
  private readonly onLeg: (row: number) => void;
  private readonly marks: leaflet.LayerGroup;
  private places: readonly RoutePlace[] = [];
  private legs: readonly RouteLeg[] = [];
  private theme: ThemeName;
  private fitted = false;
  private readonly pen: CanvasRenderingContext2D;
  private readonly watcher: ResizeObserver;

  constructor(box: HTMLElement, theme: ThemeName, onLeg: (row: number) => void) {
    this.onLeg = onLeg;
    this.theme = theme;
    const pen = document.createElement("canvas").getContext("2d");
    if (!pen) throw new Error("this browser draws no canvas");
    this.pen = pen;
    this.map = leaflet.map(box, {
      preferCanvas: true,
      attributionControl: false,
      zoomControl: false,
      minZoom: 2,
      maxZoom: 9,
      zoomSnap: 0.25,
      worldCopyJump: false,
      fadeAnimation: false,
    });
    this.map.setView(START, 4);
    const topology = world as unknown as Topology;
    const countries = topology.objects["countries"];
    this.land = leaflet.geoJSON(countries ? feature(topology, countries) : undefined, {
      interactive: false,
      style: landStyle(theme),
    });
    this.land.addTo(this.map);
    this.drawn = leaflet.layerGroup().addTo(this.map);
    this.marks = leaflet.layerGroup().addTo(this.map);
    this.map.on("zoomend moveend resize", () => {
      this.annotate();
    });
    this.watcher = new ResizeObserver(() => {
      this.map.invalidateSize({ animate: false });
    });
    this.watcher.observe(box);
  }

  destroy(): void {
    this.watcher.disconnect();
    this.map.remove();
  }

  /** The land in the colours of the theme, also while the legs are still on their way. */
  dress(theme: ThemeName): void {
    this.theme = theme;
    this.land.setStyle(landStyle(theme));
  }

  /** Draw legs and places; the chosen leg stands out, inferred ones carry their own line. */
  show(places: readonly RoutePlace[], legs: readonly RouteLeg[], theme: ThemeName, chosen: number): void {
    this.dress(theme);
    this.drawn.clearLayers();
    const at = new Map(places.map((place) => [place.id, place]));
    const most = Math.max(1, ...legs.map((leg) => leg.count));
    const rows = heaviest(legs, chosen);
    this.legs = rows.flatMap((row) => legs[row] ?? []);
    const ends = new Set(this.legs.flatMap((leg) => [leg.source, leg.target]));
    this.places = places.filter((place) => ends.has(place.id));
    for (const row of rows) {
      const leg = legs[row];
      const from = leg && at.get(leg.source);
      const to = leg && at.get(leg.target);
      if (from && to) this.leg(from, to, leg, row, theme, most, row === chosen);
    }
    for (const place of this.places) this.place(place, theme);
    if (!this.fitted && places.length > 0) {
      this.fitted = true;
      this.map.fitBounds(leaflet.latLngBounds(busiest(places, legs).map((place) => [place.lat, place.lon])), {
        paddingTopLeft: [40, 40],
        paddingBottomRight: [120, 40],
        animate: false,
      });
    }
    this.annotate();
  }

  /** Names of the busiest places where they do not lie over each other, and the direction of each leg. */
  private annotate(): void {
    this.marks.clearLayers();
    const at = new Map(this.places.map((place) => [place.id, place]));
    const flow = new Map<string, number>();
    for (const leg of this.legs) {
      for (const id of [leg.source, leg.target]) flow.set(id, (flow.get(id) ?? 0) + leg.count);
      const [from, to] = [at.get(leg.source), at.get(leg.target)];
      if (from && to) this.arrow(bow(from, to), leg);
    }
    const { x: wide, y: high } = this.map.getSize();
    const spots = this.places.map((place) => ({
      place,
      at: this.map.latLngToContainerPoint([place.lat, place.lon]),
    }));
    const dots = spots.map(({ place, at: { x, y } }) => ({
      id: place.id,
      box: { x: x - 5, y: y - 5, w: 10, h: 10 },
    }));
    const wishes = spots.map(({ place, at: { x, y } }) => {
      const boxes = sides(x, y, this.measure(place.name)).filter(
        (box) => box.x >= 0 && box.y >= 0 && box.x + box.w <= wide && box.y + box.h <= high,
      );
      return { id: place.id, rank: flow.get(place.id) ?? 0, boxes, must: false };
    });
    for (const [id, box] of settle(wishes, dots)) {
      const place = at.get(id);
      if (place) this.name(place, box);
    }
  }

  /** The width of a name as it is drawn. */
  private measure(text: string): number {
    this.pen.font = `12px ${sans}`;
    return this.pen.measureText(text).width + 4;
  }

  private name(place: RoutePlace, box: Box): void {
    const { x, y } = this.map.latLngToContainerPoint([place.lat, place.lon]);
    const direction = box.x > x ? "right" : box.x + box.w < x ? "left" : box.y < y ? "top" : "bottom";
    const [dx, dy] = { right: [4, 0], left: [-4, 0], top: [0, -4], bottom: [0, 4] }[direction];
    leaflet
      .tooltip({ permanent: true, direction, offset: [dx ?? 0, dy ?? 0], className: "map-name" })
      .setLatLng([place.lat, place.lon])
      .setContent(note(place.name))
      .addTo(this.marks);
  }

  private arrow(path: readonly leaflet.LatLngTuple[], leg: RouteLeg): void {
    const [before, tip] = [path[9], path[10]];
    if (!before || !tip) return;
    const [a, b] = [this.map.latLngToLayerPoint(before), this.map.latLngToLayerPoint(tip)];
    const length = Math.hypot(b.x - a.x, b.y - a.y);
    if (length < 2) return;
    const [ux, uy] = [(b.x - a.x) / length, (b.y - a.y) / length];
    const corner = (side: number): leaflet.LatLng =>
      this.map.layerPointToLatLng([b.x - ux * 10 - uy * 6 * side, b.y - uy * 10 + ux * 6 * side]);
    const inferred = leg.basis === "inferred";
    const colour = token(this.theme, lineOf(inferred ? "inferred" : "confirmed").colour);
    leaflet
      .polygon([corner(1), this.map.layerPointToLatLng(b), corner(-1)], {
        color: colour,
        weight: 1,
        fillColor: inferred ? token(this.theme, "canvas") : colour,
        fillOpacity: 1,
        interactive: false,
      })
      .addTo(this.marks);
  }

  private leg(
    from: RoutePlace,
    to: RoutePlace,
    leg: RouteLeg,
    row: number,
    theme: ThemeName,
    most: number,
    chosen: boolean,
  ): void {
    const inferred = leg.basis === "inferred";
    const line = lineOf(chosen ? "path" : inferred ? "inferred" : "confirmed");
    const shape = leaflet.polyline(bow(from, to), {
      color: token(theme, line.colour),
      weight: chosen ? 4 : 1 + 5 * Math.sqrt(leg.count / most),
      opacity: chosen ? 1 : 0.75,
      ...(line.dash.length > 0 ? { dashArray: line.dash.join(" ") } : {}),
    });
    const chip =
      inferred && typeof leg.probability === "number"
        ? ` ≈ ${leg.probability.toFixed(2)}`
        : ` ×${String(leg.count)}`;
    shape.bindTooltip(note(`${from.name} → ${to.name}${chip}`), { sticky: true, className: "map-tip" });
    shape.on("click", () => {
      this.onLeg(row);
    });
    shape.addTo(this.drawn);
  }

  private place(place: RoutePlace, theme: ThemeName): void {
    leaflet
      .circleMarker([place.lat, place.lon], {
        radius: 4,
        weight: 1.5,
        color: token(theme, "canvas"),
        fillColor: token(theme, "ink"),
        fillOpacity: 1,
      })
      .bindTooltip(note(place.name), { className: "map-tip" })
      .addTo(this.drawn);
  }
}

/** The rows that are drawn: those seen most often, lightest first, and the chosen one on top. */
function heaviest(legs: readonly RouteLeg[], chosen: number): number[] {
  const order = legs
    .map((leg, row) => ({ count: leg.count, row }))
    .sort((a, b) => b.count - a.count || a.row - b.row)
    .slice(0, DRAWN)
    .map(({ row }) => row)
    .filter((row) => row !== chosen)
    .reverse();
  return legs[chosen] ? [...order, chosen] : order;
}

/** Where a name may stand beside its dot: right, left, above, below. */
function sides(x: number, y: number, w: number): Box[] {
  const h = 16;
  return [
    { x: x + 7, y: y - h / 2, w, h },
    { x: x - 7 - w, y: y - h / 2, w, h },
    { x: x - w / 2, y: y - 7 - h, w, h },
    { x: x - w / 2, y: y + 7, w, h },
  ];
}

function landStyle(theme: ThemeName): leaflet.PathOptions {
  return {
    color: token(theme, "hairline"),
    weight: 1,
    fillColor: token(theme, theme === "dark" ? "raised" : "surface"),
    fillOpacity: 1,
  };
}

/** The places between the tenth and the ninetieth hundredth of the traffic both ways: a far one shrinks nothing. */
function busiest(places: readonly RoutePlace[], legs: readonly RouteLeg[]): RoutePlace[] {
  const flow = new Map<string, number>();
  for (const leg of legs)
    for (const id of [leg.source, leg.target]) flow.set(id, (flow.get(id) ?? 0) + leg.count);
  const weight = (place: RoutePlace): number => flow.get(place.id) ?? 0;
  const all = places.reduce((sum, place) => sum + weight(place), 0);
  const within = (at: (place: RoutePlace) => number): Set<string> => {
    let seen = 0;
    const kept = new Set<string>();
    for (const place of [...places].sort((a, b) => at(a) - at(b))) {
      const before = seen;
      seen += weight(place);
      if (seen >= all * 0.1 && before <= all * 0.9) kept.add(place.id);
    }
    return kept;
  };
  const [wide, high] = [within((place) => place.lon), within((place) => place.lat)];
  const chosen = places.filter((place) => wide.has(place.id) && high.has(place.id));
  return chosen.length > 1 ? chosen : [...places];
}

/** Text as an element: a string would be taken for markup. */
function note(text: string): HTMLElement {
  const made = document.createElement("span");
  made.textContent = text;
  return made;
}

/** A gentle bow, so that there and back are two lines. */
function bow(from: RoutePlace, to: RoutePlace): leaflet.LatLngTuple[] {
  const points: leaflet.LatLngTuple[] = [];
  const [dx, dy] = [to.lon - from.lon, to.lat - from.lat];
  for (let step = 0; step <= 16; step++) {
    const t = step / 16;
    const lift = 0.12 * Math.sin(Math.PI * t);
    points.push([from.lat + dy * t + dx * lift, from.lon + dx * t - dy * lift]);
  }
  return points;
}
