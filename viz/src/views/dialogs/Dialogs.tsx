/** The dialogs, one at a time. */

import type { JSX } from "preact";
import * as state from "../../acts/state.ts";
import { ExpandDialog } from "./ExpandDialog.tsx";
import { ExportDialog, FoldDialog, KeysDialog, SaveDialog } from "./small.tsx";
import { PasteDialog } from "./PasteDialog.tsx";
import { RecordDialog } from "./RecordDialog.tsx";

export function Dialogs(): JSX.Element | null {
  const dialog = state.dialog.value;
  switch (dialog?.name) {
    case "expand":
      return <ExpandDialog key={dialog.ids.join()} ids={dialog.ids} labels={dialog.labels} />;
    case "save":
      return <SaveDialog as={dialog.as} />;
    case "keys":
      return <KeysDialog />;
    case "fold":
      return <FoldDialog />;
    case "paste":
      return <PasteDialog />;
    case "export":
      return <ExportDialog />;
    case "record":
      return <RecordDialog key={dialog.id} id={dialog.id} />;
    default:
      return null;
  }
}
