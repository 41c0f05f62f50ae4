/** Dates, numbers and amounts in the reader's language; what is empty is left out. */

import type { Plain } from "./columns.ts";

/** Dates in English are read day first, as in exported charts. */
const region = (language: string): string => (language === "en" ? "en-GB" : language);

/** A date of day, month or year precision, with its time if it has one. */
export function formatDate(text: string, language: string): string {
  const match = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(?:[T ](\d{2}):(\d{2}))?/.exec(text);
  if (!match?.[1]) return text;
  const [, year, month, day, hour, minute] = match;
  const at = new Date(Date.UTC(+year, +(month ?? 1) - 1, +(day ?? 1), +(hour ?? 0), +(minute ?? 0)));
  const options: Intl.DateTimeFormatOptions = { timeZone: "UTC", year: "numeric" };
  if (month) options.month = "short";
  if (day) options.day = "numeric";
  if (hour && minute) Object.assign(options, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return new Intl.DateTimeFormat(region(language), options).format(at);
}

/** A span of two dates, or the one date that both are. */
export function formatSpan(first: string, last: string, language: string): string {
  const a = formatDate(first, language);
  const b = formatDate(last, language);
  return !b || a === b ? a : !a ? b : `${a} – ${b}`;
}

/** A country by its name and code, "Türkiye (TR)"; what is no code stays as it is. */
export function formatCountry(code: string, language: string): string {
  if (!/^[A-Z]{2}$/.test(code)) return code;
  const name = new Intl.DisplayNames(language, { type: "region", fallback: "none" }).of(code);
  return name && name !== code ? `${name} (${code})` : code;
}

/** A number with the language's separators. */
export function formatNumber(value: number, language: string, digits = 2): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value);
}

/** An amount such as 1.2 M EUR. */
export function formatAmount(value: number, unit: string, language: string): string {
  const short = new Intl.NumberFormat(language, { notation: "compact", maximumFractionDigits: 1 }).format(
    value,
  );
  return `${short} ${unit}`;
}

const dated = /^\d{4}-\d{2}(-\d{2}([T ]\d{2}:\d{2}.*)?)?$/;

/** A stated value as a reader sees it; "" if there is nothing to show. */
export function formatValue(value: Plain | Plain[] | undefined, language: string): string {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value))
    return value
      .map((item) => formatValue(item, language))
      .filter(Boolean)
      .join(", ");
  if (typeof value === "number") return formatNumber(value, language);
  if (typeof value === "string") return dated.test(value) ? formatDate(value, language) : value;
  return String(value);
}
