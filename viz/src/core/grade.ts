/** A grade as it is stored on records and links, in the short form that analysts write. */

/** `["admiralty","B","2"]` -> "B2", `["4x4","A","1","H1"]` -> "4x4: A1 H1"; "" if there is none. */
export function gradeLabel(stored: unknown): string {
  const fields = parsed(stored);
  if (!fields) return "";
  const [scheme = "", source = "", information = "", handling = ""] = fields;
  if (!source && !information) return "";
  const code = `${source}${information}${handling ? ` ${handling}` : ""}`;
  return scheme === "admiralty" || !scheme ? code : `${scheme}: ${code}`;
}

function parsed(stored: unknown): string[] | null {
  if (typeof stored === "string") {
    if (!stored.startsWith("[") && !stored.startsWith("{")) return stored ? ["", stored, "", ""] : null;
    try {
      return parsed(JSON.parse(stored));
    } catch {
      return null;
    }
  }
  if (Array.isArray(stored)) return stored.map(String);
  if (stored === null || typeof stored !== "object") return null;
  const held = stored as Record<string, unknown>;
  return [held["scheme"], held["source"], held["information"], held["handling"]].map((field) =>
    String(field ?? ""),
  );
}
