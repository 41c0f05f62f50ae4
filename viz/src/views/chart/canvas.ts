/** The chart on Cytoscape's canvas: keeps the renderer in step with the state and tells what was done to it. */

import cytoscape from "cytoscape";
import type { Core, EventObject, NodeCollection, NodeSingular } from "cytoscape";
import type { Bundle } from "../../core/bundle.ts";
import { widthOf } from "../../core/bundle.ts";
import type { ChartNode, Point } from "../../core/columns.ts";
import { iconImage } from "../../design/icons.ts";
import type { ThemeName } from "../../design/style.ts";
import { communityColour, familyColour, markOf, motion, sizes, token } from "../../design/style.ts";
import type { Growth } from "./stylesheet.ts";
import { growthAt, stylesheet } from "./stylesheet.ts";

export interface Scene {
  nodes: readonly ChartNode[];
  bundles: readonly Bundle[];
  positions: ReadonlyMap<string, Point>;
  degree: ReadonlyMap<string, number>;
  community: ReadonlyMap<string, number>;
  byCommunity: boolean;
  fresh: ReadonlySet<string>;
  theme: ThemeName;
}

export interface Told {
  select(ids: string[], mode: "set" | "add" | "toggle"): void;
  selectLink(id: string | null): void;
  expand(id: string): void;
  move(places: Map<string, Point>): void;
  hover(id: string | null): void;
}

/** Part of the screen, in pixels. */
export interface Room {
  width: number;
  height: number;
}

const still = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Diameter factor of a thing by the links it shows: 24 to 56 px by square root. */
export function scaleOf(links: number): number {
  return Math.min(sizes.node_max, Math.max(sizes.node_min, 28 + 4 * Math.sqrt(links))) / sizes.node;
}

export class ChartCanvas {
  readonly cy: Core;
  private readonly told: Told;
  private selected: ReadonlySet<string> = new Set();
  private theme: ThemeName | null = null;
  private growth: Growth = { things: 1, lines: 1 };
  private readonly looks = new Map<string, string>();
  private readonly images = new Map<string, string>();

  constructor(container: HTMLElement, told: Told) {
    this.told = told;
    this.cy = cytoscape({
      container,
      elements: [],
      style: [],
      layout: { name: "preset" },
      minZoom: 0.05,
      maxZoom: 4,
      autounselectify: true,
      boxSelectionEnabled: true,
    });
    this.listen();
  }

  destroy(): void {
    this.cy.destroy();
  }

  /** Bring the renderer to the scene, touching only what changed; nothing that stood is moved unasked. */
  sync(scene: Scene): void {
    const { cy } = this;
    const wanted = new Set([
      ...scene.nodes.map((node) => node.id),
      ...scene.bundles.map((bundle) => bundle.id),
    ]);
    cy.batch(() => {
      cy.elements()
        .filter((element) => !wanted.has(element.id()))
        .remove();
      for (const node of scene.nodes) this.syncNode(node, scene);
      for (const bundle of scene.bundles) this.syncBundle(bundle);
    });
    if (this.theme !== scene.theme) {
      this.theme = scene.theme;
      cy.style(stylesheet(scene.theme, this.growth));
    }
    this.flash(scene.fresh);
  }

  private syncNode(node: ChartNode, scene: Scene): void {
    const mark = markOf(node.kind);
    const scale = scaleOf(scene.degree.get(node.id) ?? 0);
    const number = scene.community.get(node.id);
    const fill =
      scene.byCommunity && number !== undefined
        ? communityColour(scene.theme, number)
        : scene.byCommunity
          ? token(scene.theme, "other")
          : familyColour(scene.theme, mark.family);
    const data = {
      id: node.id,
      shape: mark.shape,
      w: mark.width * scale,
      h: mark.height * scale,
      icon: sizes.icon * scale,
      dx: mark.dx * scale,
      fill,
      image: this.image(mark.icon, token(scene.theme, "icon")),
    };
    const [x, y] = scene.positions.get(node.id) ?? [0, 0];
    const held = this.cy.getElementById(node.id);
    const changed = this.changed(node.id, [data.shape, data.w, data.fill, data.image].join());
    if (held.empty()) {
      this.cy.add({ group: "nodes", data, position: { x, y } });
      return;
    }
    if (changed) held.data(data);
    const at = held.position();
    if ((at.x !== x || at.y !== y) && !held.grabbed()) held.position({ x, y });
  }

