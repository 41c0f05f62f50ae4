/** What changed since the load before: columns, and the shapes of distributions as small histograms. */

import type { JSX } from "preact";
import { language, t } from "../../acts/speak.ts";
import { formatNumber } from "../../core/format.ts";
import { clean } from "../../core/labels.ts";
import type { Bucket, Distribution, Quality } from "../../core/quality.ts";
import { histogram } from "../../core/quality.ts";
import { n, Nothing, Part, percent } from "./Part.tsx";

function Names({ name, columns }: { name: string; columns: readonly string[] }): JSX.Element | null {
  if (columns.length === 0) return null;
  return (
    <li data-drift={name}>
      {t(`quality.${name}`)}{" "}
      {columns.map((column) => (
        <span class="chip warn mono" key={column}>
          <bdi>{clean(column)}</bdi>
        </span>
      ))}
    </li>
  );
}

/** Columns that are new, missing or renamed. */
export function Drift({ report }: { report: Quality }): JSX.Element {
  const { drift, compared_with: other } = report;
  const none = drift.new.length + drift.missing.length + drift.renamed.length === 0;
  return (
    <Part name="drift">
      {other === null && <p class="quiet">{t("quality.first")}</p>}
      {other !== null && none && <Nothing name="drift" />}
      <ul class="words">
        <Names name="newColumns" columns={drift.new} />
        <Names name="missingColumns" columns={drift.missing} />
        {drift.renamed.map((one) => (
          <li key={one.from} data-drift="renamed">
            {t("quality.renamed")}{" "}
            <span class="chip warn mono">
              <bdi>{clean(one.from)}</bdi> → <bdi>{clean(one.to)}</bdi>
            </span>{" "}
            <span class="quiet">
              {t(`quality.why.${one.why}`)} · {percent(one.likeness)}
            </span>
          </li>
        ))}
      </ul>
    </Part>
  );
}

function bucketName(bucket: Bucket): string {
  if (bucket.word !== undefined) return bucket.word === null ? t("quality.others") : clean(bucket.word);
  const end = (value: number | null | undefined): string =>
    value === null || value === undefined ? "…" : formatNumber(value, language.value);
  return `${end(bucket.from)} – ${end(bucket.to)}`;
}

const WIDE = 260;
const HIGH = 48;

/** Hollow bars for the load before, filled ones for this: told apart without colour. */
function Histogram({ one }: { one: Distribution }): JSX.Element {
  const bars = histogram(one.buckets, WIDE, HIGH);
  return (
    <svg
      class="histogram"
      width={WIDE}
      height={HIGH + 2}
      viewBox={`0 -1 ${String(WIDE)} ${String(HIGH + 2)}`}
      role="img"
      aria-label={t("quality.histogram", {
        column: clean(one.column),
        psi: formatNumber(one.psi, language.value),
      })}
    >
      {bars.map(({ before, now, bucket }, row) => (
        <g key={row}>
          <title>
            {t("quality.bucket", {
              name: bucketName(bucket),
              before: percent(bucket.before),
              now: percent(bucket.now),
            })}
          </title>
          <rect
            class="bar-before"
            x={before.x}
            y={HIGH - before.height}
            width={before.width}
            height={before.height}
          />
          <rect class="bar-now" x={now.x} y={HIGH - now.height} width={now.width} height={now.height} />
        </g>
      ))}
      <line class="axis" x1="0" x2={WIDE} y1={HIGH} y2={HIGH} />
    </svg>
  );
}

/** The figures of a histogram, for those who cannot see it or want to know exactly. */
function Figures({ one }: { one: Distribution }): JSX.Element {
  return (
    <details>
      <summary>{t("quality.figures")}</summary>
      <table class="report-table">
        <thead>
          <tr>
            <th scope="col">{t("quality.class")}</th>
            <th scope="col" class="number">
              {t("quality.before")}
            </th>
            <th scope="col" class="number">
              {t("quality.now")}
            </th>
          </tr>
        </thead>
        <tbody>
          {one.buckets.map((bucket, row) => (
            <tr key={row}>
              <th scope="row">
                <bdi>{bucketName(bucket)}</bdi>
              </th>
              <td class="number">{percent(bucket.before)}</td>
              <td class="number">{percent(bucket.now)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function Shape({ one }: { one: Distribution }): JSX.Element {
  return (
    <li class="shape" data-distribution={one.column}>
      <p>
        <span class="mono">
          <bdi>{clean(one.column)}</bdi>
        </span>{" "}
        {one.moved && <span class="chip warn">{t("quality.moved")}</span>}{" "}
        <span class="quiet">PSI {formatNumber(one.psi, language.value)}</span>
      </p>
      <Histogram one={one} />
      <Figures one={one} />
    </li>
  );
}

/** Distributions that moved; those that stand still are counted and open on request. */
export function Distributions({ report }: { report: Quality }): JSX.Element {
  const moved = report.distributions.filter((one) => one.moved);
  const still = report.distributions.filter((one) => !one.moved);
  return (
    <Part name="distributions">
      {report.compared_with !== null && moved.length === 0 && <Nothing name="distributions" />}
      {report.compared_with === null && <p class="quiet">{t("quality.first")}</p>}
      {report.distributions.length > 0 && (
        <p class="quiet">
          <svg class="swatch" viewBox="0 0 20 16" aria-hidden="true">
            <rect class="bar-before" x="4" y="3" width="10" height="10" />
          </svg>
          {t("quality.loadBefore", { n: report.compared_with ?? "" })}
          <svg class="swatch" viewBox="0 0 20 16" aria-hidden="true">
            <rect class="bar-now" x="6" y="3" width="10" height="10" />
          </svg>
          {t("quality.thisLoad")}
        </p>
      )}
      <ul class="shapes">
        {moved.map((one) => (
          <Shape key={one.column} one={one} />
        ))}
      </ul>
      {still.length > 0 && (
        <details data-still>
          <summary>{t("quality.still", { n: n(still.length) })}</summary>
          <ul class="shapes">
            {still.map((one) => (
              <Shape key={one.column} one={one} />
            ))}
          </ul>
        </details>
      )}
    </Part>
  );
}
