/** The legend: always open, counts live, a click selects, the eye filters a kind, a confidence or a link type away and back. */

import type { Signal } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";
import { select, setFilters } from "../../acts/chart.ts";
import { toggleCommunities } from "../../acts/analyse.ts";
import { both, language, t } from "../../acts/speak.ts";
import * as state from "../../acts/state.ts";
import { theme } from "../../acts/theme.ts";
import { ActButton, Icon, Mark } from "../../components/basic.tsx";
import type { ChartLink } from "../../core/columns.ts";
import { formatNumber } from "../../core/format.ts";
import type { LegendRow } from "../../core/legend.ts";
import { styleOf } from "../../core/visible.ts";
import { communityColour, lineOf, token } from "../../design/style.ts";

type LineName = "confirmed" | "probable" | "unconfirmed" | "inferred" | "path";

function LineSwatch({ name }: { name: LineName }): JSX.Element {
  const line = lineOf(name);
  const colour = token(theme.value, line.colour);
  return (
    <svg class="swatch" viewBox="0 0 20 16" aria-hidden="true">
      <line
        x1="0"
        y1="8"
        x2="14"
        y2="8"
        stroke={colour}
        stroke-width={line.width}
        stroke-dasharray={line.dash.map((dash) => dash * 0.6).join(" ")}
        stroke-linecap={line.cap as "butt" | "round"}
      />
      <path d="M13 4l6 4-6 4z" fill={line.arrow === "hollow" ? "none" : colour} stroke={colour} />
    </svg>
  );
}

type Sieve = "kinds" | "types" | "confidences";

function toggle(sieve: Sieve, key: string): void {
  const filters = state.chart.value.filters;
  const off = filters[sieve];
  setFilters({
    ...filters,
    [sieve]: off.includes(key) ? off.filter((one) => one !== key) : [...off, key],
  });
}

/** The rows of a sieve, also of what it keeps off although nothing of it could be drawn. */
function withOff(rows: readonly LegendRow[], sieve: Sieve): LegendRow[] {
  const idle = state.chart.value.filters[sieve].filter((key) => !rows.some((row) => row.key === key));
  return [...rows, ...idle.map((key) => ({ key, count: 0, filtered: 0 }))];
}

interface SievedProps {
  sieve: Sieve;
  row: LegendRow;
  name: string;
  onSelect: () => void;
  children?: ComponentChildren;
}

/** A row that selects, with the eye that filters it away and back; filtered ones stay counted. */
function SievedRow({ sieve, row, name, onSelect, children }: SievedProps): JSX.Element {
  const off = state.chart.value.filters[sieve].includes(row.key);
  const act = t(off ? "legend.showKind" : "legend.hideKind", { kind: name });
  const all = row.count + row.filtered;
  const mark = { kinds: "data-legend-kind", types: "data-legend-type", confidences: "data-legend-line" };
  return (
    <li class="pair">
      <button
        type="button"
        class={`row ${off ? "off" : ""}`}
        {...{ [mark[sieve]]: row.key }}
        title={row.filtered > 0 ? t("legend.ofAll", { n: row.count, all }) : name}
        onClick={onSelect}
      >
        {children}
        <span class="grow">{name}</span>
        <span class="quiet">{row.filtered > 0 ? `${String(row.count)} / ${String(all)}` : row.count}</span>
      </button>
      <button
        type="button"
        class="button bare"
        aria-pressed={off}
        title={act}
        aria-label={act}
        onClick={() => {
          toggle(sieve, row.key);
        }}
      >
        <Icon name="eye-slash" size={14} />
      </button>
    </li>
  );
}

function KindRow({ row }: { row: LegendRow }): JSX.Element {
  const colour = state.chart.value.communities ? token(theme.value, "other") : undefined;
  return (
    <SievedRow
      sieve="kinds"
      row={row}
      name={t(`kind.${row.key}`)}
      onSelect={() => {
        select(state.shown.value.nodes.filter((node) => node.kind === row.key).map((node) => node.id));
      }}
    >
      <Mark kind={row.key} {...(colour ? { colour } : {})} size={18} />
    </SievedRow>
  );
}

function selectLinks(test: (link: ChartLink) => boolean): void {
  select(new Set(state.shown.value.links.filter(test).flatMap((link) => [link.source, link.target])));
}

function StyleRow({ row }: { row: LegendRow }): JSX.Element {
  return (
    <SievedRow
      sieve="confidences"
      row={row}
      name={t(`style.${row.key}`)}
      onSelect={() => {
        selectLinks((link) => styleOf(link) === row.key);
      }}
    >
      <LineSwatch name={row.key as LineName} />
    </SievedRow>
  );
}

/** Link types, shut until asked for; says how many are off while shut. */
function TypeRows({ rows }: { rows: readonly LegendRow[] }): JSX.Element {
  const off = state.chart.value.filters.types.length;
  return (
    <details data-legend-types>
      <summary>
        {t("legend.types")} · {rows.length}
        {off > 0 && ` · ${t("legend.typesOff", { n: off })}`}
      </summary>
      <ul>
        {rows.map((row) => (
          <SievedRow
            key={row.key}
            sieve="types"
            row={row}
            name={t(`link.${row.key}`)}
            onSelect={() => {
              selectLinks((link) => link.type === row.key);
            }}
          />
        ))}
      </ul>
    </details>
  );
}

