/** A list of names and identifiers, pasted: one line each, its best hits, and those ticked go on the chart. */

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { addThings } from "../../acts/chart.ts";
import { lookUp } from "../../acts/find.ts";
import { t } from "../../acts/speak.ts";
import * as state from "../../acts/state.ts";
import type { Hit, PastedLine } from "../../api/types.ts";
import { Mark, Modal } from "../../components/basic.tsx";
import { clean } from "../../core/labels.ts";
import { certain, linesOf, MOST_LINES } from "../../core/pasted.ts";
import { Trouble } from "../chart/StageStates.tsx";

interface LineProps {
  line: PastedLine;
  chosen: ReadonlySet<string>;
  onChoose: (hit: Hit, on: boolean) => void;
}

function Line({ line, chosen, onChoose }: LineProps): JSX.Element {
  return (
    <fieldset data-pasted={line.text}>
      <legend>
        <bdi>{clean(line.text)}</bdi>
      </legend>
      {line.hits.length === 0 && <p class="quiet">{t("dialog.paste.none")}</p>}
      {line.hits.map((hit) => (
        <label key={hit.id} data-pasted-hit={hit.id}>
          <input
            type="checkbox"
            checked={chosen.has(hit.id)}
            onChange={(event) => {
              onChoose(hit, event.currentTarget.checked);
            }}
          />
          <Mark kind={hit.kind} size={18} />
          <span class="grow">
            <bdi>{clean(hit.label)}</bdi>
          </span>
          <span class="quiet">
            {state.chart.value.nodes.has(hit.id) ? t("search.onChart") : t(`search.why.${hit.why}`)}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

export function PasteDialog(): JSX.Element {
  const text = useSignal("");
  const found = useSignal<PastedLine[] | null>(null);
  const chosen = useSignal<ReadonlySet<string>>(new Set());
  const lines = linesOf(text.value);
  const asking = state.busy.value.has("lookup");
  const submit = (): void => {
    if (found.value) {
      state.closeDialog();
      void addThings([...chosen.value]);
      return;
    }
    void lookUp(lines.slice(0, MOST_LINES), (answer) => {
      found.value = answer;
      chosen.value = certain(answer);
    });
  };
  const choose = (hit: Hit, on: boolean): void => {
    const next = new Set(chosen.value);
    if (on) next.add(hit.id);
    else next.delete(hit.id);
    chosen.value = next;
  };
  return (
    <Modal
      title={t("dialog.paste")}
      onClose={() => {
        state.giveUp("lookup");
        state.closeDialog();
      }}
    >
      <form
        class="content"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <label class="field">
          <span>{t("dialog.paste.text")}</span>
          <textarea
            id="pasted"
            rows={found.value ? 3 : 10}
            spellcheck={false}
            value={text.value}
            onInput={(event) => {
              text.value = event.currentTarget.value;
              found.value = null;
            }}
          />
        </label>
        <Trouble of={(act) => act === "lookup"} />
        {lines.length > MOST_LINES && <p class="chip warn">{t("dialog.paste.most", { n: MOST_LINES })}</p>}
        {asking && <p class="quiet">{t("app.loading")}</p>}
        {found.value && (
          <div class="choices pasted" tabIndex={0}>
            {found.value.map((line) => (
              <Line key={line.text} line={line} chosen={chosen.value} onChoose={choose} />
            ))}
          </div>
        )}
        <div class="buttons">
          {found.value && (
            <span class="quiet">
              {t("dialog.paste.count", {
                n: found.value.filter((line) => line.hits.length > 0).length,
                all: found.value.length,
              })}
            </span>
          )}
          <button
            type="submit"
            class="button primary"
            data-act={found.value ? "addPasted" : "lookup"}
            disabled={asking || (found.value ? chosen.value.size === 0 : lines.length === 0)}
          >
            {t(found.value ? "dialog.paste.add" : "act.lookup", { n: chosen.value.size })}
          </button>
        </div>
      </form>
    </Modal>
  );
}
