/** The language of the screen, switched at run time. */

import { computed, effect, signal } from "@preact/signals";
import type { Bilingual } from "../api/types.ts";
import { say } from "../core/messages.ts";
import type { Fill, Messages } from "../core/messages.ts";
import en from "../i18n/en.json" with { type: "json" };
import tr from "../i18n/tr.json" with { type: "json" };

export type Language = "en" | "tr";

const all: Record<Language, Messages> = { en, tr };
const KEY = "graphintel.language";

function initial(): Language {
  const held = localStorage.getItem(KEY);
  if (held === "en" || held === "tr") return held;
  return navigator.language.toLowerCase().startsWith("tr") ? "tr" : "en";
}

export const language = signal<Language>(initial());
const messages = computed(() => all[language.value]);

const known = (key: string): boolean => messages.value[key] !== undefined;

/** The text of a key in the present language. */
export const t = (key: string, fill?: Fill): string => say(messages.value, key, fill);

/** Why the server refused: its own sentence where the reader's language is the server's, else that of its code. */
export function why(error: { code: string; message: string }): string {
  if (language.value === "en" && error.message) return error.message;
  return known(`error.${error.code}`) ? t(`error.${error.code}`) : error.message || t("error.failed");
}

/** The server's own sentence beside the one of its code: it names what and where. */
export const inItsWords = (error: { message: string }): string =>
  language.value === "en" ? "" : error.message;

/** A text that the server gave in both languages. */
export function both(text: Bilingual | undefined): string {
  if (text === undefined) return "";
  return typeof text === "string" ? text : (text[language.value] ?? text["en"] ?? "");
}

effect(() => {
  document.documentElement.lang = language.value;
  localStorage.setItem(KEY, language.value);
});
