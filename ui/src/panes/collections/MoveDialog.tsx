import { useState } from "react";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { Select } from "../../components/Select";
import { m } from "../../messages";
import { moveInto, useOrganise } from "../../stores/organise";
import { useWorkspace } from "../../stores/workspace";

/** React Aria keeps the empty string for "nothing chosen". */
const TOP = "/";

/** Asks for the folder that items are to be moved to. */
export default function MoveDialog({ ids }: { ids: readonly string[] }) {
  const nodes = useWorkspace((s) => s.workspace?.nodes) ?? [];
  const [target, setTarget] = useState(TOP);
  const folders = nodes.filter(
    (node) => node.kind === "folder" && !ids.some((id) => node.path === id || node.path.startsWith(`${id}/`)),
  );
  const indent = (path: string) => "\u2003".repeat(path.split("/").length);
  const options = [
    { id: TOP, title: m.collections.top },
    ...folders.map(({ path, name }) => ({ id: path, title: `${indent(path)}${name}` })),
  ];
  const what = ids.length === 1 ? nodes.find((node) => node.path === ids[0])?.name : undefined;
  const close = () => useOrganise.setState({ moving: null });
  const move = () => {
    close();
    void moveInto(ids, target === TOP ? "" : target);
  };
  return (
    <Dialog
      title={m.collections.moveTitle(what ?? m.collections.items(ids.length))}
      open
      onClose={close}
      actions={
        <>
          <Button onPress={close}>{m.common.cancel}</Button>
          <Button kind="primary" onPress={move}>
            {m.collections.move}
          </Button>
        </>
      }
    >
      <div className="form-field">
        <span className="field-label">{m.collections.target}</span>
        <Select label={m.collections.target} options={options} selected={target} onSelect={setTarget} />
      </div>
    </Dialog>
  );
}
