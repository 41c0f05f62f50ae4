/** Saved questions with a form for their parameters, and their answers. */

import type { JSX } from "preact";
import { addPart, addThings } from "../../acts/chart.ts";
import { ask } from "../../acts/keep.ts";
import { both, language, t } from "../../acts/speak.ts";
import * as state from "../../acts/state.ts";
import type { Question, QuestionParam } from "../../api/types.ts";
import type { Plain } from "../../core/columns.ts";
import { cellText, idsIn, readableColumns } from "../../core/answers.ts";
import { plain } from "../../core/messages.ts";
import { Empty } from "../../components/basic.tsx";
import { Trouble } from "../chart/StageStates.tsx";

/** Rows of an answer that are listed; all of them can be put on the chart. */
const MOST = 200;

function inputType(type: string): string {
  if (type.includes("int") || type.includes("number") || type.includes("float")) return "number";
  return type.startsWith("date") ? "date" : "text";
}

function given(form: HTMLFormElement, params: readonly QuestionParam[]): Record<string, Plain> {
  const data = new FormData(form);
  const values: Record<string, Plain> = {};
  for (const param of params) {
    const text = String(data.get(param.name) ?? "").trim();
    if (text) values[param.name] = inputType(param.type) === "number" ? Number(text) : text;
  }
  return values;
}

function preset(param: QuestionParam): string {
  const [first] = state.selection.value;
  if (/^(id|entity|ids)$/.test(param.type) && first) return first;
  return param.default === null || param.default === undefined ? "" : String(param.default);
}

function QuestionForm({ question }: { question: Question }): JSX.Element {
  return (
    <form
      class="form"
      key={question.id}
      onSubmit={(event) => {
        event.preventDefault();
        void ask(question.id, given(event.currentTarget, question.params));
      }}
    >
      <p>{both(question.question)}</p>
      {question.params.map((param) => (
        <label class="field" key={param.name}>
          <span>{both(param.label) || plain(param.name)}</span>
          <input
            name={param.name}
            type={inputType(param.type)}
            step="any"
            autocomplete="off"
            defaultValue={preset(param)}
            required={param.default === undefined || param.default === null}
          />
        </label>
      ))}
      <div class="buttons">
        <button type="submit" class="button primary" data-act="ask" disabled={state.busy.value.has("ask")}>
          {t("act.ask")}
        </button>
      </div>
    </form>
  );
}

function cellOf(column: string, cell: unknown): string {
  const isKind = typeof cell === "string" && /(^|_)kind$/.test(column);
  return isKind ? t(`kind.${cell}`) : cellText(cell, language.value);
}

function AnswerTable({ columns, rows }: { columns: string[]; rows: unknown[][] }): JSX.Element {
  const readable = readableColumns(columns, rows);
  return (
    <table class="grid-table answer-table">
      <thead>
        <tr>
          {readable.map((column) => (
            <th key={column} scope="col" class="answer-head">
              {plain(columns[column] ?? "")}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.slice(0, MOST).map((row, number) => (
          <tr
            key={number}
            data-answer={number}
            onClick={() => {
              const ids = idsIn(row).slice(0, 50);
              if (ids.length > 0) void addThings(ids, "question");
            }}
          >
            {readable.map((column) => {
              const text = cellOf(columns[column] ?? "", row[column]);
              return (
                <td key={column} title={text}>
                  <bdi>{text}</bdi>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Answer(): JSX.Element | null {
  const answer = state.answer.value;
  if (!answer) return null;
  const part = answer.part;
  if (answer.rows.length === 0)
    return (
      <Empty
        name="match"
        text={t("empty.match", { query: state.questionId.value })}
        button={t("act.clear")}
        onClick={() => {
          state.answer.value = null;
        }}
      />
    );
  return (
    <section aria-label={t("questions.rows", { n: answer.rows.length })}>
      <div class="panel-head">
        <span>{t("questions.rows", { n: answer.rows.length })}</span>
        {part && part.nodes.length > 0 && (
          <button
            type="button"
            class="button"
            data-act="addAll"
            onClick={() => {
              addPart(part, "question");
            }}
          >
            {t("act.addAll")}
          </button>
        )}
      </div>
      <div class="answer" tabIndex={0} aria-label={t("questions.rows", { n: answer.rows.length })}>
        <AnswerTable columns={answer.columns} rows={answer.rows} />
      </div>
    </section>
  );
}

export function Questions(): JSX.Element {
  const list = state.questions.value;
  const chosen = list.find((question) => question.id === state.questionId.value);
  return (
    <div class="scroll">
      {list.length === 0 && <p class="section quiet">{t("questions.none")}</p>}
      {list.length > 0 && (
        <div class="form">
          <label class="field">
            <span>{t("questions.pick")}</span>
            <select
              id="question"
              value={state.questionId.value}
              onChange={(event) => {
                state.questionId.value = event.currentTarget.value;
                state.answer.value = null;
              }}
            >
              <option value="" />
              {list.map((question) => (
                <option key={question.id} value={question.id}>
                  {both(question.title)}
                </option>
              ))}
            </select>
          </label>
        </div>
      )}
      {chosen && <QuestionForm question={chosen} />}
      <Trouble of={(act) => act === "ask"} />
      <Answer />
    </div>
  );
}
