/** The legend: always open, counts live, a click selects, the eye filters a kind away and back. */

import type { Signal } from "@preact/signals";
import type { JSX } from "preact";
import { select, setFilters } from "../../acts/chart.ts";
import { toggleCommunities } from "../../acts/analyse.ts";
import { both, language, t } from "../../acts/speak.ts";
import * as state from "../../acts/state.ts";
import { theme } from "../../acts/theme.ts";
import { ActButton, Icon, Mark } from "../../components/basic.tsx";
import { formatNumber } from "../../core/format.ts";
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

function toggleKind(kind: string): void {
  const filters = state.chart.value.filters;
  const kinds = filters.kinds.includes(kind)
    ? filters.kinds.filter((one) => one !== kind)
    : [...filters.kinds, kind];
  setFilters({ ...filters, kinds });
}

function KindRow({ kind, count, off }: { kind: string; count: number; off: boolean }): JSX.Element {
  const name = t(`kind.${kind}`);
  const colour = state.chart.value.communities ? token(theme.value, "other") : undefined;
  return (
    <li class="pair">
      <button
        type="button"
        class={`row ${off ? "off" : ""}`}
        data-legend-kind={kind}
        onClick={() => {
          select(state.shown.value.nodes.filter((node) => node.kind === kind).map((node) => node.id));
        }}
      >
        <Mark kind={kind} {...(colour ? { colour } : {})} size={18} />
        <span class="grow">{name}</span>
        <span class="quiet">{count}</span>
      </button>
      <button
        type="button"
        class="button bare"
        aria-pressed={off}
        title={t(off ? "legend.showKind" : "legend.hideKind", { kind: name })}
        aria-label={t(off ? "legend.showKind" : "legend.hideKind", { kind: name })}
        onClick={() => {
          toggleKind(kind);
        }}
      >
        <Icon name="eye-slash" size={14} />
      </button>
    </li>
  );
}

function selectLinksOf(test: (id: string) => boolean): void {
  const links = state.shown.value.links.filter((link) => test(link.id));
  select(new Set(links.flatMap((link) => [link.source, link.target])));
}

function LineRow({ name, count }: { name: LineName; count: number }): JSX.Element {
  return (
    <li>
      <button
        type="button"
        class="row"
        data-legend-line={name}
        onClick={() => {
          const { links } = state.chart.value;
          selectLinksOf((id) => {
            const link = links.get(id);
            return (
              link !== undefined &&
              (name === "path" ? state.chart.value.path.has(id) : styleOf(link) === name)
            );
          });
        }}
      >
        <LineSwatch name={name} />
        <span class="grow">{t(`style.${name}`)}</span>
        <span class="quiet">{count}</span>
      </button>
    </li>
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
          <li key={one.id}>
            <button
              type="button"
              class="row"
              data-legend-community={one.number}
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
  const { kinds, styles, path, folded, hubs } = state.legend.value;
  const off = state.chart.value.filters.kinds;
  if (state.chart.value.nodes.size === 0) return null;
  const fresh = state.chart.value.fresh.size;
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
        {kinds.map(({ key, count }) => (
          <KindRow key={key} kind={key} count={count} off={false} />
        ))}
        {off.map((kind) => (
          <KindRow key={kind} kind={kind} count={0} off />
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
      {styles.length > 0 && <h2>{t("legend.lines")}</h2>}
      <ul>
        {styles.map(({ key, count }) => (
          <LineRow key={key} name={key as LineName} count={count} />
        ))}
        {path > 0 && <LineRow name="path" count={path} />}
        {folded > 0 && <Sign text={`${t("style.folded")} (${String(folded)})`}>×n</Sign>}
      </ul>
    </section>
  );
}