  private syncBundle(bundle: Bundle): void {
    const data = {
      id: bundle.id,
      source: bundle.source,
      target: bundle.target,
      style: bundle.onPath ? "path" : bundle.style,
      width: widthOf(bundle),
    };
    const held = this.cy.getElementById(bundle.id);
    const changed = this.changed(bundle.id, data.style + String(data.width));
    if (held.empty()) this.cy.add({ group: "edges", data });
    else if (changed) held.data(data);
  }

  /** Whether an element looks other than last time: setting data restyles it, which is dear for thousands. */
  private changed(id: string, look: string): boolean {
    if (this.looks.get(id) === look) return false;
    this.looks.set(id, look);
    return true;
  }

  private image(icon: string, colour: string): string {
    const key = icon + colour;
    const made = this.images.get(key) ?? iconImage(icon, colour);
    this.images.set(key, made);
    return made;
  }

  /** Zoomed out, lines and rings keep their width on the screen, so that dashes stay told apart. */
  private keepWidths(): void {
    const next = growthAt(this.cy.zoom());
    if (next.lines === this.growth.lines && next.things === this.growth.things) return;
    this.growth = next;
    if (this.theme) this.cy.style(stylesheet(this.theme, next));
  }

  /** Ring what is selected; the native selection of the renderer is not used. */
  showSelection(ids: ReadonlySet<string>, link: string | null): void {
    this.selected = ids;
    this.cy.batch(() => {
      this.cy.elements(".selected").removeClass("selected");
      for (const id of ids) this.cy.getElementById(id).addClass("selected");
      if (link) this.cy.getElementById(link).addClass("selected");
    });
  }

  private flash(ids: ReadonlySet<string>): void {
    const fresh = this.cy.collection();
    for (const id of ids) fresh.merge(this.cy.getElementById(id));
    if (fresh.empty() || still() || fresh.scratch("flashed")) return;
    fresh.forEach((element) => void element.scratch("flashed", true));
    for (const [at, on] of [
      [0, true],
      [180, false],
      [360, true],
      [540, false],
    ] as const)
      setTimeout(() => fresh.toggleClass("flash", on), at);
  }

  /** Show all, or some, as large as may be without hiding any under the legend in the lower left corner. */
  fit(ids: Iterable<string> | null, legend: Room, animate = true): void {
    const chosen = this.cy.collection();
    if (ids) for (const id of ids) chosen.merge(this.cy.getElementById(id));
    const what = chosen.empty() ? this.cy.nodes() : chosen;
    if (what.empty()) return;
    const whole = this.cameraFor(what, { width: 0, height: 0 });
    const places = what.nodes().map((node) => node.position());
    const covered = places.some(
      (at) =>
        at.x * whole.zoom + whole.pan.x < legend.width + 24 &&
        at.y * whole.zoom + whole.pan.y > this.cy.height() - legend.height - 36,
    );
    const beside = this.cameraFor(what, { width: legend.width, height: 0 });
    const above = this.cameraFor(what, { width: 0, height: legend.height });
    const { zoom, pan } = !covered ? whole : above.zoom > beside.zoom ? above : beside;
    this.camera(zoom, pan, animate);
  }

  private cameraFor(what: NodeCollection, kept: Room): { zoom: number; pan: { x: number; y: number } } {
    const box = what.boundingBox({ includeLabels: false, includeOverlays: false });
    // Room for the labels beside and below the outermost things.
    const [side, pad] = [64, 40];
    const width = this.cy.width() - kept.width - 2 * side;
    const height = this.cy.height() - kept.height - 2 * pad;
    const zoom = Math.min(
      1.25,
      Math.max(0.05, Math.min(width / Math.max(1, box.w), height / Math.max(1, box.h))),
    );
    const pan = {
      x: kept.width + side + width / 2 - ((box.x1 + box.x2) / 2) * zoom,
      y: pad + height / 2 - ((box.y1 + box.y2) / 2) * zoom,
    };
    return { zoom, pan };
  }