function PathRow({ count }: { count: number }): JSX.Element {
  return (
    <li>
      <button
        type="button"
        class="row"
        data-legend-line="path"
        onClick={() => {
          selectLinks((link) => state.chart.value.path.has(link.id));
        }}
      >
        <LineSwatch name="path" />
        <span class="grow">{t("style.path")}</span>
        <span class="quiet">{count}</span>
      </button>
    </li>
  );
}

/** What folding took off the picture: events by kind, and the summed links it left out. */
function FoldedRows({ ties }: { ties: number }): JSX.Element | null {
  const { folded, nodes, leftOut } = state.chart.value;
  if (folded.length === 0 && ties === 0) return null;
  const counted = folded
    .map((kind) => ({ kind, n: [...nodes.values()].filter((node) => node.kind === kind).length }))
    .filter(({ n }) => n > 0)
    .map(({ kind, n }) => `${t(`kind.${kind}`)} ${formatNumber(n, language.value)}`);
  return (
    <>
      <Sign text={`${t("style.folded")} (${String(ties)})`}>×n</Sign>
      {counted.length > 0 && (
        <li class="note" data-legend-folded>
          {t("legend.folded", { kinds: counted.join(", ") })}
          {leftOut > 0 && ` ${t("legend.leftOut", { n: formatNumber(leftOut, language.value) })}`}
        </li>
      )}
    </>
  );
}

function CommunityRows(): JSX.Element | null {
  const communities = state.chart.value.communities;
  if (!communities) return null;
  const shown = state.shown.value.ids;
  const rows = communities.list
    .map((one, row) => ({
      ...one,
      number: row < 7 ? row + 1 : 0,
      here: one.members.filter((id) => shown.has(id)),
    }))
    .filter((one) => one.here.length > 0);
  const lang = language.value;
  const facts = [
    t("legend.modularity", { n: formatNumber(communities.modularity, lang) }),
    t("legend.stability", { n: formatNumber(communities.stability, lang) }),
    t("legend.seed", { n: communities.seed }),
  ];
  return (
    <>
      <h2>{t("legend.communities")}</h2>
      <ul>
        {rows.map((one) => (
          <li key={one.id} class="wide">
            <button
              type="button"
              class="row"
              data-legend-community={one.number}
              title={one.name}
              onClick={() => {
                select(one.here);
              }}
            >
              <svg class="swatch" viewBox="0 0 20 16" aria-hidden="true">
                <rect
                  x="2"
                  y="1"
                  width="14"
                  height="14"
                  rx="3"
                  fill={communityColour(theme.value, one.number)}
                />
              </svg>
              <span class="grow">
                {one.number ? `C${String(one.number)} ` : `${t("legend.other")}: `}
                {one.name}
              </span>
              <span class="quiet">{one.here.length}</span>
            </button>
          </li>
        ))}
      </ul>
      <details data-legend-why>
        <summary>{t("legend.why")}</summary>
        <p class="note">{both(communities.explanation)}</p>
        <p class="note">{facts.join(" · ")}</p>
        <p class="note">
          <ActButton
            act="communities"
            label={t("legend.colourOff")}
            text
            onClick={() => void toggleCommunities()}
          />
        </p>
      </details>
    </>
  );
}

function Sign({ children, text }: { children: string; text: string }): JSX.Element {
  return (
    <li class="row">
      <svg class="swatch" viewBox="0 0 20 16" aria-hidden="true">
        <rect x="2" y="1" width="16" height="14" rx="4" fill="none" stroke={token(theme.value, "ink2")} />
        <text
          x="10"
          y="12"
          text-anchor="middle"
          font-size="10"
          font-weight="600"
          fill={token(theme.value, "ink")}
        >
          {children}
        </text>
      </svg>
      <span class="grow">{text}</span>
    </li>
  );
}

export function Legend({ box }: { box: Signal<HTMLElement | null> }): JSX.Element | null {
  const { kinds, styles, types, path, folded, hubs } = state.legend.value;
  if (state.chart.value.nodes.size === 0) return null;
  const fresh = state.chart.value.fresh.size;
  const lines = withOff(styles, "confidences");
  return (
    <section
      class="legend"
      aria-label={t("legend.label")}
      tabIndex={0}
      ref={(element) => {
        box.value = element;
      }}
    >
      <CommunityRows />
      <h2>{t("legend.kinds")}</h2>
      <ul>
        {withOff(kinds, "kinds").map((row) => (
          <KindRow key={row.key} row={row} />
        ))}
        {hubs > 0 && <Sign text={`${t("legend.hub")} (${String(hubs)})`}>H</Sign>}
        {state.chart.value.pinned.size > 0 && <Sign text={t("legend.pinned")}>•</Sign>}
        {fresh > 0 && (
          <li class="row">
            <svg class="swatch" viewBox="0 0 20 16" aria-hidden="true">
              <circle cx="10" cy="8" r="4" fill={token(theme.value, "accent")} />
            </svg>
            <span class="grow">{t("legend.fresh")}</span>
            <span class="quiet">{fresh}</span>
          </li>
        )}
      </ul>
      {lines.length > 0 && <h2>{t("legend.lines")}</h2>}
      <ul>
        {lines.map((row) => (
          <StyleRow key={row.key} row={row} />
        ))}
        {path > 0 && <PathRow count={path} />}
        <FoldedRows ties={folded} />
      </ul>
      {types.length > 0 && <TypeRows rows={withOff(types, "types")} />}
    </section>
  );
}
