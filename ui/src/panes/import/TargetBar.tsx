import { Button } from "../../components/Button";
import { Checkbox } from "../../components/Checkbox";
import { SearchSelect } from "../../components/SearchSelect";
import { Segments } from "../../components/Segments";
import { TextField } from "../../components/TextField";
import type { ImportPreview } from "../../ipc";
import { m } from "../../messages";
import { pickPath } from "../../stores/picking";
import { useWorkspace } from "../../stores/workspace";
import type { Target } from "./useTarget";
import "./TargetBar.css";

const words = m.importing.target;
/** A path is never this; the empty one is the top. */
const TOP = "/";

/** Where an import goes: a folder of the open workspace, or a workspace of its own. */
export function TargetBar(props: { preview: ImportPreview; target: Target; disabled: boolean }) {
  const { preview, target, disabled } = props;
  return (
    <section className="import-target" aria-label={words.group} inert={disabled}>
      <div className="import-target-row">
        <span className="import-part" aria-hidden>
          {words.group}
        </span>
        {target.isOpen ? (
          <Segments<"here" | "new">
            label={words.group}
            options={[
              { id: "here", title: words.here },
              { id: "new", title: words.fresh },
            ]}
            selected={target.kind}
            onSelect={target.setKind}
          />
        ) : (
          <span>{words.fresh}</span>
        )}
        {target.kind === "here" ? <FolderOfWorkspace target={target} /> : <FreshWorkspace target={target} />}
      </div>
      {preview.linkable ? (
        <div className="import-target-row">
          <Checkbox labelled label={words.link} checked={target.link} onChange={target.setLink} />
          <small className="form-hint import-link-hint" title={words.linkHint}>
            {words.linkHint}
          </small>
        </div>
      ) : null}
    </section>
  );
}

function FolderOfWorkspace({ target }: { target: Target }) {
  const nodes = useWorkspace((s) => s.workspace?.nodes) ?? [];
  const indent = (path: string) => "\u2003".repeat(path.split("/").length);
  const folders = nodes.filter((node) => node.kind === "folder");
  const options = [
    { id: TOP, title: words.top },
    ...folders.map(({ path, name }) => ({ id: path, title: `${indent(path)}${name}`, words: path })),
  ];
  const known = options.some((each) => each.id === target.into) ? target.into : TOP;
  return (
    <div className="import-into">
      <SearchSelect
        label={words.folder}
        groups={[{ title: "", options }]}
        selected={known}
        onSelect={(id) => target.setInto(id === TOP ? "" : id)}
        search={words.search}
        nothing={words.nothing}
      />
    </div>
  );
}

function FreshWorkspace({ target }: { target: Target }) {
  const browse = async () => {
    const path = await pickPath("folder", words.pick);
    if (path) target.setFolder(path);
  };
  return (
    <div className="import-fresh">
      <TextField
        label={words.name}
        placeholder={words.name}
        value={target.name}
        error={target.isNameMissing ? words.needsName : null}
        onChange={target.setName}
      />
      <TextField
        mono
        label={words.path}
        placeholder={words.pathHint}
        value={target.folder}
        error={target.isFolderMissing ? words.needsFolder : null}
        onChange={target.setFolder}
      />
      {/* Without a dialog of the system the path can still be typed. */}
      <Button onPress={() => void browse().catch(() => undefined)}>{words.browse}</Button>
    </div>
  );
}
