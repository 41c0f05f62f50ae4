/** Rows that did not load: by reason, each with its place in the file and its bytes as they came. */

import type { JSX } from "preact";
import { moreRefused, openRefused, refusedRow, refusedRows } from "../../acts/loads.ts";
import { t } from "../../acts/speak.ts";
import type { RefusedBytes } from "../../api/types.ts";
import { Modal } from "../../components/basic.tsx";
import type { Refused } from "../../core/loads.ts";
import { byReason, hexLines } from "../../core/loads.ts";
import { clean } from "../../core/labels.ts";

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
        <bdi class="quiet">{clean(row.message)}</bdi>
      </button>
    </li>
  );
}

/** The refused rows of the load that is open, under their reasons. */
export function RefusedList({ total }: { total: number }): JSX.Element {
  const held = refusedRows.value;
  if (total === 0) return <p class="section quiet">{t("loads.noneRefused")}</p>;
  return (
    <>
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
              <dd>
                <bdi>{clean(value)}</bdi>
              </dd>
            </>
          ))}
        </dl>
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
