/** The status bar: what is shown and what is not, so that the counts add up. */

import type { JSX } from "preact";
import { loadMore, reveal, setFilters, toggleFold } from "../acts/chart.ts";
import { language, t } from "../acts/speak.ts";
import * as state from "../acts/state.ts";
import { noFilters } from "../core/chart.ts";
import { formatNumber } from "../core/format.ts";

function Undoable({
  name,
  count,
  onClick,
}: {
  name: string;
  count: number;
  onClick: () => void;
}): JSX.Element {
  const text = t(`status.${name}`, { n: formatNumber(count, language.value) });
  if (count === 0) return <span data-count={name}>{text}</span>;
  return (
    <button type="button" class="status-button" data-count={name} onClick={onClick}>
      {text}
    </button>
  );
}

export function StatusBar(): JSX.Element {
  const { nodes, links, byHand, byFilter, byFold, byLimit, filteredLinks } = state.shown.value;
  const n = (count: number): string => formatNumber(count, language.value);
  return (
    <footer class="status" aria-label={t("status.label")}>
      <span data-count="shown">{t("status.shown", { n: n(nodes.length) })}</span>
      <span data-count="links" class="quiet">
        {t("status.links", { n: n(links.length) })}
      </span>
      {state.cutOff.value ? (
        <Undoable name="limit" count={byLimit} onClick={() => void loadMore()} />
      ) : (
        <span data-count="limit">{t("status.limit", { n: n(byLimit) })}</span>
      )}
      <Undoable
        name="filters"
        count={byFilter}
        onClick={() => {
          setFilters(noFilters);
        }}
      />
      {filteredLinks.length > 0 && (
        <Undoable
          name="linksFiltered"
          count={filteredLinks.length}
          onClick={() => {
            setFilters(noFilters);
          }}
        />
      )}
      {byHand > 0 && <Undoable name="hand" count={byHand} onClick={reveal} />}
      {byFold > 0 && <Undoable name="fold" count={byFold} onClick={() => void toggleFold()} />}
      <span data-count="policy">{t("status.policy")}</span>
      <span class="gap" />
      {state.selection.value.size > 0 && (
        <span>{t("status.selected", { n: n(state.selection.value.size) })}</span>
      )}
      <span class="quiet">
        {t("status.data", { n: state.chart.value.counter || (state.me.value?.counter ?? 0) })}
      </span>
      <span class="quiet">{state.me.value?.actor}</span>
    </footer>
  );
}
