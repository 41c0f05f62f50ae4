/** Labels, chips and badges over the chart: 12 px on screen at every zoom, none over another once the camera rests. */

import type { Core } from "cytoscape";
import type { Bundle } from "../../core/bundle.ts";
import type { Box, Wish } from "../../core/collide.ts";
import { settle } from "../../core/collide.ts";
import type { ChartNode } from "../../core/columns.ts";
import { labelLines } from "../../core/labels.ts";
import type { ThemeName } from "../../design/style.ts";
import { communityColour, labels as look, sans, token } from "../../design/style.ts";

export interface OverlayScene {
  nodes: readonly ChartNode[];
  bundles: readonly Bundle[];
  degree: ReadonlyMap<string, number>;
  community: ReadonlyMap<string, number>;
  byCommunity: boolean;
  selected: ReadonlySet<string>;
  selectedLink: string | null;
  hovered: string | null;
  pinned: ReadonlySet<string>;
  fresh: ReadonlySet<string>;
  theme: ThemeName;
  linkText: (bundle: Bundle) => string;
}

export interface DrawnLabel extends Box {
  id: string;
  text: string;
}

interface Held {
  lines: string[];
  w: number;
  h: number;
  /** Offset of the chosen box from the anchor, so that labels ride along while the camera moves. */
  dx: number;
  dy: number;
}

const LINE = 14;
const REST = 140;
const FAR = 0.5;
/** Badges and counts stay longer than labels: the colour of a community never stands alone. */
const TINY = 0.25;
/** Badges stand beside the icon, or a small mark would be all badge. */
const BESIDE = 7;

export class Overlay {
  private readonly canvas: HTMLCanvasElement;
  private readonly context: CanvasRenderingContext2D;
  private readonly cy: Core;
  private scene: OverlayScene | null = null;
  private held = new Map<string, Held>();
  private readonly widths = new Map<string, number>();
  private timer = 0;

  private readonly legend: () => { width: number; height: number };

  /** Labels keep clear of the room that the legend may take at the bottom left. */
  constructor(canvas: HTMLCanvasElement, cy: Core, legend: () => { width: number; height: number }) {
    this.legend = legend;
    const context = canvas.getContext("2d");
    if (!context) throw new Error("this browser draws no canvas");
    this.canvas = canvas;
    this.context = context;
    this.cy = cy;
    cy.on("render", () => {
      this.draw();
    });
    cy.on("viewport", () => {
      this.later();
    });
    cy.on("position", "node", () => {
      this.later();
    });
  }

  show(scene: OverlayScene): void {
    this.scene = scene;
    this.settle();
    this.draw();
  }

