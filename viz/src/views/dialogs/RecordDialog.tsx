/** One source row: its cells as delivered, where it stands in which file, how it is graded and may be handled. */

import type { JSX } from "preact";
import { language, t } from "../../acts/speak.ts";
import * as state from "../../acts/state.ts";
import type { SourceRecord } from "../../api/types.ts";
import { Modal } from "../../components/basic.tsx";
import { formatValue } from "../../core/format.ts";
import { gradeLabel } from "../../core/grade.ts";
import { clean } from "../../core/labels.ts";
import { useRecord } from "../inspector/Cite.tsx";

function rawText(raw: SourceRecord["raw"]): string {
  if (raw === null) return "";
  if (typeof raw === "string") return raw;
  return Object.entries(raw)
    .map(([name, value]) => `${name}: ${String(value)}`)
    .join("\n");
}

function Facts({ record }: { record: SourceRecord }): JSX.Element {
  const facts: [string, string, boolean][] = [
    ["source", record.source, false],
    ["file", record.file, true],
    ["position", String(record.position), true],
    ["hash", record.sha256, true],
    ["grade", gradeLabel(record.grade) || t("record.ungraded"), false],
    ["handling", record.banner, false],
    ["batch", String(record.batch), false],
    ["mapping", String(record.mapping_version), true],
    ["deliveries", record.deliveries.map(String).join(", "), false],
  ];
  return (
    <dl class="facts">
      {facts
        .filter(([, value]) => value)
        .map(([name, value, mono]) => (
          <>
            <dt>{t(`record.${name}`)}</dt>
            <dd class={mono ? "mono" : ""}>{clean(value)}</dd>
          </>
        ))}
    </dl>
  );
}

export function RecordDialog({ id }: { id: string }): JSX.Element {
  const record = useRecord(id);
  return (
    <Modal title={t("record.title")} onClose={state.closeDialog}>
      <div class="content scroll" tabIndex={0} data-source-row={id}>
        {!record && <p class="quiet">{t("app.loading")}</p>}
        {record && (
          <>
            <Facts record={record} />
            <h3>{t("record.cells")}</h3>
            <dl class="facts">
              {Object.entries(record.content)
                .filter(([, value]) => formatValue(value, language.value))
                .map(([name, value]) => (
                  <>
                    <dt class="mono">{clean(name)}</dt>
                    <dd>
                      <bdi>{clean(formatValue(value, language.value))}</bdi>
                    </dd>
                  </>
                ))}
            </dl>
            {rawText(record.raw) && (
              <>
                <h3>{t("record.raw")}</h3>
                <pre tabIndex={0}>{clean(rawText(record.raw)).slice(0, 20_000)}</pre>
              </>
            )}
          </>
        )}
      </div>
    </Modal>
  );
}
