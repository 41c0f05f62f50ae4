/** The whole screen: handling strip, app bar, drawer, stage, dock, inspector, status bar. */

import type { JSX } from "preact";
import { toggleCommunities } from "../acts/analyse.ts";
import { askExpand, redo, toggleFold, undo } from "../acts/chart.ts";
import { save } from "../acts/keep.ts";
import { language, t } from "../acts/speak.ts";
import * as state from "../acts/state.ts";
import { switchTheme, theme } from "../acts/theme.ts";
import type { IconName } from "../design/icons.ts";
import { ActButton } from "../components/basic.tsx";
import { lazy } from "../components/lazy.tsx";
import { joined } from "../core/handling.ts";
import { clean } from "../core/labels.ts";
import { ChartView } from "./chart/ChartView.tsx";
import { Dialogs } from "./dialogs/Dialogs.tsx";
import { Dock } from "./dock/Dock.tsx";
import { Drawer, Rail } from "./drawer/Drawer.tsx";
import { Inspector } from "./inspector/Inspector.tsx";
import { StatusBar } from "./StatusBar.tsx";

const LoadsView = lazy(async () => (await import("./loads/LoadsView.tsx")).LoadsView);
const MapView = lazy(async () => (await import("./map/MapView.tsx")).MapView);

function Strip(): JSX.Element {
  const me = state.me.value;
  const about = state.document_.value;
  const held = me?.banner ?? "";
  // Map and loads show more than the chart does: all that this reader may see.
  const banner =
    state.view.value === "chart" ? state.handling.value || held : joined(state.handling.value, held);
  return (
    <div class={`strip ${/TLP:RED|SECRET/i.test(banner) ? "red" : ""}`} role="note">
      <span>{clean(banner)}</span>
      <span>{about.case ? `${t("app.case")} ${clean(about.case)}` : t("app.noCase")}</span>
      {me?.training && <span>{t("app.training")}</span>}
    </div>
  );
}

function stepName(name: string | undefined): string {
  return name ? t(`act.${name}`) : "";
}

function Steps(): JSX.Element {
  const { past, future } = state.history.value;
  const back = stepName(past.at(-1)?.name);
  const forth = stepName(future[0]?.name);
  return (
    <>
      <ActButton
        act="undo"
        icon="arrow-counter"
        label={back ? t("act.undoNamed", { act: back }) : t("act.undo")}
        disabled={past.length === 0}
        onClick={undo}
      />
      <ActButton
        act="redo"
        icon="arrow-clockwise"
        label={forth ? t("act.redoNamed", { act: forth }) : t("act.redo")}
        disabled={future.length === 0}
        onClick={redo}
      />
    </>
  );
}

function foldOrOpen(): void {
  if (state.chart.value.folded.length > 0) void toggleFold();
  else state.dialog.value = { name: "fold" };
}

function MainActs(): JSX.Element {
  const folded = state.chart.value.folded.length > 0;
  return (
    <>
      <ActButton
        act="expand"
        icon="share-network"
        text
        disabled={state.selection.value.size === 0}
        onClick={() => {
          askExpand();
        }}
      />
      <ActButton
        act="fold"
        icon="stack"
        text
        label={t(folded ? "act.unfold" : "act.fold")}
        onClick={foldOrOpen}
      />
      <ActButton
        act="communities"
        icon="users-three"
        text
        pressed={state.chart.value.communities !== null}
        disabled={state.busy.value.has("communities")}
        onClick={() => void toggleCommunities()}
      />
      <ActButton
        act="export"
        icon="download"
        text
        disabled={state.shown.value.ids.size === 0}
        onClick={() => {
          state.dialog.value = { name: "export" };
        }}
      />
      <ActButton act="save" icon="floppy" text primary onClick={() => void save()} />
    </>
  );
}

function Bar(): JSX.Element {
  const about = state.document_.value;
  const views: readonly [state.View, IconName][] = [
    ["chart", "graph"],
    ["map", "map-trifold"],
    ["loads", "database"],
  ];
  return (
    <header class="bar">
      <h1 class="title">
        <bdi>{clean(about.name) || t("app.untitled")}</bdi>
      </h1>
      {state.dirty.value && (
        <span class="unsaved" role="img" aria-label={t("app.unsaved")} title={t("app.unsaved")} />
      )}
      {views.map(([view, icon]) => (
        <ActButton
          key={view}
          act={view}
          icon={icon}
          label={t(`view.${view}`)}
          pressed={state.view.value === view}
          onClick={() => {
            state.view.value = view;
          }}
        />
      ))}
      <span class="rule" />
      <Steps />
      <span class="gap" />
      <MainActs />
      <ActButton
        act="saveAs"
        icon="copy"
        onClick={() => {
          state.dialog.value = { name: "save", as: true };
        }}
      />
      <span class="rule" />
      <ActButton
        act="keys"
        icon="keyboard"
        onClick={() => {
          state.dialog.value = { name: "keys" };
        }}
      />
      <ActButton
        act="theme"
        icon={theme.value === "dark" ? "sun" : "moon"}
        label={t(theme.value === "dark" ? "act.theme.light" : "act.theme.dark")}
        onClick={switchTheme}
      />
      <button
        type="button"
        class="button bare"
        data-act="language"
        lang={language.value === "en" ? "tr" : "en"}
        onClick={() => {
          language.value = language.value === "en" ? "tr" : "en";
        }}
      >
        {t("act.language")}
      </button>
    </header>
  );
}

export function App(): JSX.Element {
  return (
    <div class="workbench">
      <Strip />
      <Bar />
      <Rail />
      <Drawer />
      <main class="stage" aria-label={t(`view.${state.view.value}`)}>
        {state.view.value === "chart" && <ChartView />}
        {state.view.value === "map" && <MapView />}
        {state.view.value === "loads" && <LoadsView />}
      </main>
      <Dock />
      <Inspector />
      <StatusBar />
      <Dialogs />
    </div>
  );
}
