/** The read-only picture of the workbench that `window.graphintel.snapshot()` gives to tests and automation. */

export interface Snapshot {
  nodes: { id: string; kind: string; label: string; x: number; y: number; screen: [number, number] }[];
  links: { id: string; source: string; target: string; type: string; style: string; count: number }[];
  selection: string[];
  selectedLink: string | null;
  camera: { zoom: number; x: number; y: number };
  labels: { id: string; text: string; x: number; y: number; w: number; h: number }[];
  counts: {
    shown: number;
    byLimit: number;
    byFilter: number;
    byHand: number;
    byFold: number;
    links: number;
    linksByFilter: number;
    linksByEnds: number;
  };
  undo: number;
  redo: number;
  busy: string[];
}
