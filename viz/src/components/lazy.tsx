/** Parts of the screen that are loaded when they are first wanted. */

import type { ComponentType, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../acts/speak.ts";

/** A component whose code arrives later; until then one quiet word. */
export function lazy(load: () => Promise<ComponentType>): ComponentType {
  let loaded: ComponentType | null = null;
  return function Lazy(): JSX.Element {
    const [, again] = useState(0);
    useEffect(() => {
      if (loaded) return;
      let wanted = true;
      void load().then((component) => {
        loaded = component;
        if (wanted) again(1);
      });
      return () => {
        wanted = false;
      };
    }, []);
    const Part = loaded;
    return Part ? <Part /> : <p class="section quiet">{t("app.loading")}</p>;
  };
}
