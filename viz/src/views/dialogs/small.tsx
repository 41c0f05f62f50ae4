/** The smaller dialogs: save, fold, export, keys. */

import type { JSX } from "preact";
import { foldable, toggleFold } from "../../acts/chart.ts";
import { exportAs, saveAs } from "../../acts/keep.ts";
import { t } from "../../acts/speak.ts";
import * as state from "../../acts/state.ts";
import { Mark, Modal } from "../../components/basic.tsx";
import { shortcuts } from "../../core/shortcuts.ts";

export function SaveDialog({ as }: { as: boolean }): JSX.Element {
  const about = state.document_.value;
  return (
    <Modal title={t(as ? "act.saveAs" : "dialog.save")} onClose={state.closeDialog}>
      <form
        class="content"
        onSubmit={(event) => {
          event.preventDefault();
          const data = new FormData(event.currentTarget);
          void saveAs(String(data.get("name")).trim(), String(data.get("case")).trim());
        }}
      >
        <label class="field">
          <span>{t("dialog.save.name")}</span>
          <input
            type="text"
            name="name"
            required
            maxLength={200}
            autocomplete="off"
            defaultValue={about.name}
          />
        </label>
        <label class="field">
          <span>{t("dialog.save.case")}</span>
          <input type="text" name="case" maxLength={100} autocomplete="off" defaultValue={about.case} />
        </label>
        <div class="buttons">
          <button type="submit" class="button primary" data-act="doSave">
            {t("act.save")}
          </button>
        </div>
      </form>
    </Modal>
  );
}

export function FoldDialog(): JSX.Element {
  const kinds = foldable();
  return (
    <Modal title={t("dialog.fold")} onClose={state.closeDialog}>
      <form
        class="content"
        onSubmit={(event) => {
          event.preventDefault();
          const wanted = new FormData(event.currentTarget).getAll("kind").map(String);
          state.closeDialog();
          void toggleFold(wanted);
        }}
      >
        <p>{t("dialog.fold.text")}</p>
        <div class="choices">
          {kinds.map((kind) => (
            <label key={kind}>
              <input type="checkbox" name="kind" value={kind} defaultChecked />
              <Mark kind={kind} size={18} />
              <span class="grow">{t(`kind.${kind}`)}</span>
            </label>
          ))}
        </div>
        <div class="buttons">
          <button type="submit" class="button primary" disabled={kinds.length === 0}>
            {t("act.fold")}
          </button>
        </div>
      </form>
    </Modal>
  );
}

const formats = ["html", "svg", "csv", "pyvis.html", "json"] as const;

export function ExportDialog(): JSX.Element {
  return (
    <Modal title={t("dialog.export")} onClose={state.closeDialog}>
      <form
        class="content"
        onSubmit={(event) => {
          event.preventDefault();
          const to = new FormData(event.currentTarget).get("to");
          void exportAs(String(to));
        }}
      >
        <p>{t("dialog.export.text")}</p>
        <fieldset class="choices">
          <legend class="visually-hidden">{t("act.export")}</legend>
          {formats.map((format) => (
            <label key={format}>
              <input type="radio" name="to" value={format} defaultChecked={format === "html"} />
              <span class="grow">{t(`export.${format}`)}</span>
            </label>
          ))}
        </fieldset>
        <div class="buttons">
          <button type="submit" class="button primary" data-act="doExport">
            {t("act.export")}
          </button>
        </div>
      </form>
    </Modal>
  );
}

export function KeysDialog(): JSX.Element {
  const mouse = [
    ["click", "select"],
    ["double", "expand"],
    ["drag", "box"],
  ] as const;
  return (
    <Modal title={t("dialog.keys")} onClose={state.closeDialog}>
      <div class="content scroll" tabIndex={0}>
        <p class="quiet">{t("dialog.keys.text")}</p>
        <div class="keys">
          {shortcuts.map((shortcut) => (
            <>
              <kbd>{shortcut.shown}</kbd>
              <span>{t(`act.${shortcut.act}`)}</span>
            </>
          ))}
          {mouse.map(([press, act]) => (
            <>
              <kbd>{t(`dialog.keys.mouse.${press}`)}</kbd>
              <span>{t(`dialog.keys.mouse.${act}`)}</span>
            </>
          ))}
        </div>
      </div>
    </Modal>
  );
}
