/** Before anything is loaded: how many neighbours of which type there are, and a warning at a hub. */

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { expand, previewOf } from "../../acts/chart.ts";
import { language, t, why } from "../../acts/speak.ts";
import type { ExpandCount, Preview } from "../../api/types.ts";
import { ApiError } from "../../api/client.ts";
import { Icon, Mark, Modal } from "../../components/basic.tsx";
import { formatNumber } from "../../core/format.ts";
import { clean, cutEnd } from "../../core/labels.ts";
import { closeDialog } from "../../acts/state.ts";

const HUB = 200;

const keyOf = (row: ExpandCount): string => `${row.type}|${row.direction}`;

interface Group {
  key: string;
  type: string;
  direction: string;
  kinds: string[];
  count: number;
}

function grouped(counts: readonly ExpandCount[]): Group[] {
  const groups = new Map<string, Group>();
  for (const row of counts) {
    const held = groups.get(keyOf(row));
    if (held) {
      held.count += row.count;
      held.kinds.push(row.kind);
    } else
      groups.set(keyOf(row), {
        key: keyOf(row),
        type: row.type,
        direction: row.direction,
        kinds: [row.kind],
        count: row.count,
      });
  }
  return [...groups.values()].sort((a, b) => a.count - b.count || (a.key < b.key ? -1 : 1));
}

function Choice(props: { group: Group; on: boolean; onChange: (on: boolean) => void }): JSX.Element {
  const { group } = props;
  return (
    <label data-choice={group.type}>
      <input
        type="checkbox"
        checked={props.on}
        onChange={(event) => {
          props.onChange(event.currentTarget.checked);
        }}
      />
      <Mark kind={group.kinds[0] ?? ""} size={18} />
      <span class="grow">
        {t(`link.${group.type}`)}{" "}
        <span class="quiet">({group.kinds.map((kind) => t(`kind.${kind}`)).join(", ")})</span>
      </span>
      <span class="quiet">{t(`dialog.expand.${group.direction}`)}</span>
      <span>{formatNumber(group.count, language.value)}</span>
    </label>
  );
}

export function ExpandDialog({ ids, labels }: { ids: string[]; labels: string[] }): JSX.Element {
  const preview = useSignal<Preview | null>(null);
  const trouble = useSignal("");
  const chosen = useSignal<ReadonlySet<string>>(new Set());
  const limit = useSignal(100);
  useEffect(() => {
    previewOf(ids).then(
      (found) => {
        preview.value = found;
        const hub = found.hub || found.total > HUB;
        chosen.value = new Set(hub ? [] : found.counts.map(keyOf));
      },
      (error: unknown) => {
        if (!(error instanceof ApiError)) throw error;
        trouble.value = why(error);
      },
    );
  }, []);
  const groups = grouped(preview.value?.counts ?? []);
  const total = groups
    .filter((group) => chosen.value.has(group.key))
    .reduce((sum, group) => sum + group.count, 0);
  const found = preview.value;
  const title =
    ids.length === 1
      ? t("dialog.expand", { label: cutEnd(clean(labels[0] ?? ""), 40) })
      : t("dialog.expand.many", { n: ids.length });
  const load = (): void => {
    const picked = groups.filter((group) => chosen.value.has(group.key));
    const directions = new Set(picked.map((group) => group.direction));
    const direction = directions.size === 1 ? ([...directions][0] ?? "both") : "both";
    const types = [...new Set(picked.map((group) => group.type))];
    void expand({ ids, types, direction, limit: limit.value });
  };
  return (
    <Modal title={title} onClose={closeDialog}>
      <form
        class="content"
        onSubmit={(event) => {
          event.preventDefault();
          load();
        }}
      >
        {trouble.value && <p class="trouble">{trouble.value}</p>}
        {!found && !trouble.value && <p class="quiet">{t("app.loading")}</p>}
        {found && (found.hub || found.total > HUB) && (
          <p class="chip warn">
            <Icon name="warning" size={14} />
            {t("dialog.expand.hub", { n: formatNumber(found.total, language.value) })}
          </p>
        )}
        {found && groups.length === 0 && <p>{t("dialog.expand.none")}</p>}
        {groups.length > 0 && (
          <fieldset class="choices">
            <legend class="visually-hidden">{t("act.expand")}</legend>
            {groups.map((group) => (
              <Choice
                key={group.key}
                group={group}
                on={chosen.value.has(group.key)}
                onChange={(on) => {
                  const next = new Set(chosen.value);
                  if (on) next.add(group.key);
                  else next.delete(group.key);
                  chosen.value = next;
                }}
              />
            ))}
          </fieldset>
        )}
        <label class="field">
          <span>{t("dialog.expand.limit")}</span>
          <input
            type="number"
            min={1}
            max={1000}
            value={limit.value}
            onChange={(event) => {
              limit.value = Math.min(1000, Math.max(1, Number(event.currentTarget.value) || 100));
            }}
          />
        </label>
        <div class="buttons">
          <span class="quiet">
            {t("dialog.expand.count", { n: formatNumber(Math.min(total, limit.value), language.value) })}
          </span>
          <button type="submit" class="button primary" data-act="load" disabled={chosen.value.size === 0}>
            {t("act.expand")}
          </button>
        </div>
      </form>
    </Modal>
  );
}
