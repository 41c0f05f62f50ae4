/** The rail and the drawer: search, saved charts, questions, story. */

import type { JSX } from "preact";
import { t } from "../../acts/speak.ts";
import * as state from "../../acts/state.ts";
import { ActButton } from "../../components/basic.tsx";
import type { IconName } from "../../design/icons.ts";
import { Charts } from "./Charts.tsx";
import { Questions } from "./Questions.tsx";
import { Search } from "./Search.tsx";
import { StoryCard } from "./StoryCard.tsx";

const tabs: readonly [state.DrawerTab, IconName][] = [
  ["search", "magnifier"],
  ["charts", "folder"],
  ["questions", "question"],
  ["story", "book-open"],
];

export function Rail(): JSX.Element {
  return (
    <nav class="rail" aria-label={t("drawer.label")}>
      {tabs
        .filter(([tab]) => tab !== "story" || state.story.value)
        .map(([tab, icon]) => (
          <ActButton
            key={tab}
            act={tab}
            icon={icon}
            label={t(`drawer.${tab}`)}
            pressed={state.drawerTab.value === tab}
            onClick={() => {
              state.drawerTab.value = state.drawerTab.value === tab ? null : tab;
            }}
          />
        ))}
    </nav>
  );
}

export function Drawer(): JSX.Element | null {
  const tab = state.drawerTab.value;
  if (!tab) return null;
  return (
    <aside class="drawer" aria-label={t(`drawer.${tab}`)}>
      <div class="panel-head">
        <h2>{t(`drawer.${tab}`)}</h2>
        <ActButton
          act="shut"
          icon="caret-left"
          label={t("drawer.shut")}
          onClick={() => {
            state.drawerTab.value = null;
          }}
        />
      </div>
      {tab === "search" && <Search />}
      {tab === "charts" && <Charts />}
      {tab === "questions" && <Questions />}
      {tab === "story" && <StoryCard />}
    </aside>
  );
}