  /** Resolve collisions again once the camera has come to rest. */
  later(): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      this.settle();
      this.draw();
    }, REST);
  }

  stop(): void {
    window.clearTimeout(this.timer);
  }

  /** What is written now and where, for tests. */
  drawn(): DrawnLabel[] {
    return [...this.held].flatMap(([id, held]) => {
      const at = this.anchor(id);
      return at
        ? [{ id, text: held.lines.join(" "), x: at.x + held.dx, y: at.y + held.dy, w: held.w, h: held.h }]
        : [];
    });
  }

  private anchor(id: string): { x: number; y: number } | null {
    const element = this.cy.getElementById(id);
    if (element.empty()) return null;
    if (element.isNode()) return element.renderedPosition();
    const middle = (
      element as unknown as { renderedMidpoint(): { x: number; y: number } | undefined }
    ).renderedMidpoint();
    return middle && Number.isFinite(middle.x) ? middle : null;
  }

  private measure(text: string): number {
    const known = this.widths.get(text);
    if (known !== undefined) return known;
    this.context.font = `${look.size}px ${sans}`;
    const width = this.context.measureText(text).width;
    this.widths.set(text, width);
    return width;
  }

  private settle(): void {
    const scene = this.scene;
    if (!scene) return;
    const { width, height } = this.legend();
    const legend = { x: 0, y: this.cy.height() - height - 12, w: width + 12, h: height + 12 };
    const things: { id: string; box: Box }[] = [{ id: "legend", box: legend }];
    const wishes: (Wish & { lines: string[] })[] = [];
    const far = this.cy.zoom() < FAR ? this.most(scene) : null;
    for (const node of scene.nodes) {
      const element = this.cy.getElementById(node.id);
      if (element.empty()) continue;
      const at = element.renderedPosition();
      if (!this.inView(at)) continue;
      const w = element.renderedWidth();
      const h = element.renderedHeight();
      things.push({ id: node.id, box: { x: at.x - w / 2, y: at.y - h / 2, w, h } });
      for (const [x, y] of this.badgePlaces(node, at, w / 2, h / 2, scene))
        things.push({ id: `badge:${node.id}`, box: { x: x - 12, y: y - 8, w: 24, h: 16 } });
      const forced = scene.selected.has(node.id) || scene.hovered === node.id;
      if (far && !far.has(node.id) && !forced) continue;
      wishes.push(this.nodeWish(node, at, w, h, scene, forced));
    }
    for (const bundle of scene.bundles) {
      const wish = this.bundleWish(bundle, scene);
      if (wish) wishes.push(wish);
    }
    const chosen = settle(wishes, things);
    this.held = new Map(
      wishes.flatMap((wish) => {
        const box = chosen.get(wish.id);
        const at = box && this.anchor(wish.id);
        return at
          ? [[wish.id, { lines: wish.lines, w: box.w, h: box.h, dx: box.x - at.x, dy: box.y - at.y }]]
          : [];
      }),
    );
  }

  /** Where badges stand, so that labels keep clear of them. */
  private badgePlaces(
    node: ChartNode,
    at: { x: number; y: number },
    w: number,
    h: number,
    scene: OverlayScene,
  ): [number, number][] {
    if (this.cy.zoom() < TINY) return [];
    const places: [number, number][] = [];
    if (scene.byCommunity && scene.community.get(node.id)) places.push([at.x + w + BESIDE, at.y - h]);
    if (node.hub) places.push([at.x - w - BESIDE, at.y - h]);
    return places;
  }

  /** Zoomed far out only the most important keep their label. */
  private most(scene: OverlayScene): Set<string> {
    const order = [...scene.nodes].sort(
      (a, b) => this.rank(b, scene) - this.rank(a, scene) || (a.id < b.id ? -1 : 1),
    );
    return new Set(order.slice(0, look.always).map((node) => node.id));
  }

  private rank(node: ChartNode, scene: OverlayScene): number {
    const degree = scene.degree.get(node.id) ?? 0;
    return degree + (scene.selected.has(node.id) ? 1e6 : 0) + (scene.pinned.has(node.id) ? 1e4 : 0);
  }

  private nodeWish(
    node: ChartNode,
    at: { x: number; y: number },
    w: number,
    h: number,
    scene: OverlayScene,
    must: boolean,
  ): Wish & { lines: string[] } {
    const lines = labelLines(node.label, node.kind);
    const width = Math.max(...lines.map((line) => this.measure(line)), 8) + 4;
    const height = lines.length * LINE;
    const gap = 4;
    const boxes = [
      { x: at.x - width / 2, y: at.y + h / 2 + gap },
      { x: at.x + w / 2 + gap, y: at.y - height / 2 },
      { x: at.x - width / 2, y: at.y - h / 2 - gap - height },
      { x: at.x - w / 2 - gap - width, y: at.y - height / 2 },
    ].map((place) => ({ ...place, w: width, h: height }));
    // A name cut by the edge of the chart reads as another name.
    const whole = boxes.filter((box) => !this.cutOff(box));
    return {
      id: node.id,
      rank: this.rank(node, scene),
      boxes: whole.length > 0 || !must ? whole : boxes,
      must,
      lines,
    };
  }

  private bundleWish(bundle: Bundle, scene: OverlayScene): (Wish & { lines: string[] }) | null {
    const named =
      bundle.id === scene.selectedLink ||
      bundle.id === scene.hovered ||
      scene.bundles.length <= look.link_labels_up_to;
    const chip = chipOf(bundle);
    const text = [named ? scene.linkText(bundle) : "", chip].filter(Boolean).join(" ");
    const at = text ? this.anchor(bundle.id) : null;
    if (!at || !this.inView(at) || (!named && this.cy.zoom() < TINY && bundle.style !== "inferred"))
      return null;
    const w = this.measure(text) + 6;
    const a = this.anchor(bundle.source);
    const b = this.anchor(bundle.target);
    const along = [0, -0.15, 0.15, -0.28, 0.28].map((t) => ({
      x: at.x + (a && b ? (b.x - a.x) * t : 0) - w / 2,
      y: at.y + (a && b ? (b.y - a.y) * t : 0) - LINE / 2,
      w,
      h: LINE,
    }));
    const must =
      bundle.style === "inferred" || bundle.id === scene.selectedLink || bundle.id === scene.hovered;
    return { id: bundle.id, rank: bundle.count > 1 ? 0.5 : 0, boxes: along, must, lines: [text] };
  }

  /** Whether a label there would be cut by the edge of the chart. */
  private cutOff(box: Box): boolean {
    return box.x < 0 || box.y < 0 || box.x + box.w > this.cy.width() || box.y + box.h > this.cy.height();
  }

  private inView(at: { x: number; y: number }): boolean {
    return at.x > -40 && at.y > -40 && at.x < this.cy.width() + 40 && at.y < this.cy.height() + 40;
  }

  private draw(): void {
    const { canvas, context, scene } = this;
    const ratio = window.devicePixelRatio || 1;
    const [w, h] = [Math.round(this.cy.width() * ratio), Math.round(this.cy.height() * ratio)];
    if (canvas.width !== w || canvas.height !== h) [canvas.width, canvas.height] = [w, h];
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, w, h);
    if (!scene) return;
    context.textBaseline = "middle";
    context.textAlign = "center";
    context.lineJoin = "round";
    for (const [id, held] of this.held) this.drawLabel(id, held, scene);
    this.drawBadges(scene);
  }

  private drawLabel(id: string, held: Held, scene: OverlayScene): void {
    const at = this.anchor(id);
    if (!at) return;
    const { context } = this;
    const link = id.startsWith("link:");
    const inferred = link && scene.bundles.find((bundle) => bundle.id === id)?.style === "inferred";
    context.font = `${scene.selected.has(id) ? "600 " : ""}${look.size}px ${sans}`;
    context.strokeStyle = token(scene.theme, "canvas");
    context.lineWidth = look.halo * 2;
    context.fillStyle = token(scene.theme, inferred ? "inferred" : link ? "ink2" : "ink");
    held.lines.forEach((line, row) => {
      const x = at.x + held.dx + held.w / 2;
      const y = at.y + held.dy + LINE * (row + 0.5);
      context.strokeText(line, x, y);
      context.fillText(line, x, y);
    });
  }

  private drawBadges(scene: OverlayScene): void {
    const near = this.cy.zoom() >= TINY;
    for (const node of scene.nodes) {
      const number = scene.community.get(node.id);
      const badge = near && scene.byCommunity && number ? `C${String(number)}` : "";
      const hub = near && node.hub;
      if (!badge && !hub && !scene.fresh.has(node.id) && !scene.pinned.has(node.id)) continue;
      const element = this.cy.getElementById(node.id);
      if (element.empty()) continue;
      const at = element.renderedPosition();
      const [w, h] = [element.renderedWidth() / 2, element.renderedHeight() / 2];
      if (badge)
        this.pill(badge, at.x + w + BESIDE, at.y - h, communityColour(scene.theme, number ?? 0), scene.theme);
      if (hub) this.pill("H", at.x - w - BESIDE, at.y - h, token(scene.theme, "ink2"), scene.theme);
      if (scene.fresh.has(node.id)) this.dot(at.x - w, at.y + h, token(scene.theme, "accent"), scene.theme);
      if (scene.pinned.has(node.id))
        this.pill("•", at.x + w, at.y + h, token(scene.theme, "ink"), scene.theme);
    }
  }

  private pill(text: string, x: number, y: number, colour: string, theme: ThemeName): void {
    const { context } = this;
    context.font = `600 11px ${sans}`;
    const width = Math.max(14, context.measureText(text).width + 6);
    context.beginPath();
    context.roundRect(x - width / 2, y - 7, width, 14, 4);
    context.fillStyle = token(theme, "canvas");
    context.fill();
    context.strokeStyle = colour;
    context.lineWidth = 1.5;
    context.stroke();
    context.fillStyle = token(theme, "ink");
    context.fillText(text, x, y + 0.5);
  }

  private dot(x: number, y: number, colour: string, theme: ThemeName): void {
    const { context } = this;
    context.beginPath();
    context.arc(x, y, 4, 0, 2 * Math.PI);
    context.fillStyle = colour;
    context.fill();
    context.strokeStyle = token(theme, "canvas");
    context.lineWidth = 1.5;
    context.stroke();
  }
}

/** "≈ 0.62" for what is inferred, "×42" for several in one. */
function chipOf(bundle: Bundle): string {
  if (bundle.style === "inferred" && bundle.probability !== null) return `≈ ${bundle.probability.toFixed(2)}`;
  return bundle.count > 1 ? `×${String(bundle.count)}` : "";
}
