/** The story of a training case: steps that are real acts, undoable, and can be skipped. */

import type { JSX } from "preact";
import { doStep } from "../../acts/story.ts";
import { both, t } from "../../acts/speak.ts";
import * as state from "../../acts/state.ts";
import type { StoryStep } from "../../api/types.ts";

function finish(row: number): void {
  state.storyDone.value = new Set([...state.storyDone.value, row]);
}

function Step({ step, row, of }: { step: StoryStep; row: number; of: number }): JSX.Element {
  const done = state.storyDone.value.has(row);
  return (
    <li class={`story-step ${done ? "done" : ""}`} data-step={row}>
      <h3>
        {t("story.step", { n: row + 1, of })}
        {step.title ? ` · ${both(step.title)}` : ""}
      </h3>
      <p>{both(step.text)}</p>
      {!done && (
        <div class="buttons">
          {step.act !== undefined && (
            <button
              type="button"
              class="button"
              onClick={() =>
                void doStep(step).then(() => {
                  finish(row);
                })
              }
            >
              {t("story.do")}
            </button>
          )}
          <button
            type="button"
            class="button bare"
            onClick={() => {
              finish(row);
            }}
          >
            {t(step.act === undefined ? "story.done" : "story.skip")}
          </button>
        </div>
      )}
    </li>
  );
}

export function StoryCard(): JSX.Element {
  const story = state.story.value;
  const steps = story?.steps ?? [];
  return (
    <div class="scroll">
      {story?.title && <p class="section">{both(story.title)}</p>}
      <ol>
        {steps.map((step, row) => (
          <Step key={row} step={step} row={row} of={steps.length} />
        ))}
      </ol>
      {steps.length > 0 && state.storyDone.value.size === steps.length && (
        <p class="section">{t("story.finished")}</p>
      )}
    </div>
  );
}
