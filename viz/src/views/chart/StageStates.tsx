/** What stands over the chart when there is nothing to see, when work runs, and when an act failed. */

import type { JSX } from "preact";
import { loadMore, reveal, setFilters } from "../../acts/chart.ts";
import { inItsWords, t, why } from "../../acts/speak.ts";
import * as state from "../../acts/state.ts";
import { ActButton, Empty } from "../../components/basic.tsx";
import { noFilters } from "../../core/chart.ts";
import { clean } from "../../core/labels.ts";

/** Failures that stand beside their own cause and not over the chart. */
const elsewhere = new Set([
  "loads",
  "load",
  "retryRows",
  "saveTable",
  "search",
  "lookup",
  "inspect",
  "ask",
  "routes",
]);

export function failureText(failure: state.Failure): string {
  return t("empty.failed", { act: t(`act.${failure.act}`), message: why(failure) });
}

/** The server's own sentence, where the reader has another language. */
export function InItsWords({ of }: { of: { message: string } }): JSX.Element | null {
  const words = inItsWords(of);
  return words ? (
    <p class="quiet" lang="en">
      <bdi>{clean(words)}</bdi>
    </p>
  ) : null;
}

export function Trouble({ of }: { of: (act: string) => boolean }): JSX.Element | null {
  const failed = state.failure.value;
  if (!failed || !of(failed.act)) return null;
  return (
    <div class="trouble" role="alert" data-empty="failed">
      <p>{failureText(failed)}</p>
      <InItsWords of={failed} />
      {failed.job && <p class="quiet mono">{t("empty.failed.job", { id: failed.job })}</p>}
      <button type="button" class="button" onClick={() => failed.retry?.()}>
        {t("act.retry")}
      </button>
    </div>
  );
}

function showAll(): void {
  reveal();
  setFilters(noFilters);
}

function Running(): JSX.Element | null {
  const running = [...state.busy.value].filter(
    ([name]) => name !== "search" && name !== "lists" && name !== "lookup",
  );
  const [name, progress] = running[0] ?? [];
  if (!name) return null;
  return (
    <div class="running" role="status">
      <span>{t(`act.${name}`)}</span>
      <progress
        aria-label={t(`act.${name}`)}
        {...(typeof progress === "number" ? { value: progress } : {})}
      />
      {state.givable.has(name) && (
        <ActButton
          act="cancel"
          text
          onClick={() => {
            state.giveUp(name);
          }}
        />
      )}
    </div>
  );
}

function CutOff(): JSX.Element | null {
  const held = state.cutOff.value;
  if (!held || state.busy.value.has("expand")) return null;
  return (
    <div class="trouble limit" role="status" data-empty="limit">
      <p>{t("empty.limit", { n: held.cut })}</p>
      <button type="button" class="button" data-act="loadMore" onClick={() => void loadMore()}>
        {t("empty.limit.button")}
      </button>
      <ActButton
        act="close"
        text
        onClick={() => {
          state.cutOff.value = null;
        }}
      />
    </div>
  );
}

export function StageStates(): JSX.Element {
  const { nodes } = state.chart.value;
  const { ids } = state.shown.value;
  const opening = state.busy.value.has("open") || state.me.value === null;
  return (
    <>
      {nodes.size === 0 && !opening && !state.failure.value && (
        <Empty
          name="nothing"
          text={t("empty.nothing")}
          button={t("empty.nothing.button")}
          onClick={() => {
            state.drawerTab.value = "search";
            requestAnimationFrame(() => document.getElementById("search")?.focus());
          }}
        />
      )}
      {nodes.size > 0 && ids.size === 0 && (
        <Empty
          name="filters"
          text={t("empty.filters", { n: nodes.size })}
          button={t("empty.filters.button")}
          onClick={showAll}
        />
      )}
      <Trouble of={(act) => !elsewhere.has(act)} />
      <CutOff />
      <Running />
    </>
  );
}
