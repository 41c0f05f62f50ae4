/** The story of a training case: steps that are real acts, undoable, and can be skipped. */

import type { JSX } from "preact";
import { both, t } from "../../acts/speak.ts";
import * as state from "../../acts/state.ts";
import { doStep } from "../../acts/story.ts";
import type { StoryAct } from "../../core/story.ts";
import { trainingSteps } from "../../core/story.ts";
import { clean } from "../../core/labels.ts";

interface ShownStep {
  text: string;
  acts: readonly StoryAct[];
}

function stepsShown(): ShownStep[] {
  const story = state.story.value;
  if (!story) return [];
  if (story.steps) return story.steps.map((step) => ({ text: both(step.text), acts: [] }));
  return trainingSteps(story.case ?? {}).map((step) => ({
    text: clean(t(`story.${step.key}`, step.fill)),
    acts: step.acts,
  }));
}

function finish(row: number): void {
  state.storyDone.value = new Set([...state.storyDone.value, row]);
}

async function carryOut(step: ShownStep, row: number): Promise<void> {
  await doStep(step.acts);
  finish(row);
}

function Step({ step, row, of }: { step: ShownStep; row: number; of: number }): JSX.Element {
  const done = state.storyDone.value.has(row);
  const next =
    !done && Array.from({ length: row }, (_, at) => at).every((at) => state.storyDone.value.has(at));
  return (
    <li class={`story-step ${done ? "done" : ""}`} data-step={row} aria-current={next ? "step" : undefined}>
      <h3>
        {t("story.step", { n: row + 1, of })}
        {done ? " ✓" : ""}
      </h3>
      <p>{step.text}</p>
      {!done && (
        <div class="buttons">
          {step.acts.length > 0 && (
            <button
              type="button"
              class={`button ${next ? "primary" : ""}`}
              data-act="doStep"
              onClick={() => void carryOut(step, row)}
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
            {t(step.acts.length > 0 ? "story.skip" : "story.done")}
          </button>
        </div>
      )}
    </li>
  );
}

export function StoryCard(): JSX.Element {
  const steps = stepsShown();
  return (
    <div class="scroll" tabIndex={0}>
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
