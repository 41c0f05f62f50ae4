/** The report of one load: who, when and what became of its rows, and what did not load. */

import type { JSX } from "preact";
import { quality, saveTable } from "../../acts/loads.ts";
import { language, t } from "../../acts/speak.ts";
import * as state from "../../acts/state.ts";
import { ActButton, Icon } from "../../components/basic.tsx";
import type { Load } from "../../core/loads.ts";
import { outcomes, unaccounted } from "../../core/loads.ts";
import { formatDate, formatNumber } from "../../core/format.ts";
import { clean } from "../../core/labels.ts";
import type { Quality } from "../../core/quality.ts";
import { findings } from "../../core/quality.ts";
import { Trouble } from "../chart/StageStates.tsx";
import { Distributions, Drift } from "./Changes.tsx";
import { Columns } from "./Columns.tsx";
import { n, Part } from "./Part.tsx";
import { RefusedList } from "./Refused.tsx";
import { Future, Unplaced, Values, Vocabularies } from "./Values.tsx";

function Facts({ load }: { load: Load }): JSX.Element {
  const facts: [string, string][] = [
    ["when", formatDate(load.at, language.value)],
    ["who", load.accepted_by ?? load.actor],
    ["files", load.file_count === undefined ? "" : formatNumber(load.file_count, language.value)],
    ["mapping", load.mapping_version ?? ""],
    ["seconds", load.seconds === undefined ? "" : formatNumber(load.seconds, language.value, 1)],
    ["state", t(`loads.state.${load.state}`)],
  ];
  return (
    <dl class="facts section">
      {facts
        .filter(([, value]) => value)
        .map(([name, value]) => (
          <>
            <dt>{t(`loads.${name}`)}</dt>
            <dd>
              <bdi>{clean(value)}</bdi>
            </dd>
          </>
        ))}
    </dl>
  );
}

/** Rows read and what became of them: the second line adds up to the first. */
function Counts({ load }: { load: Load }): JSX.Element {
  const lost = unaccounted(load);
  return (
    <table class="counts" data-counts={load.number}>
      <caption class="quiet">{t("loads.counts")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("loads.rows_read")}</th>
          {outcomes.map((name) => (
            <th scope="col" key={name}>
              {t(`loads.${name}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <tr>
          <td>{n(load.rows_read)}</td>
          {outcomes.map((name) => (
            <td key={name} data-outcome={name}>
              {n(load[name])}
            </td>
          ))}
        </tr>
      </tbody>
      {lost !== 0 && (
        <tfoot>
          <tr>
            <td colSpan={5} class="bad">
              {t("loads.unaccounted", { n: n(lost) })}
            </td>
          </tr>
        </tfoot>
      )}
    </table>
  );
}

/** What stands out, each line leading to its part. */
function Findings({ report }: { report: Quality }): JSX.Element {
  const found = findings(report);
  if (found.length === 0) return <p class="section">{t("quality.nothing")}</p>;
  return (
    <>
      <div class="section">
        <ActButton
          act="saveTable"
          text
          label={t("loads.saveFindings")}
          onClick={() => void saveTable(report.batch, "quality")}
        />
        <Trouble of={(act) => act === "saveTable"} />
      </div>
      <ul class="findings section" aria-label={t("quality.findings")}>
        {found.map(({ part, n: count }) => (
          <li key={part}>
            <button
              type="button"
              class="row"
              data-finding={part}
              onClick={() => {
                // The heading takes the focus, so that the keyboard goes on from there.
                const heading = document.getElementById(`part-${part}`);
                heading?.focus();
                heading?.scrollIntoView({ block: "start" });
              }}
            >
              <Icon name="warning" size={14} />
              <span>{t(`quality.found.${part}`, { n: n(count) })}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function Parts({ report }: { report: Quality }): JSX.Element {
  const { duplicate, superseded } = report.rows;
  return (
    <>
      <Findings report={report} />
      <Drift report={report} />
      <Values report={report} />
      <Future report={report} />
      <Vocabularies report={report} />
      <Distributions report={report} />
      <Columns report={report} />
      <Unplaced report={report} />
      <Part name="duplicates">
        <p>{t("quality.duplicateRows", { n: n(duplicate), superseded: n(superseded) })}</p>
      </Part>
    </>
  );
}

export function Report({ load }: { load: Load }): JSX.Element {
  const told = quality.value;
  return (
    <article data-report={load.number}>
      <h2 class="section">
        {t("loads.title", { n: load.number })} · <bdi>{clean(load.source)}</bdi>
      </h2>
      <Trouble of={(act) => act === "load"} />
      <Facts load={load} />
      <div class="section">
        <Counts load={load} />
      </div>
      {!told && state.busy.value.has("load") && <p class="section quiet">{t("app.loading")}</p>}
      {told?.report && <Parts report={told.report} />}
      {told && !told.report && <p class="section quiet">{t("quality.notKept")}</p>}
      <Part name="quarantine">
        <RefusedList of={load.number} total={load.rows_quarantined ?? 0} />
      </Part>
    </article>
  );
}
