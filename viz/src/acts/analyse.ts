/** Communities and centrality of what the chart shows, told with method, seed and plain words. */

import { api } from "../api/client.ts";
import type { CommunityAnswer } from "../api/types.ts";
import type { Communities } from "../core/chart.ts";
import { colour } from "../core/chart.ts";
import { betweenness, centralityWords, chart, commitChart, shown, working } from "./state.ts";

/** Colour the chart by communities, or back by family. */
export function toggleCommunities(): Promise<void> {
  if (chart.value.communities) {
    commitChart("communities", colour(chart.value, null));
    return Promise.resolve();
  }
  return working("communities", async (told, signal) => {
    const answer = await api.communities([...shown.value.ids], told, signal);
    signal.throwIfAborted();
    commitChart("communities", colour(chart.value, understood(answer)));
  });
}

function understood(answer: CommunityAnswer): Communities {
  // Found in all that may be seen, coloured and counted by what stands on this chart.
  const here = chart.value.nodes;
  const list = answer.communities
    .map((one) => ({
      id: String(one.id),
      name: one.name,
      members: one.members.filter((id) => here.has(id)),
      confidence: one.confidence,
    }))
    .filter((one) => one.members.length > 0)
    .sort((a, b) => b.members.length - a.members.length || (a.id < b.id ? -1 : 1));
  const confidence = answer.communities.flatMap((one) =>
    one.members.map((id, place): [string, number] => [id, one.member_confidence?.[place] ?? one.confidence]),
  );
  return {
    list,
    memberConfidence: new Map(confidence),
    modularity: answer.modularity,
    stability: answer.stability,
    method: answer.method,
    seed: answer.seed,
    explanation: together(answer.explanation, answer.chance?.explanation ?? {}),
  };
}

/** Two explanations as one, in each language. */
function together(one: Record<string, string>, other: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(one).map(([tongue, text]) => [tongue, `${text} ${other[tongue] ?? ""}`.trim()]),
  );
}

/** How much each thing lies between others: a column of the table. */
export function measureCentrality(): Promise<void> {
  return working("centrality", async (told, signal) => {
    const answer = await api.centrality([...shown.value.ids], told, signal);
    signal.throwIfAborted();
    betweenness.value = new Map(answer.nodes.map((node) => [node.id, node.betweenness]));
    centralityWords.value = answer.explanation;
  });
}
