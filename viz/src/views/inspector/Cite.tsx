/** A citation: source, row and grade of a record; a click shows the row itself. */

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { recordOf } from "../../acts/inspect.ts";
import { t } from "../../acts/speak.ts";
import * as state from "../../acts/state.ts";
import type { SourceRecord } from "../../api/types.ts";
import { ApiError } from "../../api/client.ts";
import { Icon } from "../../components/basic.tsx";
import { gradeLabel } from "../../core/grade.ts";
import { clean, cutMiddle } from "../../core/labels.ts";

/** The record under an id once it is loaded. */
export function useRecord(id: string): SourceRecord | null {
  const held = useSignal<SourceRecord | null>(null);
  const loaded = state.records.value?.list.find((record) => record.id === id) ?? null;
  useEffect(() => {
    let wanted = true;
    if (loaded) return;
    recordOf(id).then(
      (record) => {
        if (wanted) held.value = record;
      },
      (error: unknown) => {
        if (!(error instanceof ApiError)) throw error;
      },
    );
    return () => {
      wanted = false;
    };
  }, [id, loaded]);
  return loaded ?? (held.value?.id === id ? held.value : null);
}

export function Cite({ id }: { id: string }): JSX.Element {
  const record = useRecord(id);
  const grade = record ? gradeLabel(record.grade) || t("record.ungraded") : "";
  const words = record ? [record.source, cutMiddle(record.key, 24), grade] : [cutMiddle(id, 12)];
  return (
    <button
      type="button"
      class="cite"
      data-record={id}
      title={clean(words.join(" · "))}
      onClick={() => {
        state.dialog.value = { name: "record", id };
      }}
    >
      <Icon name="file-text" size={12} />
      <span>{clean(words.join(" · "))}</span>
    </button>
  );
}

/** Some records, the first few at once and the rest on request. */
export function Cites({ ids, total }: { ids: readonly string[]; total?: number }): JSX.Element | null {
  const open = useSignal(false);
  const shown = open.value ? ids.slice(0, 50) : ids.slice(0, 2);
  if (ids.length === 0) return null;
  return (
    <div class="cites">
      {shown.map((id) => (
        <Cite key={id} id={id} />
      ))}
      {ids.length > shown.length && (
        <button
          type="button"
          class="cite"
          onClick={() => {
            open.value = true;
          }}
        >
          {t("inspector.records", { n: total ?? ids.length })}
        </button>
      )}
    </div>
  );
}
