import { Button } from "../../components/Button";
import { Checkbox } from "../../components/Checkbox";
import { ErrorNote } from "../../components/ErrorNote";
import { Spinner } from "../../components/Progress";
import { TextField } from "../../components/TextField";
import { m } from "../../messages";
import { bytes } from "../response/figures";
import { ExportLines } from "./ExportLines";
import type { Exporting } from "./useExport";
import type { Previewing } from "./useExportPreview";

const words = m.exporting;

/** What goes along, what will not come out, and where to. */
export function ExportForm({ exporting, previewing }: { exporting: Exporting; previewing: Previewing }) {
  const { failed, format } = exporting;
  return (
    <div className="export-main">
      <div className="export-top">
        {failed ? <ErrorNote message={failed.message} hint={failed.hint} /> : null}
        {exporting.environments.length > 0 ? <Environments exporting={exporting} /> : null}
      </div>
      <section className="export-lines" aria-label={words.lines}>
        <Preview previewing={previewing} />
      </section>
      <div className="export-target">
        <TextField
          labelled
          mono
          label={words.file}
          placeholder={format?.folder ? words.folderPath : words.filePath(format?.fileExtension ?? "")}
          value={exporting.to}
          error={exporting.isPathMissing ? words.needsPath : null}
          onChange={exporting.setTo}
          onEnter={exporting.write}
        />
        <Button onPress={exporting.browse}>{words.browse}</Button>
      </div>
    </div>
  );
}

function Environments({ exporting }: { exporting: Exporting }) {
  return (
    <section aria-label={words.environments}>
      <h3 className="export-part">{words.environments}</h3>
      <div className="export-environments">
        {exporting.environments.map((name) => (
          <Checkbox
            key={name}
            labelled
            label={name}
            checked={exporting.isIncluded(name)}
            onChange={(on) => exporting.include(name, on)}
          />
        ))}
      </div>
      <p className="form-hint">{words.environmentsHint}</p>
    </section>
  );
}

function Preview({ previewing: { preview, problem, again } }: { previewing: Previewing }) {
  if (problem)
    return (
      <ErrorNote message={problem.message} hint={problem.hint}>
        <Button onPress={again}>{m.common.retry}</Button>
      </ErrorNote>
    );
  if (!preview)
    return (
      <div className="export-wait">
        <Spinner label={words.looking} />
      </div>
    );
  return (
    <ExportLines
      title={preview.lines.length > 0 ? words.lines : words.whole}
      aside={words.figures(preview.files, bytes(preview.bytes))}
      lines={preview.lines}
    />
  );
}
