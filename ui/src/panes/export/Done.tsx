import { CopyButton } from "../../components/CopyButton";
import { Check } from "../../components/icons";
import type { Exported } from "../../ipc";
import { m } from "../../messages";
import { ExportLines } from "./ExportLines";

const words = m.exporting;

/** What an export wrote. */
export function Done({ exported }: { exported: Exported }) {
  const { files, lines } = exported;
  return (
    <div className="export-main">
      <div className="export-done">
        <p role="status" className="export-done-title">
          <span className="export-done-mark">
            <Check size={16} aria-hidden />
          </span>
          {words.done(files.length)}
        </p>
        {/* biome-ignore lint/a11y/noRedundantRoles: without list-style it is no list to WebKit */}
        <ul role="list" className="export-files" aria-label={words.files}>
          {files.map((path) => (
            <li key={path}>
              <span className="mono" data-selectable>
                {path}
              </span>
              <CopyButton small kind="quiet" label={words.copyOne(path)} text={() => path}>
                {words.copy}
              </CopyButton>
            </li>
          ))}
        </ul>
      </div>
      <section className="export-lines" aria-label={words.linesAfter}>
        <ExportLines title={lines.length > 0 ? words.linesAfter : words.whole} lines={lines} />
      </section>
    </div>
  );
}
