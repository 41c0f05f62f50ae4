/** Saved charts: opened with a click. */

import type { JSX } from "preact";
import { open, startNew } from "../../acts/keep.ts";
import { language, t } from "../../acts/speak.ts";
import * as state from "../../acts/state.ts";
import { ActButton, Icon } from "../../components/basic.tsx";
import { formatDate } from "../../core/format.ts";
import { clean } from "../../core/labels.ts";

export function Charts(): JSX.Element {
  const charts = state.savedCharts.value;
  return (
    <div class="scroll">
      <div class="form">
        <ActButton act="new" icon="plus" text onClick={startNew} />
      </div>
      {charts.length === 0 && <p class="section quiet">{t("charts.none")}</p>}
      <ul>
        {charts.map((chart) => (
          <li key={chart.id}>
            <button
              type="button"
              class="row"
              data-chart={chart.id}
              aria-current={chart.id === state.document_.value.id}
              onClick={() => void open(chart.id)}
            >
              <Icon name="share-network" />
              <span class="grow">
                <bdi>{clean(chart.name)}</bdi>
                <br />
                <span class="quiet">
                  {[chart.case, chart.created_by, formatDate(chart.updated_at, language.value)]
                    .filter(Boolean)
                    .join(" · ")}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
