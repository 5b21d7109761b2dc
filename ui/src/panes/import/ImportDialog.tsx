import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { Spinner } from "../../components/Progress";
import { m } from "../../messages";
import { type ImportAsk, useTransfer } from "../../stores/transfer";
import { DoneStep } from "./DoneStep";
import { PreviewStep } from "./PreviewStep";
import { SourceStep } from "./SourceStep";
import { useImport } from "./useImport";
import "./ImportDialog.css";

const words = m.importing;

/** Brings in what another tool made: where from, what is in it, and what became of it. */
export default function ImportDialog({ ask }: { ask: ImportAsk }) {
  const importing = useImport(ask);
  const { stage } = importing;
  const isWriting = stage.at === "writing";
  const close = () => {
    if (!isWriting) useTransfer.setState({ importing: null });
  };
  return (
    <Dialog title={words.title} open large steady={stage.at === "preview"} alert={isWriting} onClose={close}>
      <div className="import" data-at={stage.at}>
        {stage.at === "source" ? <SourceStep importing={importing} onClose={close} /> : null}
        {stage.at === "reading" ? (
          <div className="import-wait">
            <Spinner label={words.readingFrom(stage.what)} />
            <p className="import-wait-what">{words.readingFrom(stage.what)}</p>
            <Button onPress={importing.back}>{m.common.cancel}</Button>
          </div>
        ) : null}
        {stage.at === "preview" || stage.at === "writing" ? (
          <PreviewStep
            key={stage.version}
            ask={ask}
            preview={stage.preview}
            version={stage.version}
            busy={
              stage.at === "writing"
                ? words.writing(stage.count, stage.secrets)
                : stage.fetching !== null
                  ? words.fetching(stage.fetching)
                  : null
            }
            isWriting={isWriting}
            importing={importing}
            onClose={close}
          />
        ) : null}
        {stage.at === "done" ? (
          <DoneStep
            imported={stage.imported}
            preview={stage.preview}
            failed={importing.failed}
            onClose={close}
          />
        ) : null}
      </div>
    </Dialog>
  );
}
