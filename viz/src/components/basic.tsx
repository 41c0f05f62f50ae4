/** Small parts that every panel uses. */

import type { ComponentChildren, JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../acts/speak.ts";
import { theme } from "../acts/theme.ts";
import { keyOf } from "../core/shortcuts.ts";
import type { IconName } from "../design/icons.ts";
import { iconPath } from "../design/icons.ts";
import { familyColour, markOf } from "../design/style.ts";

export function Icon({ name, size = 16 }: { name: string; size?: number }): JSX.Element {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 256 256" aria-hidden="true" focusable="false">
      <path d={iconPath(name)} />
    </svg>
  );
}

interface ButtonProps {
  act: string;
  icon?: IconName;
  text?: boolean;
  label?: string;
  primary?: boolean;
  disabled?: boolean;
  pressed?: boolean;
  class?: string;
  onClick: () => void;
}

/** A button of an act: its icon, its text where it is a main one, and a tooltip with name and key. */
export function ActButton(props: ButtonProps): JSX.Element {
  const label = props.label ?? t(`act.${props.act}`);
  const key = keyOf(props.act);
  return (
    <button
      type="button"
      class={`button ${props.primary ? "primary" : ""} ${props.text ? "" : "bare"} ${props.class ?? ""}`}
      data-act={props.act}
      title={key ? `${label} (${key})` : label}
      aria-label={props.text ? undefined : label}
      aria-pressed={props.pressed}
      aria-keyshortcuts={key || undefined}
      disabled={props.disabled}
      onClick={props.onClick}
    >
      {props.icon && <Icon name={props.icon} />}
      {props.text && <span>{label}</span>}
    </button>
  );
}

const outlines: Record<string, string> = {
  ellipse: "M16 3a13 13 0 1 0 .01 0Z",
  "round-rectangle": "M5 6h22a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3H5a3 3 0 0 1-3-3V9a3 3 0 0 1 3-3Z",
  tag: "M2 6h19l9 10-9 10H2Z",
  hexagon: "M9 3h14l8 13-8 13H9L1 16Z",
  diamond: "M16 0l16 16-16 16L0 16Z",
  rectangle: "M5 1h22v30H5Z",
  octagon: "M10 2h12l8 8v12l-8 8H10l-8-8V10Z",
};

/** The mark of a kind as it stands on the chart, for lists and the legend. */
export function Mark({
  kind,
  colour,
  size = 20,
}: {
  kind: string;
  colour?: string;
  size?: number;
}): JSX.Element {
  const mark = markOf(kind);
  const fill = colour ?? familyColour(theme.value, mark.family);
  const inner = mark.shape === "diamond" || mark.shape === "rectangle" ? 0.055 : 0.07;
  const half = (256 * inner) / 2;
  return (
    <svg class="mark" width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path d={outlines[mark.shape] ?? outlines["ellipse"]} fill={fill} />
      <path
        class="mark-icon"
        d={iconPath(mark.icon)}
        transform={`translate(${16 - half + (mark.dx < 0 ? -2 : 0)} ${16 - half}) scale(${inner})`}
      />
    </svg>
  );
}

interface TabsProps<T extends string> {
  label: string;
  of: string;
  tabs: readonly T[];
  chosen: T;
  name: (tab: T) => string;
  onChoose: (tab: T) => void;
}

/** A row of tabs, walked through with the arrow keys. */
export function Tabs<T extends string>(props: TabsProps<T>): JSX.Element {
  const step = (event: KeyboardEvent, by: number): void => {
    const row = (props.tabs.indexOf(props.chosen) + by + props.tabs.length) % props.tabs.length;
    const next = props.tabs[row];
    if (!next) return;
    event.preventDefault();
    props.onChoose(next);
    (event.currentTarget as HTMLElement).querySelector<HTMLElement>(`[data-tab="${next}"]`)?.focus();
  };
  return (
    <div
      class="tabs"
      role="tablist"
      aria-label={props.label}
      onKeyDown={(event) => {
        if (event.key === "ArrowRight") step(event, 1);
        if (event.key === "ArrowLeft") step(event, -1);
      }}
    >
      {props.tabs.map((tab) => (
        <button
          type="button"
          role="tab"
          key={tab}
          id={`${props.of}-tab-${tab}`}
          data-tab={tab}
          aria-selected={tab === props.chosen}
          aria-controls={`${props.of}-panel`}
          tabIndex={tab === props.chosen ? 0 : -1}
          onClick={() => {
            props.onChoose(tab);
          }}
        >
          {props.name(tab)}
        </button>
      ))}
    </div>
  );
}

/** A dialog of the platform: focus is held inside, Esc closes, the rest is inert.
 *
 * It opens with the drawing that brings it and is gone when Esc returns: a key pressed right before or after is not lost.
 */
export function Modal(props: {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
}): JSX.Element {
  const ref = useRef<HTMLDialogElement>(null);
  const gone = useRef(false);
  useLayoutEffect(() => {
    ref.current?.showModal();
  }, []);
  const left = (): void => {
    if (gone.current) return;
    gone.current = true;
    props.onClose();
  };
  const cancelled = (event: Event): void => {
    // A file chooser inside is cancelled too.
    if (event.target !== ref.current) return;
    event.preventDefault();
    ref.current?.close();
    left();
  };
  return (
    <dialog ref={ref} class="dialog" aria-labelledby="dialog-title" onCancel={cancelled} onClose={left}>
      <header>
        <h2 id="dialog-title">{props.title}</h2>
        <ActButton act="close" icon="close" onClick={() => ref.current?.close()} />
      </header>
      {props.children}
    </dialog>
  );
}

interface EmptyProps {
  name: string;
  text: string;
  button: string;
  onClick: () => void;
}

/** One of the five empty states: one sentence and one button. */
export function Empty({ name, text, button, onClick }: EmptyProps): JSX.Element {
  return (
    <div class="empty" data-empty={name} role="status">
      <p>{text}</p>
      <button type="button" class="button" onClick={onClick}>
        {button}
      </button>
    </div>
  );
}
