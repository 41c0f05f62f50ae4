/** What was loaded, newest first, and the report of the load that is chosen. */

import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { chosenLoad, listLoads, loadList, moreLoads, openLoad, refusedRow } from "../../acts/loads.ts";
import { language, t } from "../../acts/speak.ts";
import type { Load } from "../../core/loads.ts";
import { formatDate, formatNumber } from "../../core/format.ts";
import { clean } from "../../core/labels.ts";
import { Trouble } from "../chart/StageStates.tsx";
import { RefusedDialog } from "./Refused.tsx";
import { Report } from "./Report.tsx";

/** Up and down walk through the list, as in any list of the workbench. */
function walk(event: KeyboardEvent): void {
  const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (by === 0) return;
  const rows = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>("[data-load]")];
  const next = rows[rows.indexOf(document.activeElement as HTMLElement) + by];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

function LoadRow({ load }: { load: Load }): JSX.Element {
  const n = (count: number | undefined): string => formatNumber(count ?? 0, language.value);
  return (
    <li>
      <button
        type="button"
        class="row load"
        data-load={load.number}
        aria-pressed={chosenLoad.value === load.number}
        onClick={() => void openLoad(load.number)}
      >
        <span class="load-name">
          {load.number} · <bdi>{clean(load.source)}</bdi>
        </span>
        <span class="quiet">
          {formatDate(load.at, language.value)} · <bdi>{clean(load.accepted_by ?? load.actor)}</bdi>
        </span>
        <span class="quiet">
          {t("loads.rows", { n: n(load.rows_read) })}
          {(load.rows_quarantined ?? 0) > 0 && (
            <span class="chip warn">{t("loads.refused", { n: n(load.rows_quarantined) })}</span>
          )}
          {load.state !== "complete" && <span class="chip bad">{t(`loads.state.${load.state}`)}</span>}
        </span>
      </button>
    </li>
  );
}

export function LoadsView(): JSX.Element {
  useEffect(() => {
    void listLoads();
  }, []);
  const held = loadList.value;
  const chosen = held?.list.find((load) => load.number === chosenLoad.value);
  return (
    <div class="loads" role="region" aria-label={t("view.loads")}>
      <nav class="load-list" aria-label={t("loads.list")} onKeyDown={walk}>
        <Trouble of={(act) => act === "loads"} />
        {!held && <p class="section quiet">{t("app.loading")}</p>}
        {held?.list.length === 0 && <p class="section quiet">{t("loads.none")}</p>}
        <ul class="scroll">
          {held?.list.map((load) => (
            <LoadRow key={load.number} load={load} />
          ))}
        </ul>
        {held?.next && (
          <div class="section">
            <button type="button" class="button" onClick={() => void moreLoads()}>
              {t("act.more")}
            </button>
          </div>
        )}
      </nav>
      <section class="load-report scroll" tabIndex={0} aria-label={t("loads.report")}>
        {chosen ? (
          <Report key={chosen.number} load={chosen} />
        ) : (
          <p class="section quiet">{t("loads.choose")}</p>
        )}
      </section>
      {refusedRow.value && <RefusedDialog row={refusedRow.value} />}
    </div>
  );
}
