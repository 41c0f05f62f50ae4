/** The table beside the chart: the same things, sorted by any column, linked both ways; only rows in view are built. */

import { useSignal, useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { measureCentrality } from "../../acts/analyse.ts";
import { select } from "../../acts/chart.ts";
import { camera } from "../../acts/camera.ts";
import { both, language, t } from "../../acts/speak.ts";
import * as state from "../../acts/state.ts";
import { Mark } from "../../components/basic.tsx";
import { formatDate, formatNumber } from "../../core/format.ts";
import { clean } from "../../core/labels.ts";
import type { Column, Order, TableRow } from "../../core/table.ts";
import { sorted, tableRows } from "../../core/table.ts";
import { tools } from "./tools.ts";

const ROW = 28;
const numbers: ReadonlySet<Column> = new Set<Column>(["links", "betweenness"]);

function columns(): Column[] {
  const list: Column[] = ["label", "kind", "links", "date"];
  if (state.chart.value.communities) list.push("community");
  if (state.betweenness.value.size > 0) list.push("betweenness");
  return list;
}

function text(row: TableRow, column: Column): string {
  switch (column) {
    case "label":
      return clean(row.label);
    case "kind":
      return t(`kind.${row.kind}`);
    case "links":
      return formatNumber(row.links, language.value);
    case "date":
      return row.date ? formatDate(row.date, language.value) : "";
    case "community":
      return row.community > 0 ? `C${String(row.community)}` : row.community === 0 ? t("legend.other") : "";
    case "betweenness":
      return row.betweenness === null ? "" : formatNumber(row.betweenness, language.value, 4);
  }
}

function pick(event: JSX.TargetedMouseEvent<HTMLTableRowElement>, id: string): void {
  select([id], event.ctrlKey || event.metaKey || event.shiftKey ? "toggle" : "set");
}

function Row({ row, cols, number }: { row: TableRow; cols: readonly Column[]; number: number }): JSX.Element {
  const selected = state.selection.value.has(row.id);
  return (
    <tr
      aria-selected={selected}
      aria-rowindex={number + 2}
      data-row={number}
      tabIndex={0}
      onClick={(event) => {
        pick(event, row.id);
      }}
      onDblClick={() => camera.value?.fit([row.id])}
      onKeyDown={(event) => {
        const next =
          event.key === "ArrowDown"
            ? "nextElementSibling"
            : event.key === "ArrowUp"
              ? "previousElementSibling"
              : "";
        if (event.key === "Enter" || event.key === " ") {
          event.preventDefault();
          select([row.id]);
        } else if (next) {
          event.preventDefault();
          (event.currentTarget[next] as HTMLElement | null)?.focus();
        }
      }}
    >
      {cols.map((column) => (
        <td key={column} class={numbers.has(column) ? "number" : ""} title={text(row, column)}>
          {column === "label" ? (
            <span class="inline">
              <Mark kind={row.kind} size={18} />
              <span>
                <bdi>{text(row, column)}</bdi>
              </span>
            </span>
          ) : (
            text(row, column)
          )}
        </td>
      ))}
    </tr>
  );
}

function Head({ column, order, onSort }: { column: Column; order: Order; onSort: () => void }): JSX.Element {
  const mine = order.column === column;
  return (
    <th
      scope="col"
      class={numbers.has(column) ? "number" : ""}
      aria-sort={mine ? (order.descending ? "descending" : "ascending") : "none"}
    >
      <button type="button" data-sort={column} onClick={onSort}>
        {t(`table.${column}`)}
        {mine ? (order.descending ? " ▾" : " ▴") : ""}
      </button>
    </th>
  );
}

function Tools(): JSX.Element {
  return (
    <>
      <button
        type="button"
        class="button bare"
        data-act="centrality"
        onClick={() => void measureCentrality()}
      >
        {t("act.centrality")}
      </button>
      <span class="quiet">{both(state.centralityWords.value)}</span>
    </>
  );
}

export function TableView(): JSX.Element {
  const order = useSignal<Order>({ column: "links", descending: true });
  const top = useSignal(0);
  const box = useRef<HTMLDivElement>(null);
  const all = tableRows(
    state.shown.value.nodes,
    state.degree.value,
    state.community.value,
    state.betweenness.value,
  );
  const rows = sorted(all, order.value, language.value);
  const cols = columns();
  const first = Math.max(0, Math.min(Math.floor(top.value / ROW) - 6, rows.length - 1));
  const last = Math.min(rows.length, first + 32);
  useEffect(() => {
    tools.value = Tools;
    return () => {
      tools.value = null;
    };
  }, []);
  const held = useRef(rows);
  held.current = rows;
  useSignalEffect(() => {
    const [only] = state.selection.value;
    const row =
      only && state.selection.value.size === 1 ? held.current.findIndex((one) => one.id === only) : -1;
    const scroller = box.current;
    if (row < 0 || !scroller) return;
    const at = row * ROW;
    if (at < scroller.scrollTop || at > scroller.scrollTop + scroller.clientHeight - 2 * ROW)
      scroller.scrollTop = at - ROW * 2;
  });
  return (
    <div
      class="table-scroll"
      ref={box}
      onScroll={(event) => {
        top.value = event.currentTarget.scrollTop;
      }}
    >
      <table class="grid-table" aria-rowcount={rows.length + 1}>
        <caption class="visually-hidden">{t("table.caption")}</caption>
        <thead>
          <tr>
            {cols.map((column) => (
              <Head
                key={column}
                column={column}
                order={order.value}
                onSort={() => {
                  const again = order.value.column === column;
                  order.value = { column, descending: again ? !order.value.descending : numbers.has(column) };
                }}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {first > 0 && <Spacer rows={first} />}
          {rows.slice(first, last).map((row, at) => (
            <Row key={row.id} row={row} cols={cols} number={first + at} />
          ))}
          {last < rows.length && <Spacer rows={rows.length - last} />}
        </tbody>
      </table>
    </div>
  );
}

function Spacer({ rows }: { rows: number }): JSX.Element {
  return (
    <tr class="spacer" aria-hidden="true">
      <td style={{ height: `${String(rows * ROW)}px` }} />
    </tr>
  );
}
