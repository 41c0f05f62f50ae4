/** Asking the server: one function a question, one error for every refusal. */

import type { Columns, Part, Plain } from "../core/columns.ts";
import { decode } from "../core/columns.ts";
import type { Load, Refused, Retried } from "../core/loads.ts";
import type { Quality } from "../core/quality.ts";
import type * as shape from "./types.ts";

const BASE = "/api/v1/";

/** What the server refused, in its own sentence. */
export class ApiError extends Error {
  readonly code: string;
  readonly status: number;
  readonly detail: Record<string, unknown>;

  constructor(status: number, code: string, message: string, detail: Record<string, unknown> = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.detail = detail;
  }
}

async function send(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<Response> {
  const headers: Record<string, string> = {};
  if (method !== "GET") headers["X-Graphintel"] = "1";
  if (body !== undefined) headers["Content-Type"] = "application/json";
  let response: Response;
  try {
    response = await fetch(BASE + path, {
      method,
      headers,
      credentials: "same-origin",
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw new ApiError(0, "unreachable", "");
  }
  if (!response.ok) throw await refusal(response);
  return response;
}

async function refusal(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null);
  const error = (
    body as { error?: { code?: string; message?: string; detail?: Record<string, unknown> } } | null
  )?.error;
  return new ApiError(
    response.status,
    error?.code ?? "failed",
    error?.message ?? response.statusText,
    error?.detail,
  );
}

async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return (await (await send("GET", path, undefined, signal)).json()) as T;
}

async function post<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  return (await (await send("POST", path, body, signal)).json()) as T;
}

function query(values: Record<string, string | number | boolean | readonly string[] | undefined>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined || value === "") continue;
    for (const one of Array.isArray(value) ? (value as readonly string[]) : [value])
      params.append(name, String(one));
  }
  const text = params.toString();
  return text ? `?${text}` : "";
}

/** A file that the server made, with the name that it gave. */
async function attached(path: string, body?: unknown): Promise<{ name: string; blob: Blob }> {
  const response = await send("POST", path, body);
  const name = /filename="?([^";]+)"?/.exec(response.headers.get("Content-Disposition") ?? "")?.[1];
  return { name: name ?? "", blob: await response.blob() };
}

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
type Told = (progress: number | null) => void;

/** The result of an analysis, waited for through its job if the server made one. */
async function finished<T>(path: string, body: unknown, told: Told, signal: AbortSignal): Promise<T> {
  const response = await send("POST", path, body, signal);
  const first = (await response.json()) as T & { job?: string | { id: string } };
  if (response.status !== 202 || !first.job) return first;
  const id = typeof first.job === "string" ? first.job : first.job.id;
  for (;;) {
    const job = await get<shape.Job>(`jobs/${encodeURIComponent(id)}`, signal);
    told(job.progress);
    if (job.state === "done") return job.result as T;
    if (job.state === "failed" || job.state === "cancelled" || job.error) throw failedJob(job);
    await pause(300);
  }
}

function failedJob(job: shape.Job): ApiError {
  const error = job.error as { code?: string; message?: string } | null;
  return new ApiError(500, error?.code ?? "failed", error?.message ?? "", { job: job.id });
}

export interface ExpandWish {
  ids: readonly string[];
  types?: readonly string[];
  direction?: string;
  from?: string;
  to?: string;
  fold?: readonly string[];
  limit?: number;
  cursor?: string;
}

export const api = {
  me: () => get<shape.Me>("me"),
  search: (q: string, kind: string, signal: AbortSignal) =>
    post<shape.SearchAnswer>("search", { q, kind: kind || undefined, limit: 40 }, signal),
  entity: (id: string, signal: AbortSignal) =>
    get<shape.Entity>(`entities/${encodeURIComponent(id)}`, signal),
  entityRecords: (id: string, cursor: string, signal?: AbortSignal) =>
    get<{ records: shape.SourceRecord[]; next: string | null }>(
      `entities/${encodeURIComponent(id)}/records${query({ cursor })}`,
      signal,
    ),
  entityHistory: async (id: string, signal: AbortSignal): Promise<shape.LoadRow[]> =>
    list(await get<unknown>(`entities/${encodeURIComponent(id)}/history`, signal), "history"),
  record: (id: string) => get<shape.SourceRecord>(`records/${encodeURIComponent(id)}`),
  preview: (ids: readonly string[]) => get<shape.Preview>(`expand${query({ id: ids, preview: true })}`),
  lookup: (lines: readonly string[], signal: AbortSignal) =>
    post<{ lines: shape.PastedLine[] }>("lookup", { lines }, signal),
  expand: async (wish: ExpandWish, signal: AbortSignal): Promise<Part> =>
    decode(await post<Columns>("expand", wish, signal)),
  paths: async (from: string, to: string, hops: number, signal: AbortSignal): Promise<Part> =>
    decode(await get<Columns>(`paths${query({ from, to, max_hops: hops })}`, signal)),
  subgraph: async (
    ids: readonly string[],
    fold: readonly string[] = [],
    signal?: AbortSignal,
  ): Promise<Part> =>
    decode(await post<Columns>("subgraph", { ids, ...(fold.length > 0 ? { fold } : {}) }, signal)),
  communities: (ids: readonly string[], told: Told, signal: AbortSignal) =>
    finished<shape.CommunityAnswer>("analysis/communities", { ids }, told, signal),
  centrality: (ids: readonly string[], told: Told, signal: AbortSignal) =>
    finished<shape.CentralityAnswer>("analysis/centrality", { ids }, told, signal),
  routes: (wish: { commodity?: string; from?: string; to?: string; limit?: number }) =>
    get<shape.Routes>(`routes/observed${query(wish)}`),
  questions: async (): Promise<shape.Question[]> => list(await get<unknown>("queries"), "queries"),
  ask: (id: string, params: Record<string, Plain>) =>
    post<shape.Rows & { subgraph: Columns | null }>(`queries/${encodeURIComponent(id)}/run`, { params }),
  loads: (cursor: string) =>
    get<{ batches: Load[]; next: string | null }>(`batches${query({ cursor, limit: 100 })}`),
  quality: (batch: number) => get<Quality>(`batches/${String(batch)}/quality`),
  refused: (batch: number, cursor: string) =>
    get<{ rows: Refused[]; next: string | null }>(`quarantine${query({ batch, cursor, limit: 100 })}`),
  retryRows: (which: { batches?: number[]; rows?: string[] }, told: Told, signal: AbortSignal) =>
    finished<Retried>("quarantine/retry", { ...which, wait: 0.5 }, told, signal),
  loadTable: (batch: number, of: "quality" | "quarantine") =>
    attached(`batches/${String(batch)}/${of}/export`),
  refusedRow: (id: string) => get<shape.RefusedBytes>(`quarantine/${encodeURIComponent(id)}`),
  charts: async (): Promise<shape.ChartRow[]> => list(await get<unknown>("charts"), "charts"),
  chart: (id: string) => get<shape.Chart>(`charts/${encodeURIComponent(id)}`),
  saveChart: async (id: string | null, chart: object): Promise<shape.Chart> =>
    id
      ? ((await (await send("PUT", `charts/${encodeURIComponent(id)}`, chart)).json()) as shape.Chart)
      : post<shape.Chart>("charts", chart),
  exported: (wish: object) => attached("exports", wish),
};

/** A list that came bare or under its name. */
function list<T>(answer: unknown, name: string): T[] {
  if (Array.isArray(answer)) return answer as T[];
  const held = (answer as Record<string, unknown> | null)?.[name];
  return Array.isArray(held) ? (held as T[]) : [];
}
