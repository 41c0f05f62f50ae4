/** The chart in its frame: canvas, labels, legend, zoom, empty states; the camera is its own and never undone. */

import { effect, signal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import * as act from "../../acts/chart.ts";
import { camera, pictureOf } from "../../acts/camera.ts";
import { t } from "../../acts/speak.ts";
import * as state from "../../acts/state.ts";
import { theme } from "../../acts/theme.ts";
import { bundlesShown } from "../../acts/picture.ts";
import type { Bundle } from "../../core/bundle.ts";
import { ActButton } from "../../components/basic.tsx";
import { ChartCanvas } from "./canvas.ts";
import { Legend } from "./Legend.tsx";
import { Overlay } from "./overlay.ts";
import { StageStates } from "./StageStates.tsx";

const legendBox = signal<HTMLElement | null>(null);

/** The room the legend may take: it grows over nothing that the camera fitted beside it. */
function legendSize(): { width: number; height: number } {
  const box = legendBox.value;
  const held = box ? getComputedStyle(box) : null;
  const most = (length: string | undefined, of: number): number =>
    length?.endsWith("%") ? (Number.parseFloat(length) / 100) * of : Number.parseFloat(length ?? "") || 0;
  const frame = box?.parentElement;
  return {
    width: most(held?.maxWidth, frame?.clientWidth ?? 0),
    height: most(held?.maxHeight, frame?.clientHeight ?? 0),
  };
}

function linkText(bundle: Bundle): string {
  if (bundle.links[0]?.fold) return "";
  return bundle.types.map((type) => t(`link.${type}`)).join(", ");
}

/** Keep the picture still on the screen while panels open, shut and are resized beside it. */
function compensate(box: HTMLElement, canvas: ChartCanvas): { catchUp: () => void; stop: () => void } {
  let from = box.getBoundingClientRect();
  const catchUp = (): void => {
    const to = box.getBoundingClientRect();
    if (to.width === 0) return;
    canvas.cy.resize();
    if (from.width > 0) canvas.panBy(from.left - to.left, from.top - to.top);
    from = to;
  };
  const watcher = new ResizeObserver(catchUp);
  watcher.observe(box);
  return {
    catchUp,
    stop: () => {
      watcher.disconnect();
    },
  };
}

function mount(box: HTMLElement, labels: HTMLCanvasElement): () => void {
  const canvas = new ChartCanvas(box, {
    select: act.select,
    selectLink: act.selectLink,
    expand: (id) => {
      act.askExpand([id]);
    },
    move: act.move,
    hover: (id) => {
      state.hovered.value = id;
    },
  });
  const overlay = new Overlay(labels, canvas.cy, legendSize);
  const watcher = compensate(box, canvas);
  let chartId: unknown = null;
  const stops = [
    effect(() => {
      const { chart, shown, degree, community } = state;
      canvas.sync({
        nodes: shown.value.nodes,
        bundles: bundlesShown.value,
        positions: chart.value.positions,
        degree: degree.value,
        community: community.value,
        byCommunity: chart.value.communities !== null,
        fresh: chart.value.fresh,
        theme: theme.value,
      });
      const opened = state.opening.value;
      if (opened !== chartId && shown.value.nodes.length > 0) {
        chartId = opened;
        requestAnimationFrame(() => {
          watcher.catchUp();
          canvas.fit(null, legendSize(), false);
        });
      }
    }),
    effect(() => {
      canvas.showSelection(state.selection.value, state.selectedLink.value);
    }),
    effect(() => {
      overlay.show({
        nodes: state.shown.value.nodes,
        bundles: bundlesShown.value,
        degree: state.degree.value,
        community: state.community.value,
        byCommunity: state.chart.value.communities !== null,
        selected: state.selection.value,
        selectedLink: state.selectedLink.value,
        hovered: state.hovered.value,
        pinned: state.chart.value.pinned,
        fresh: state.chart.value.fresh,
        theme: theme.value,
        linkText,
      });
    }),
  ];
  camera.value = {
    fit: (ids) => {
      canvas.fit(ids, legendSize());
    },
    zoomBy: (factor) => {
      canvas.zoomBy(factor);
    },
    actual: () => {
      canvas.zoomBy(1 / canvas.cy.zoom());
    },
    panBy: (x, y) => {
      canvas.panBy(x, y);
    },
  };
  pictureOf.value = () => ({
    camera: { zoom: canvas.cy.zoom(), ...canvas.cy.pan() },
    labels: overlay.drawn(),
    screen: (id) => {
      const node = canvas.cy.getElementById(id);
      const at = node.empty() ? { x: 0, y: 0 } : node.renderedPosition();
      const frame = box.getBoundingClientRect();
      return [at.x + frame.left, at.y + frame.top];
    },
  });
  return () => {
    stops.forEach((stop) => {
      stop();
    });
    camera.value = null;
    pictureOf.value = null;
    overlay.stop();
    watcher.stop();
    canvas.destroy();
  };
}

export function ChartView(): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const labels = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (!box.current || !labels.current) return;
    return mount(box.current, labels.current);
  }, []);
  return (
    <>
      <div class="chart" id="chart" role="application" aria-label={t("canvas.label")} tabIndex={0}>
        <div class="chart-canvas" ref={box} />
        <canvas class="chart-labels" ref={labels} aria-hidden="true" />
      </div>
      <Legend box={legendBox} />
      <div class="zoom" role="group" aria-label={t("act.zoomIn")}>
        <ActButton act="zoomIn" icon="plus" onClick={() => camera.value?.zoomBy(1.25)} />
        <ActButton act="zoomOut" icon="minus" onClick={() => camera.value?.zoomBy(0.8)} />
        <ActButton act="fit" icon="arrows-out" onClick={() => camera.value?.fit(null)} />
      </div>
      <StageStates />
    </>
  );
}
