import { useState } from "react";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { EmptyState } from "../../components/EmptyState";
import { ErrorNote } from "../../components/ErrorNote";
import { ProgressLine, Spinner } from "../../components/Progress";
import { TextField } from "../../components/TextField";
import { asCommandError, type CommandError, type ImportFrom } from "../../ipc";
import { m } from "../../messages";
import { pickPath } from "../../stores/picking";
import { useTransfer } from "../../stores/transfer";
import { useWorkspace } from "../../stores/workspace";
import { Differences } from "./Differences";
import "./difference.css";
import { GROUPS, useDifference } from "./useDifference";

const words = m.describing;
/** Where the description is must be said; trying again would not help. */
const UNKNOWN = ["no-description", "not-approved"];

/** What the description of a folder's API says otherwise by now, to be taken over item by item. */
export default function DifferenceDialog({ folder, from }: { folder: string; from: ImportFrom | null }) {
  const workspace = useWorkspace((s) => s.workspace);
  const name = workspace?.nodes.find((node) => node.path === folder)?.name ?? workspace?.name ?? folder;
  const { stage, chosen, read, apply, choose } = useDifference(folder, from);
  const isApplying = stage.at === "shown" && stage.isApplying;
  const close = () => {
    if (!isApplying) useTransfer.setState({ comparing: null });
  };
  const isSame = stage.at === "shown" && GROUPS.every((group) => stage.difference[group].length === 0);
  return (
    <Dialog
      title={words.title(name)}
      open
      large
      steady={stage.at === "shown"}
      alert={isApplying}
      onClose={close}
      actions={
        <>
          <Button
            disabled={isApplying}
            kind={stage.at === "done" || isSame ? "primary" : "plain"}
            onPress={close}
          >
            {stage.at === "done" || isSame ? m.common.close : m.common.cancel}
          </Button>
          {stage.at === "shown" && !isSame ? (
            <Button kind="primary" disabled={isApplying || chosen.size === 0} onPress={apply}>
              {words.apply(chosen.size)}
            </Button>
          ) : null}
        </>
      }
    >
      <div className="difference">
        {stage.at === "reading" ? (
          <div className="difference-wait">
            <Spinner label={words.reading} />
            <p>{words.reading}</p>
          </div>
        ) : null}
        {stage.at === "failed" ? (
          <div className="difference-failed">
            <ErrorNote
              message={stage.failed.message}
              hint={stage.failed.hint}
              where={stage.failed.where?.file}
            >
              {UNKNOWN.includes(stage.failed.code) ? null : (
                <Button onPress={() => read(from)}>{m.common.retry}</Button>
              )}
            </ErrorNote>
            <OtherDescription onRead={read} />
          </div>
        ) : null}
        {isSame ? <EmptyState title={words.same} hint={words.sameHint} /> : null}
        {stage.at === "shown" && !isSame ? (
          <>
            {isApplying ? <ProgressLine label={words.applying} /> : null}
            {stage.failed ? <ErrorNote message={stage.failed.message} hint={stage.failed.hint} /> : null}
            <Differences difference={stage.difference} chosen={chosen} onChoose={choose} />
          </>
        ) : null}
        {stage.at === "done" ? (
          <p className="difference-wait" role="status">
            {words.done(stage.count)}
          </p>
        ) : null}
      </div>
    </Dialog>
  );
}

/** The description may have moved, or never been known. */
function OtherDescription({ onRead }: { onRead(from: ImportFrom): void }) {
  const [url, setUrl] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const [failed, setFailed] = useState<CommandError | null>(null);
  const pick = async () => {
    try {
      const path = await pickPath("file", words.pickFile);
      if (path) onRead({ type: "paths", paths: [path] });
    } catch (thrown) {
      setFailed(asCommandError(thrown));
    }
  };
  const go = () => {
    if (/^https?:\/\/\S+$/i.test(url.trim())) onRead({ type: "url", url: url.trim() });
    else setWrong(words.needsUrl);
  };
  return (
    <section className="difference-other" aria-label={words.other}>
      <h3 className="difference-part">{words.other}</h3>
      {failed ? <ErrorNote message={failed.message} hint={failed.hint} /> : null}
      <div className="difference-ways">
        <Button onPress={() => void pick()}>{words.file}</Button>
        <TextField
          mono
          label={words.url}
          placeholder={words.urlHint}
          value={url}
          error={wrong}
          onChange={(typed) => {
            setUrl(typed);
            setWrong(null);
          }}
          onEnter={go}
        />
        <Button onPress={go}>{words.read}</Button>
      </div>
    </section>
  );
}
