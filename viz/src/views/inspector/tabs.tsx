/** The four tabs of the inspector. */

import type { JSX } from "preact";
import { expand } from "../../acts/chart.ts";
import { moreRecords } from "../../acts/inspect.ts";
import { language, t } from "../../acts/speak.ts";
import * as state from "../../acts/state.ts";
import type { Entity, StatedValue } from "../../api/types.ts";
import type { Plain } from "../../core/columns.ts";
import { formatCountry, formatDate, formatValue } from "../../core/format.ts";
import { gradeLabel } from "../../core/grade.ts";
import { clean } from "../../core/labels.ts";
import { Cite, Cites } from "./Cite.tsx";

const identifiers = new Set(
  "national_id passport tax_id eori lei imo_company nipt trader_code registry_no plate vin imo mmsi number imei iban mrn awb hs s10 tir seal locode".split(
    " ",
  ),
);

const countries = new Set(
  "country tax_country registry_country national_id_country passport_country plate_country nationality flag".split(
    " ",
  ),
);

/** A stated value as the reader sees it: dates, numbers and countries in the language of the screen. */
function shownValue(name: string, value: Plain | Plain[]): string {
  const held =
    typeof value === "string" && countries.has(name) ? formatCountry(value, language.value) : value;
  return clean(formatValue(held, language.value));
}

function Value({ value }: { value: StatedValue }): JSX.Element {
  const text = shownValue(value.name, value.value);
  const raw = clean(value.raw);
  return (
    <div class="value">
      <dt>{t(`property.${value.name}`)}</dt>
      <dd>
        <bdi class={identifiers.has(value.name) ? "mono" : ""}>{text}</bdi>{" "}
        {value.verdict !== "valid" && (
          <span class={`chip ${value.verdict === "invalid" ? "bad" : "warn"}`}>
            {t(`inspector.verdict.${value.verdict}`)}
          </span>
        )}
        {raw && raw !== text && raw !== String(value.value) && (
          <p class="quiet">{t("inspector.rawValue", { raw })}</p>
        )}
        <Cites ids={value.records} />
      </dd>
    </div>
  );
}

export function ValuesTab({ entity }: { entity: Entity }): JSX.Element {
  if (entity.values.length === 0) return <p class="section quiet">{t("inspector.noValues")}</p>;
  return (
    <dl>
      {entity.values.map((value) => (
        <Value key={`${value.name}=${String(value.value)}`} value={value} />
      ))}
    </dl>
  );
}

export function LinksTab({ entity }: { entity: Entity }): JSX.Element {
  const onChart = new Map<string, number>();
  for (const link of state.shown.value.links)
    if (link.source === entity.id || link.target === entity.id)
      onChart.set(link.type, (onChart.get(link.type) ?? 0) + 1);
  const types = Object.entries(entity.links).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return (
    <ul>
      {types.map(([type, count]) => (
        <li key={type}>
          <button
            type="button"
            class="row"
            data-link-type={type}
            title={t("inspector.expandType", { type: t(`link.${type}`) })}
            onClick={() => void expand({ ids: [entity.id], types: [type], limit: 100 })}
          >
            <span class="grow">{t(`link.${type}`)}</span>
            <span class="quiet">{t("inspector.onChart", { n: onChart.get(type) ?? 0 })}</span>
            <span>{count}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

export function SourcesTab(): JSX.Element {
  const held = state.records.value;
  return (
    <>
      <ul>
        {held?.list.map((record) => (
          <li class="value" key={record.id}>
            <p>
              {record.source} · {gradeLabel(record.grade) || t("record.ungraded")}
            </p>
            <p class="quiet mono">
              {clean(record.file)} · {String(record.position)}
            </p>
            {record.banner && <p class="quiet">{record.banner}</p>}
            <div class="cites">
              <Cite id={record.id} />
            </div>
          </li>
        ))}
      </ul>
      {held?.next && (
        <div class="section">
          <button type="button" class="button" onClick={() => void moreRecords()}>
            {t("act.more")}
          </button>
        </div>
      )}
    </>
  );
}

export function HistoryTab({ entity }: { entity: Entity }): JSX.Element {
  return (
    <>
      <p class="section">{t("inspector.mentions", { n: entity.mentions.length })}</p>
      <ul>
        {entity.mentions.map((mention) => (
          <li class="value" key={mention.id}>
            <p>
              {mention.source} ·{" "}
              <span class="quiet">
                {mention.rule ? t("inspector.rule", { rule: mention.rule }) : t("inspector.single")}
              </span>
            </p>
            {Object.entries(mention.values ?? {}).map(([name, value]) => (
              <p key={name}>
                <span class="quiet">{t(`property.${name}`)}</span> {shownValue(name, value)}
              </p>
            ))}
          </li>
        ))}
      </ul>
      <Loads />
    </>
  );
}

function Loads(): JSX.Element | null {
  const history = state.loads.value;
  if (history.length === 0) return null;
  return (
    <ul>
      {history.map((load) => (
        <li class="value" key={load.batch}>
          <p>
            {t("record.batch")} {load.batch} · {load.source}
          </p>
          <p class="quiet">
            {[
              formatDate(load.at, language.value),
              load.actor,
              t("inspector.records", { n: load.records }),
            ].join(" · ")}
          </p>
        </li>
      ))}
    </ul>
  );
}
