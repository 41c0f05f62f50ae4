/** The story of the first training case: what its answers name, turned into steps that are acts of the workbench. */

export type StoryAct = Readonly<Record<string, unknown>> & { name: string };

export interface TrainingStep {
  /** Key of the step's text. */
  key: string;
  fill: Readonly<Record<string, string>>;
  acts: readonly StoryAct[];
}

type Case = Readonly<Record<string, unknown>>;

function word(held: Case, name: string): string {
  const value = held[name];
  return typeof value === "string" ? value : "";
}

/** The steps that the answers of the case allow; what they do not name is left out. */
export function trainingSteps(held: Case): TrainingStep[] {
  const text = (name: string): string => word(held, name);
  const find = (q: string): StoryAct => ({ name: "search", q });
  const steps: (TrainingStep | false)[] = [
    text("notice") !== "" && {
      key: "notice",
      fill: {
        notice: text("notice"),
        plate: text("plate"),
        phone: text("phone"),
        grade: text("notice_grade"),
      },
      acts: [find(text("notice")), { name: "pick", q: text("notice") }],
    },
    text("plate") !== "" && {
      key: "scripts",
      fill: { plate: text("plate"), other: text("vehicle_other_script") },
      acts: [
        find(text("vehicle_other_script") || text("plate")),
        { name: "pick", q: text("plate") },
        { name: "tab", tab: "history" },
      ],
    },
    text("broker") !== "" && {
      key: "hub",
      fill: { broker: text("broker") },
      acts: [{ name: "pick", q: text("broker_id") || text("broker") }, { name: "ask" }],
    },
    text("phone") !== "" && {
      key: "phone",
      fill: { phone: text("phone"), front: text("front_company") },
      acts: [
        { name: "pick", q: text("phone") },
        { name: "expandSelected", types: ["USES"] },
      ],
    },
    { key: "communities", fill: {}, acts: [{ name: "communities" }] },
    { key: "map", fill: { observed: names(held["observed"]) }, acts: [{ name: "map" }] },
    text("seizure") !== "" && {
      key: "row",
      fill: { seizure: text("seizure") },
      acts: [{ name: "chart" }, { name: "pick", q: text("seizure") }, { name: "firstRecord" }],
    },
    { key: "export", fill: {}, acts: [{ name: "export" }] },
  ];
  return steps.filter((step) => step !== false);
}

function names(value: unknown): string {
  return Array.isArray(value) ? value.map(String).join(" – ") : "";
}