  zoomBy(factor: number): void {
    const { cy } = this;
    const zoom = Math.min(4, Math.max(0.05, cy.zoom() * factor));
    const [w, h] = [cy.width() / 2, cy.height() / 2];
    const pan = cy.pan();
    const ratio = zoom / cy.zoom();
    this.camera(zoom, { x: w - (w - pan.x) * ratio, y: h - (h - pan.y) * ratio }, true);
  }

  panBy(x: number, y: number): void {
    this.cy.panBy({ x, y });
  }

  private camera(zoom: number, pan: { x: number; y: number }, animate: boolean): void {
    this.cy.stop();
    if (animate && !still()) this.cy.animate({ zoom, pan }, { duration: motion.camera, easing: "ease-out" });
    else this.cy.viewport({ zoom, pan });
  }

  private listen(): void {
    const { cy, told } = this;
    const added = (event: EventObject): boolean => {
      const press = event.originalEvent as MouseEvent | undefined;
      return Boolean(press && (press.ctrlKey || press.metaKey || press.shiftKey));
    };
    let tapped = "";
    let before = "";
    cy.on("tap", "node", (event) => {
      before = tapped;
      tapped = (event.target as NodeSingular).id();
      told.select([(event.target as NodeSingular).id()], added(event) ? "toggle" : "set");
    });
    cy.on("tap", "edge", (event) => {
      told.selectLink((event.target as NodeSingular).id());
    });
    cy.on("tap", (event) => {
      if (event.target === cy && !added(event)) told.select([], "set");
    });
    cy.on("dbltap", "node", (event) => {
      // Two quick clicks on two things that stand close are no double click.
      const id = (event.target as NodeSingular).id();
      if (!added(event) && before === id) told.expand(id);
    });
    cy.on("mouseover", "node, edge", (event) => {
      (event.target as NodeSingular).addClass("hover");
      told.hover((event.target as NodeSingular).id());
    });
    cy.on("mouseout", "node, edge", (event) => {
      (event.target as NodeSingular).removeClass("hover");
      told.hover(null);
    });
    let resting = 0;
    cy.on("zoom", () => {
      window.clearTimeout(resting);
      resting = window.setTimeout(() => {
        if (!cy.destroyed()) this.keepWidths();
      }, 120);
    });
    this.listenBox();
    this.listenDrag();
  }

  private listenBox(): void {
    let boxed: string[] = [];
    this.cy.on("box", "node", (event) => {
      if (boxed.length === 0)
        queueMicrotask(() => {
          this.told.select(boxed, "add");
          boxed = [];
        });
      boxed.push((event.target as NodeSingular).id());
    });
  }

  /** Dragging one of several selected things takes the others along. */
  private listenDrag(): void {
    const starts = new Map<string, { x: number; y: number }>();
    this.cy.on("grab", "node", (event) => {
      const id = (event.target as NodeSingular).id();
      starts.clear();
      for (const one of this.selected.has(id) ? this.selected : [id]) {
        const node = this.cy.getElementById(one);
        if (node.nonempty()) starts.set(one, { ...node.position() });
      }
    });
    this.cy.on("drag", "node", (event) => {
      const node = event.target as NodeSingular;
      const from = starts.get(node.id());
      if (!from) return;
      const now = node.position();
      for (const [id, start] of starts)
        if (id !== node.id())
          this.cy.getElementById(id).position({ x: start.x + now.x - from.x, y: start.y + now.y - from.y });
    });
    this.cy.on("dragfree", "node", () => {
      const places = new Map<string, Point>();
      for (const id of starts.keys()) {
        const { x, y } = this.cy.getElementById(id).position();
        places.set(id, [x, y]);
      }
      starts.clear();
      this.told.move(places);
    });
  }
}
