/** Undo and redo over named acts; at most a hundred steps are kept. */

export interface Step<T> {
  name: string;
  state: T;
}

export interface History<T> {
  past: readonly Step<T>[];
  present: T;
  future: readonly Step<T>[];
}

export const STEPS = 100;

/** A history that begins with the given state. */
export function begin<T>(present: T): History<T> {
  return { past: [], present, future: [] };
}

/** The history after an act; what had been undone can no longer be redone. */
export function commit<T>(history: History<T>, name: string, next: T): History<T> {
  if (next === history.present) return history;
  const past = [...history.past, { name, state: history.present }].slice(-STEPS);
  return { past, present: next, future: [] };
}

/** One step back, or the same history if there is none. */
export function undo<T>(history: History<T>): History<T> {
  const last = history.past.at(-1);
  if (!last) return history;
  return {
    past: history.past.slice(0, -1),
    present: last.state,
    future: [{ name: last.name, state: history.present }, ...history.future],
  };
}

/** One step forward, or the same history if there is none. */
export function redo<T>(history: History<T>): History<T> {
  const [next, ...rest] = history.future;
  if (!next) return history;
  return {
    past: [...history.past, { name: next.name, state: history.present }],
    present: next.state,
    future: rest,
  };
}
