/** The map of observed routes: legs with their counts, drawn over bundled coastlines, linked with a list. */

import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { addThings } from "../../acts/chart.ts";
import { language, t } from "../../acts/speak.ts";
import * as state from "../../acts/state.ts";
import { theme } from "../../acts/theme.ts";
import { api } from "../../api/client.ts";
import type { RouteLeg, RoutePlace, Routes } from "../../api/types.ts";
import { Empty } from "../../components/basic.tsx";
import { formatSpan } from "../../core/format.ts";
import { clean } from "../../core/labels.ts";
import { Trouble } from "../chart/StageStates.tsx";
import { Cites } from "../inspector/Cite.tsx";
import { DRAWN, RouteMap } from "./routeMap.ts";

interface Wish {
  commodity: string;
  from: string;
  to: string;
}

function Filter({ wish, onAsk }: { wish: Wish; onAsk: (wish: Wish) => void }): JSX.Element {
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        const word = (name: string): string => String(data.get(name) ?? "").trim();
        onAsk({ commodity: word("commodity"), from: word("from"), to: word("to") });
      }}
    >
      <label class="field">
        <span>{t("map.commodity")}</span>
        <input type="text" name="commodity" autocomplete="off" defaultValue={wish.commodity} />
      </label>
      <label class="field">
        <span>{t("map.from")}</span>
        <input type="month" name="from" defaultValue={wish.from} />
      </label>
      <label class="field">
        <span>{t("map.to")}</span>
        <input type="month" name="to" defaultValue={wish.to} />
      </label>
      <div class="buttons">
        <button type="submit" class="button primary">
          {t("act.filter")}
        </button>
      </div>
    </form>
  );
}

interface LegProps {
  leg: RouteLeg;
  row: number;
  places: ReadonlyMap<string, RoutePlace>;
  chosen: boolean;
  onChoose: (row: number) => void;
}

function Leg({ leg, row, places, chosen, onChoose }: LegProps): JSX.Element {
  const name = (id: string): string => clean(places.get(id)?.name ?? "");
  return (
    <li>
      <button
        type="button"
        class="row"
        data-leg={row}
        aria-pressed={chosen}
        onClick={() => {
          onChoose(row);
        }}
      >
        <span class="grow">
          {name(leg.source)} → {name(leg.target)}
        </span>
        <span>{leg.count}</span>
      </button>
      {chosen && (
        <div class="section">
          <p>{t("map.leg", { from: name(leg.source), to: name(leg.target), n: leg.count })}</p>
          <p class="quiet">{formatSpan(leg.first, leg.last, language.value)}</p>
          <Cites ids={leg.records} total={leg.records_total} />
          <button
            type="button"
            class="button"
            onClick={() => {
              state.view.value = "chart";
              void addThings([leg.source, leg.target]);
            }}
          >
            {t("act.add")}
          </button>
        </div>
      )}
    </li>
  );
}

export function MapView(): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const map = useRef<RouteMap | null>(null);
  const routes = useSignal<Routes | null>(null);
  const chosen = useSignal(-1);
  const wish = useSignal<Wish>({ commodity: "", from: "", to: "" });
  const dark = theme.value;
  const ask = (next: Wish): void => {
    wish.value = next;
    void state.working("routes", async () => {
      routes.value = await api.routes({ ...next, limit: 300 });
      chosen.value = -1;
    });
  };
  const choose = (row: number): void => {
    chosen.value = chosen.value === row ? -1 : row;
  };
  useEffect(() => {
    if (!box.current) return;
    map.current = new RouteMap(box.current, dark, choose);
    ask(wish.value);
    return () => {
      map.current?.destroy();
    };
  }, []);
  const legs = routes.value?.legs;
  const places = routes.value?.places;
  useEffect(() => {
    if (legs && places) map.current?.show(places, legs, dark, chosen.value);
    else map.current?.dress(dark);
  }, [legs, places, dark, chosen.value]);
  const byId = new Map((places ?? []).map((place) => [place.id, place]));
  const order = (legs ?? []).map((leg, row) => ({ leg, row })).sort((a, b) => b.leg.count - a.leg.count);
  return (
    <div class="map" role="region" aria-label={t("map.label")}>
      <div class="map-canvas" ref={box} />
      <aside class="map-side" aria-label={t("map.selectLegs")}>
        <Filter wish={wish.value} onAsk={ask} />
        <Trouble of={(act) => act === "routes"} />
        {legs && legs.length > 0 && (
          <p class="section quiet">
            {t("map.legs", { n: legs.length, m: byId.size })}.{" "}
            {legs.length > DRAWN && t("map.heaviest", { n: DRAWN })} {t("map.legend")}. {t("map.borders")}
          </p>
        )}
        {legs?.length === 0 && (
          <Empty
            name="match"
            text={t("map.none")}
            button={t("act.clear")}
            onClick={() => {
              ask({ commodity: "", from: "", to: "" });
            }}
          />
        )}
        <ol class="scroll" tabIndex={0}>
          {order.slice(0, 200).map(({ leg, row }) => (
            <Leg
              key={row}
              leg={leg}
              row={row}
              places={byId}
              chosen={chosen.value === row}
              onChoose={choose}
            />
          ))}
        </ol>
      </aside>
    </div>
  );
}
