/** The inspector: what is stated of the selected thing or link, by which source and row, how it is graded. */

import type { JSX } from "preact";
import { t } from "../../acts/speak.ts";
import { selectedBundle } from "../../acts/picture.ts";
import * as state from "../../acts/state.ts";
import { Mark, Tabs } from "../../components/basic.tsx";
import type { ChartNode } from "../../core/columns.ts";
import { clean } from "../../core/labels.ts";
import { Trouble } from "../chart/StageStates.tsx";
import { LinkPanel } from "./LinkPanel.tsx";
import { HistoryTab, LinksTab, SourcesTab, ValuesTab } from "./tabs.tsx";
import { Splitter } from "../Splitter.tsx";

const tabs = ["values", "links", "sources", "history"] as const;

/** The selected thing as the chart knows it, while the server is still asked what is stated of it. */
function waited(): ChartNode | null {
  const last = [...state.selection.value].at(-1);
  return (last && state.chart.value.nodes.get(last)) || null;
}

function Head(): JSX.Element | null {
  const entity = state.entity.value ?? waited();
  if (!entity) return null;
  const many = state.selection.value.size;
  return (
    <div class="entity-head">
      <Mark kind={entity.kind} size={36} />
      <div>
        <h2>
          <bdi>{clean(entity.label)}</bdi>
        </h2>
        <p class="quiet">{t(`kind.${entity.kind}`)}</p>
        {entity.hub && <p class="chip warn">{t("inspector.hub")}</p>}
        {many > 1 && <p class="quiet">{t("inspector.many", { n: many })}</p>}
      </div>
    </div>
  );
}

export function Inspector(): JSX.Element {
  const entity = state.entity.value;
  const bundle = selectedBundle.value;
  const tab = state.inspectorTab.value;
  return (
    <aside class="inspector" aria-label={t("inspector.label")}>
      <Splitter name="inspector" />
      <Trouble of={(act) => act === "inspect"} />
      {bundle && <LinkPanel bundle={bundle} />}
      {!bundle && !entity && waited() && <Head />}
      {!bundle && !entity && (
        <p class="section quiet">{t(waited() && !state.failure.value ? "app.loading" : "inspector.none")}</p>
      )}
      {!bundle && entity && (
        <>
          <Head />
          <Tabs
            label={t("inspector.label")}
            of="inspector"
            tabs={tabs}
            chosen={tab}
            name={(one) => t(`inspector.tab.${one}`)}
            onChoose={(one) => {
              state.inspectorTab.value = one;
            }}
          />
          <div
            class="scroll"
            id="inspector-panel"
            role="tabpanel"
            tabIndex={0}
            aria-labelledby={`inspector-tab-${tab}`}
          >
            {tab === "values" && <ValuesTab entity={entity} />}
            {tab === "links" && <LinksTab entity={entity} />}
            {tab === "sources" && <SourcesTab />}
            {tab === "history" && <HistoryTab entity={entity} />}
          </div>
        </>
      )}
    </aside>
  );
}
