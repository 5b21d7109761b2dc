import { lazy, Suspense } from "react";
import "../components/Form.css";
import { useApprovals } from "../stores/approvals";
import { useLayout } from "../stores/layout";
import { useOrganise } from "../stores/organise";
import { useTransfer } from "../stores/transfer";
import { useWorkspace } from "../stores/workspace";
import { DropVeil } from "./import/DropVeil";

const FolderSettings = lazy(() => import("./collections/FolderSettings"));
const MoveDialog = lazy(() => import("./collections/MoveDialog"));
const CodeDialog = lazy(() => import("./code/CodeDialog"));
const CookiesDialog = lazy(() => import("./cookies/CookiesDialog"));
const EnvironmentsDialog = lazy(() => import("./environments/EnvironmentsDialog"));
const ApproveDialog = lazy(() =>
  import("./environments/ApproveDialog").then((made) => ({ default: made.ApproveDialog })),
);
const KeychainDialog = lazy(() => import("./environments/KeychainDialog"));
const DifferenceDialog = lazy(() => import("./difference/DifferenceDialog"));
const ExportDialog = lazy(() => import("./export/ExportDialog"));
const ImportDialog = lazy(() => import("./import/ImportDialog"));
const SettingsDialog = lazy(() => import("./settings/SettingsDialog"));
const CreateDialog = lazy(() => import("./start/CreateDialog"));

const PART_OF_SETTINGS = { settings: "appearance", keys: "keys", security: "security" } as const;

/** The dialogs of the places around the tabs; each is loaded when it is first asked for. */
export function Overlays() {
  const overlay = useLayout((s) => s.overlay);
  const { moving, settingsOf } = useOrganise();
  const asking = useApprovals((s) => s.asking !== null);
  const { importing, asked, exporting, coding, comparing } = useTransfer();
  const isOpen = useWorkspace((s) => s.workspace !== null);
  const close = () => useLayout.setState({ overlay: null });
  return (
    <Suspense>
      {overlay === "settings" || overlay === "keys" || overlay === "security" ? (
        <SettingsDialog key={overlay} first={PART_OF_SETTINGS[overlay]} onClose={close} />
      ) : null}
      {overlay === "createWorkspace" || overlay === "createExample" ? (
        <CreateDialog key={overlay} example={overlay === "createExample"} onClose={close} />
      ) : null}
      {isOpen && overlay === "environments" ? <EnvironmentsDialog onClose={close} /> : null}
      {isOpen && overlay === "cookies" ? <CookiesDialog onClose={close} /> : null}
      {isOpen && overlay === "keychain" ? <KeychainDialog onClose={close} /> : null}
      {isOpen && asking ? <ApproveDialog /> : null}
      {isOpen && moving ? <MoveDialog ids={moving} /> : null}
      {isOpen && settingsOf !== null ? <FolderSettings key={settingsOf} path={settingsOf} /> : null}
      {isOpen && exporting ? <ExportDialog paths={exporting} /> : null}
      {isOpen && coding ? <CodeDialog ask={coding} /> : null}
      {isOpen && comparing ? (
        <DifferenceDialog key={comparing.folder} folder={comparing.folder} from={comparing.from} />
      ) : null}
      {importing ? <ImportDialog key={asked} ask={importing} /> : null}
      <DropVeil />
    </Suspense>
  );
}
