/** The start of the workbench. */

import "../fonts/fonts.css";
import "./design/app.css";
import { render } from "preact";
import { watchSearch } from "./acts/find.ts";
import { loadLists, openFirst, watchDraft } from "./acts/keep.ts";
import { watchKeys } from "./acts/keyboard.ts";
import { offerSnapshot } from "./acts/picture.ts";
import { rememberPanels } from "./acts/remember.ts";
import * as state from "./acts/state.ts";
import { api } from "./api/client.ts";
import { App } from "./views/App.tsx";
import { restoreWidths } from "./views/Splitter.tsx";

/** Labels are measured and drawn on a canvas, which does not wait for fonts by itself. */
async function fonts(): Promise<void> {
  const wanted = ['400 12px "IBM Plex Sans"', '600 12px "IBM Plex Sans"', '400 12px "IBM Plex Sans Arabic"'];
  const samples = ["Aİşğ", "Жд", "سلام"];
  await Promise.allSettled(wanted.flatMap((font) => samples.map((text) => document.fonts.load(font, text))));
}

async function start(): Promise<void> {
  const root = document.getElementById("app");
  if (!root) return;
  offerSnapshot();
  rememberPanels();
  restoreWidths();
  await fonts();
  render(<App />, root);
  watchKeys();
  watchSearch();
  await state.working("open", async () => {
    state.me.value = await api.me();
  });
  if (!state.me.value) return;
  await openFirst();
  watchDraft();
  await loadLists();
}

void start();
