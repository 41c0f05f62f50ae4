/** One box for names in any script and identifiers in any spelling; answers grouped by kind with why they matched. */

import type { JSX } from "preact";
import { addThings, select } from "../../acts/chart.ts";
import { t } from "../../acts/speak.ts";
import * as state from "../../acts/state.ts";
import type { Hit } from "../../api/types.ts";
import { ActButton, Empty, Mark } from "../../components/basic.tsx";
import { clean } from "../../core/labels.ts";
import { kindOrder } from "../../design/style.ts";
import { Trouble } from "../chart/StageStates.tsx";

function take(hit: Hit): void {
  if (state.chart.value.nodes.has(hit.id)) select([hit.id]);
  else void addThings([hit.id]);
}

function HitRow({ hit }: { hit: Hit }): JSX.Element {
  const onChart = state.chart.value.nodes.has(hit.id);
  return (
    <li>
      <button
        type="button"
        class="row"
        data-hit={hit.id}
        title={clean(hit.label)}
        onClick={() => {
          take(hit);
        }}
      >
        <Mark kind={hit.kind} />
        <span class="grow">
          <bdi>{clean(hit.label)}</bdi>
        </span>
        <span class="quiet">{onChart ? t("search.onChart") : t(`search.why.${hit.why}`)}</span>
      </button>
    </li>
  );
}

function Hits({ hits }: { hits: readonly Hit[] }): JSX.Element {
  const kinds = kindOrder.filter((kind) => hits.some((hit) => hit.kind === kind));
  return (
    <div class="scroll" tabIndex={-1}>
      {kinds.map((kind) => {
        const some = hits.filter((hit) => hit.kind === kind);
        return (
          <section key={kind} aria-label={t(`kind.${kind}`)}>
            <h3 class="group-title">
              {t(`kind.${kind}`)} · {some.length}
            </h3>
            <ul>
              {some.map((hit) => (
                <HitRow key={hit.id} hit={hit} />
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

function cutBy(truncated: unknown): number {
  const count = (truncated as { by_limit?: number } | null)?.by_limit;
  return typeof count === "number" ? count : 0;
}

export function Search(): JSX.Element {
  const answer = state.searchAnswer.value;
  const cut = answer ? cutBy(answer.truncated) : 0;
  return (
    <>
      <form
        class="form"
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          const best = state.searchAnswer.value?.hits[0];
          if (best) take(best);
        }}
      >
        <label class="field">
          <span>{t("search.label")}</span>
          <input
            id="search"
            type="search"
            autocomplete="off"
            spellcheck={false}
            placeholder={t("search.placeholder")}
            value={state.searchText.value}
            onInput={(event) => {
              state.searchText.value = event.currentTarget.value;
            }}
          />
        </label>
        <label class="field">
          <span>{t("search.kind")}</span>
          <select
            value={state.searchKind.value}
            onChange={(event) => {
              state.searchKind.value = event.currentTarget.value;
            }}
          >
            <option value="">{t("search.any")}</option>
            {kindOrder.map((kind) => (
              <option key={kind} value={kind}>
                {t(`kind.${kind}`)}
              </option>
            ))}
          </select>
        </label>
        <div class="buttons">
          <ActButton
            act="paste"
            label={t("search.paste")}
            text
            onClick={() => {
              state.dialog.value = { name: "paste" };
            }}
          />
        </div>
      </form>
      <Trouble of={(act) => act === "search"} />
      {!answer && <p class="section quiet">{t("search.hint")}</p>}
      {answer?.hits.length === 0 && (
        <Empty
          name="match"
          text={t("empty.match", { query: clean(answer.query ?? state.searchText.value) })}
          button={t("empty.match.button")}
          onClick={() => {
            state.searchText.value = "";
          }}
        />
      )}
      {answer && answer.hits.length > 0 && <Hits hits={answer.hits} />}
      {cut > 0 && <p class="section quiet">{t("search.cut", { n: cut })}</p>}
    </>
  );
}
