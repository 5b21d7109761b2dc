import { CodeEditor } from "../../components/CodeEditor";
import type { Script } from "../../ipc";
import { m } from "../../messages";

/** Scripts that came with the file, to read. */
export function ScriptsPart({ scripts }: { scripts: readonly Script[] }) {
  return (
    <div className="req">
      <p className="req-note">{m.request.scriptsPart.kept}</p>
      {scripts.map((script, at) => (
        <div key={at} className="req-table">
          <div className="req-head">
            <h3 className="req-title">{m.request.scriptsPart.phases[script.phase]}</h3>
          </div>
          <div className="req-script">
            <CodeEditor
              label={m.request.scriptsPart.phases[script.phase]}
              language="javascript"
              value={script.code}
              readOnly
            />
          </div>
        </div>
      ))}
    </div>
  );
}
