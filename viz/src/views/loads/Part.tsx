/** A part of the report: a heading that the summary leads to, and what stands under it. */

import type { ComponentChildren, JSX } from "preact";
import { language, t } from "../../acts/speak.ts";
import { formatNumber } from "../../core/format.ts";
import type { Part as PartName } from "../../core/quality.ts";

/** A number in the language of the reader. */
export const n = (count: number | undefined): string => formatNumber(count ?? 0, language.value);

/** A share as a percentage. */
export function percent(share: number): string {
  const style: Intl.NumberFormatOptions = { style: "percent", maximumFractionDigits: 1 };
  return new Intl.NumberFormat(language.value, style).format(share);
}

export function Part({ name, children }: { name: PartName; children: ComponentChildren }): JSX.Element {
  return (
    <section class="section part" aria-labelledby={`part-${name}`} data-part={name}>
      <h3 id={`part-${name}`} tabIndex={-1}>
        {t(`quality.${name}`)}
      </h3>
      {children}
    </section>
  );
}

/** "Nothing to see" in the words of a part. */
export function Nothing({ name }: { name: PartName }): JSX.Element {
  return <p class="quiet">{t(`quality.${name}.none`)}</p>;
}
