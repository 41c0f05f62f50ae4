/** Values that cannot be true, with examples and their rows; words and places that nobody knows. */

import type { JSX } from "preact";
import { t } from "../../acts/speak.ts";
import * as state from "../../acts/state.ts";
import { clean } from "../../core/labels.ts";
import type { Example, Quality, ValueCheck, Vocabulary } from "../../core/quality.ts";
import { checksFirst } from "../../core/quality.ts";
import { n, Nothing, Part } from "./Part.tsx";

function ExampleRow({ example }: { example: Example }): JSX.Element {
  return (
    <li>
      <button
        type="button"
        class="cite"
        data-example={example.record}
        title={t("quality.openRecord")}
        onClick={() => {
          state.dialog.value = { name: "record", id: example.record };
        }}
      >
        <bdi class="mono">{clean(example.raw)}</bdi>
        <span class="quiet">
          {t(`kind.${example.kind}`)} · {clean(`${example.file}, ${example.position}`)}
        </span>
      </button>
    </li>
  );
}

function Check({ check }: { check: ValueCheck }): JSX.Element {
  return (
    <tr data-check={check.type}>
      <th scope="row">
        {t(`property.${check.type}`)}
        {check.examples.length > 0 && (
          <ul class="examples">
            {check.examples.map((example) => (
              <ExampleRow key={example.record + example.raw} example={example} />
            ))}
          </ul>
        )}
      </th>
      <td class="number">{n(check.valid)}</td>
      <td class={`number ${check.invalid > 0 ? "bad" : ""}`}>{n(check.invalid)}</td>
      <td class="number">{n(check.unknown)}</td>
    </tr>
  );
}

export function Values({ report }: { report: Quality }): JSX.Element {
  return (
    <Part name="values">
      {report.values.length === 0 && <Nothing name="values" />}
      {report.values.length > 0 && (
        <table class="report-table">
          <thead>
            <tr>
              <th scope="col">{t("quality.type")}</th>
              <th scope="col" class="number">
                {t("quality.valid")}
              </th>
              <th scope="col" class="number">
                {t("quality.invalid")}
              </th>
              <th scope="col" class="number">
                {t("quality.unknown")}
              </th>
            </tr>
          </thead>
          <tbody>
            {checksFirst(report.values).map((check) => (
              <Check key={check.type} check={check} />
            ))}
          </tbody>
        </table>
      )}
    </Part>
  );
}

/** Dates after the day of the load: they are loaded, and somebody should look at them. */
export function Future({ report }: { report: Quality }): JSX.Element {
  const { fields } = report.future;
  return (
    <Part name="future">
      {fields.length === 0 && <Nothing name="future" />}
      <ul class="words">
        {fields.map((field) => (
          <li key={`${field.kind} ${field.property}`} data-future={`${field.kind}.${field.property}`}>
            {t(`kind.${field.kind}`)} · {t(`property.${field.property}`)}{" "}
            <span class="quiet">×{n(field.count)}</span>
            <ul class="examples">
              {field.examples.map((example) => (
                <ExampleRow key={example.record + example.raw} example={{ ...example, kind: field.kind }} />
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </Part>
  );
}

function Words({ one }: { one: Vocabulary }): JSX.Element {
  return (
    <li data-vocabulary={one.column}>
      <span class="mono">
        <bdi>{clean(one.column)}</bdi>
      </span>{" "}
      {one.full && <span class="quiet">{t("quality.tooMany", { n: n(one.seen) })}</span>}
      {one.new.map(({ word, count }) => (
        <span class="chip warn" key={word}>
          <bdi>{clean(word)}</bdi> ×{n(count)}
        </span>
      ))}
    </li>
  );
}

/** Closed vocabularies with words that were never seen before. */
export function Vocabularies({ report }: { report: Quality }): JSX.Element {
  const told = report.vocabularies.filter((one) => one.new.length > 0 || one.full);
  return (
    <Part name="vocabularies">
      {told.length === 0 ? (
        <Nothing name="vocabularies" />
      ) : (
        <ul class="words">
          {told.map((one) => (
            <Words key={one.column} one={one} />
          ))}
        </ul>
      )}
    </Part>
  );
}

/** Places that stayed text, the most frequent first. */
export function Unplaced({ report }: { report: Quality }): JSX.Element {
  const { unplaced, unplaced_texts: texts, unplaced_count: count } = report;
  return (
    <Part name="unplaced">
      {texts === 0 && <Nothing name="unplaced" />}
      {texts > 0 && <p class="quiet">{t("quality.unplacedCount", { texts: n(texts), n: n(count) })}</p>}
      <ul class="words">
        {unplaced.map((place) => (
          <li key={place.text}>
            <bdi>{clean(place.text)}</bdi> <span class="quiet">×{n(place.count)}</span>
          </li>
        ))}
      </ul>
    </Part>
  );
}
