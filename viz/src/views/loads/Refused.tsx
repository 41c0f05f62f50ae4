/** Rows that did not load: by reason, each with its place in the file and its bytes as they came. */

import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import {
  moreRefused,
  openRefused,
  refusedRow,
  refusedRows,
  retried,
  retryRows,
  saveTable,
} from "../../acts/loads.ts";
import { language, t } from "../../acts/speak.ts";
import * as state from "../../acts/state.ts";
import type { RefusedBytes } from "../../api/types.ts";
import { ActButton, Modal } from "../../components/basic.tsx";
import { formatNumber } from "../../core/format.ts";
import type { Refused } from "../../core/loads.ts";
import { byReason, hexLines } from "../../core/loads.ts";
import { clean } from "../../core/labels.ts";
import { Trouble } from "../chart/StageStates.tsx";

function Row({ row }: { row: Refused }): JSX.Element {
  return (
    <li>
      <button
        type="button"
        class="row refused"
        data-refused={row.id}
        title={t("loads.openRow")}
        onClick={() => void openRefused(row.id)}
      >
        <span class="mono">
          <bdi>{clean(row.file)}</bdi> · <bdi>{clean(row.position)}</bdi>
        </span>
        <bdi class="quiet" lang="en">
          {clean(row.message)}
        </bdi>
      </button>
    </li>
  );
}

/** What can be done with the rows that wait, how far a retry is, and what the last one did. */
function Retry({ of, waiting }: { of: number; waiting: boolean }): JSX.Element {
  const running = state.busy.value.has("retryRows");
  const progress = state.busy.value.get("retryRows");
  const last = retried.value?.of === of ? retried.value.told : null;
  const n = (count: number): string => formatNumber(count, language.value);
  useEffect(() => {
    // What was pressed may be gone with the rows; the keyboard goes on from the heading.
    if (last && document.activeElement === document.body) document.getElementById("part-quarantine")?.focus();
  }, [last]);
  return (
    <>
      {waiting && (
        <div class="buttons">
          <ActButton
            act="retryRows"
            text
            onClick={() => {
              // A second press while it runs would only ask again for the same.
              if (!running) void retryRows(of);
            }}
          />
          <ActButton
            act="saveTable"
            text
            label={t("loads.saveRefused")}
            onClick={() => void saveTable(of, "quarantine")}
          />
        </div>
      )}
      <div role="status" data-retried={last ? of : undefined}>
        {running && (
          <progress
            aria-label={t("act.retryRows")}
            {...(typeof progress === "number" ? { value: progress } : {})}
          />
        )}
        {last && !running && (
          <p>
            {t("loads.retried", {
              rows: n(last.rows),
              loaded: n(last.loaded),
              superseded: n(last.superseded),
              left: n(last.left),
            })}
          </p>
        )}
      </div>
      <Trouble of={(act) => act === "retryRows"} />
    </>
  );
}

/** The refused rows of the load that is open, under their reasons. */
export function RefusedList({ of, total }: { of: number; total: number }): JSX.Element {
  const held = refusedRows.value;
  if (total === 0) return <p class="section quiet">{t("loads.noneRefused")}</p>;
  return (
    <>
      <Retry of={of} waiting={(held?.list.length ?? 0) > 0} />
      {held?.list.length === 0 && <p class="quiet">{t("loads.noneWaiting")}</p>}
      {byReason(held?.list ?? []).map((group) => (
        <section key={group.reason} data-reason={group.reason}>
          <h4 class="group-title">
            {t(`reason.${group.reason}`)} · {group.rows.length}
          </h4>
          <ul>
            {group.rows.map((row) => (
              <Row key={row.id} row={row} />
            ))}
          </ul>
        </section>
      ))}
      {held?.next && (
        <div class="section">
          <button type="button" class="button" data-act="moreRefused" onClick={() => void moreRefused()}>
            {t("act.more")}
          </button>
        </div>
      )}
    </>
  );
}

/** One refused row: why, where, its text with nothing hidden in it, and its bytes. */
export function RefusedDialog({ row }: { row: RefusedBytes }): JSX.Element {
  const lines = hexLines(row.raw_hex);
  const facts: [string, string][] = [
    ["reason", t(`reason.${row.reason}`)],
    ["message", row.message],
    ["file", row.file],
    ["position", row.position],
  ];
  return (
    <Modal
      title={t("loads.row")}
      onClose={() => {
        refusedRow.value = null;
      }}
    >
      <div class="content scroll" tabIndex={0} data-refused-row={row.id}>
        <dl class="facts">
          {facts.map(([name, value]) => (
            <>
              <dt>{t(`loads.${name}`)}</dt>
              <dd lang={name === "message" ? "en" : undefined}>
                <bdi>{clean(value)}</bdi>
              </dd>
            </>
          ))}
        </dl>
        <p>
          <ActButton
            act="retryRows"
            text
            label={t("loads.retryRow")}
            onClick={() => void retryRows(row.batch, row.id)}
          />
        </p>
        <Trouble of={(act) => act === "retryRows"} />
        <h3>{t("loads.text")}</h3>
        <pre tabIndex={0}>{clean(row.raw).slice(0, 20_000)}</pre>
        <h3>{t("loads.bytes", { n: row.raw_hex.length / 2 })}</h3>
        <pre class="hex" tabIndex={0} dir="ltr">
          {lines.map((line) => `${line.at}  ${line.hex.padEnd(47)}  ${line.text}`).join("\n")}
        </pre>
      </div>
    </Modal>
  );
}
