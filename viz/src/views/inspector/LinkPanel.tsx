/** What one drawn link rests on: each assertion with its date, basis, grade and source row; or what it folds. */

import type { JSX } from "preact";
import { openFold, select } from "../../acts/chart.ts";
import { language, t } from "../../acts/speak.ts";
import * as state from "../../acts/state.ts";
import type { Bundle } from "../../core/bundle.ts";
import type { ChartLink, Fold } from "../../core/columns.ts";
import { formatAmount, formatDate, formatNumber, formatSpan, formatValue } from "../../core/format.ts";
import { gradeLabel } from "../../core/grade.ts";
import { clean } from "../../core/labels.ts";
import { styleOf } from "../../core/visible.ts";
import { Mark } from "../../components/basic.tsx";
import { Cites } from "./Cite.tsx";

function End({ id }: { id: string }): JSX.Element | null {
  const node = state.chart.value.nodes.get(id);
  if (!node) return null;
  return (
    <button
      type="button"
      class="row"
      onClick={() => {
        select([id]);
      }}
    >
      <Mark kind={node.kind} />
      <span class="grow">
        <bdi>{clean(node.label)}</bdi>
      </span>
    </button>
  );
}

function Fact({ name, value }: { name: string; value: string }): JSX.Element | null {
  if (!value) return null;
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}

function FoldFacts({ link, fold }: { link: ChartLink; fold: Fold }): JSX.Element {
  const lang = language.value;
  const kinds = Object.entries(fold.kinds).map(
    ([kind, n]) => `${t(`kind.${kind}`)} ${formatNumber(n, lang)}`,
  );
  const values = Object.entries(fold.values).map(([unit, value]) => formatAmount(value, unit, lang));
  return (
    <>
      <p>{t("link.fold", { n: fold.count })}</p>
      <dl class="facts">
        <Fact name={t("search.kind")} value={kinds.join(", ")} />
        <Fact name={t("link.at")} value={formatSpan(fold.first, fold.last, lang)} />
        <Fact name={t("property.kg")} value={fold.kg ? formatNumber(fold.kg, lang) : ""} />
        <Fact name={t("property.value")} value={values.join(", ")} />
      </dl>
      <Cites ids={fold.records} total={fold.records_total} />
      <p>
        <button type="button" class="button" data-act="openFold" onClick={() => void openFold(link.id)}>
          {t("link.openFold")}
        </button>
      </p>
    </>
  );
}

function Assertion({ link }: { link: ChartLink }): JSX.Element {
  const lang = language.value;
  const stated = Object.entries(link.properties).filter(([, value]) => formatValue(value, lang));
  return (
    <li class="section" data-link={link.id}>
      <h3>{t(`link.${link.type}`)}</h3>
      {link.fold ? (
        <FoldFacts link={link} fold={link.fold} />
      ) : (
        <>
          <dl class="facts">
            <Fact name={t("link.confidence")} value={t(`style.${styleOf(link)}`)} />
            <Fact
              name={t("link.probability")}
              value={link.probability === null ? "" : `≈ ${formatNumber(link.probability, lang)}`}
            />
            <Fact name={t("link.basis")} value={link.basis ? t(`basis.${link.basis}`) : ""} />
            <Fact name={t("record.grade")} value={gradeLabel(link.grade)} />
            <Fact name={t("link.at")} value={link.at ? formatDate(link.at, lang) : ""} />
            {stated.map(([name, value]) => (
              <Fact key={name} name={t(`property.${name}`)} value={clean(formatValue(value, lang))} />
            ))}
          </dl>
          {link.record && <Cites ids={[link.record]} />}
        </>
      )}
    </li>
  );
}

export function LinkPanel({ bundle }: { bundle: Bundle }): JSX.Element {
  return (
    <div class="scroll" tabIndex={0} aria-label={t("link.title")}>
      <div class="section">
        <h2>{t("link.title")}</h2>
      </div>
      <End id={bundle.source} />
      <End id={bundle.target} />
      <ul>
        {bundle.links.map((link) => (
          <Assertion key={link.id} link={link} />
        ))}
      </ul>
    </div>
  );
}
