/** How full each column is, as a bar with its percentage, and what it was in the load before. */

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { t } from "../../acts/speak.ts";
import { clean } from "../../core/labels.ts";
import type { Column, Quality } from "../../core/quality.ts";
import { columnsFirst } from "../../core/quality.ts";
import { Part, percent } from "./Part.tsx";

const FIRST = 25;
const WIDE = 96;

/** The bar is filled as far as the column is; a tick stands where it was before. */
function Fill({ column }: { column: Column }): JSX.Element {
  const now = Math.round(column.rate * WIDE);
  const before = column.rate_before === null ? null : Math.round(column.rate_before * WIDE);
  return (
    <svg class="fill" width={WIDE + 2} height="14" viewBox={`-1 0 ${String(WIDE + 2)} 14`} aria-hidden="true">
      <rect class="fill-room" x="0" y="3" width={WIDE} height="8" />
      <rect class="fill-now" x="0" y="3" width={now} height="8" />
      {before !== null && <line class="fill-before" x1={before} x2={before} y1="0" y2="14" />}
    </svg>
  );
}

function Row({ column }: { column: Column }): JSX.Element {
  return (
    <tr data-column={column.name} data-moved={column.moved || undefined}>
      <th scope="row" class="mono">
        <bdi>{clean(column.name)}</bdi>
      </th>
      <td>
        <Fill column={column} />
      </td>
      <td class="number">{percent(column.rate)}</td>
      <td class="number quiet">{column.rate_before === null ? "" : percent(column.rate_before)}</td>
      <td>
        {column.moved && <span class="chip warn">{t("quality.moved")}</span>}
        {column.state !== "read" && (
          <span class="chip" title={clean(column.reason)}>
            {t(`quality.state.${column.state}`)}
          </span>
        )}
      </td>
    </tr>
  );
}

export function Columns({ report }: { report: Quality }): JSX.Element {
  const all = useSignal(false);
  const columns = columnsFirst(report.columns);
  const shown = all.value ? columns : columns.slice(0, FIRST);
  const { share, columns: unread } = report.unread;
  return (
    <Part name="columns">
      {unread.length > 0 && (
        <p class="quiet">{t("quality.unreadShare", { n: unread.length, share: percent(share) })}</p>
      )}
      <table class="report-table">
        <thead>
          <tr>
            <th scope="col">{t("quality.column")}</th>
            <th scope="col" colSpan={2}>
              {t("quality.filled")}
            </th>
            <th scope="col" class="number">
              {t("quality.before")}
            </th>
            <td />
          </tr>
        </thead>
        <tbody>
          {shown.map((column) => (
            <Row key={column.name} column={column} />
          ))}
        </tbody>
      </table>
      {columns.length > shown.length && (
        <button
          type="button"
          class="button"
          data-act="allColumns"
          onClick={() => {
            all.value = true;
          }}
        >
          {t("quality.allColumns", { n: columns.length })}
        </button>
      )}
    </Part>
  );
}
