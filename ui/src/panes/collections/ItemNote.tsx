import { Button } from "../../components/Button";
import { ErrorNote } from "../../components/ErrorNote";
import { m } from "../../messages";
import { copyPath, useOrganise } from "../../stores/organise";
import { useWorkspace } from "../../stores/workspace";

/** Why the chosen item cannot be opened, and what to do. */
export function ItemNote() {
  const chosen = useOrganise((s) => (s.selected.size === 1 ? [...s.selected][0] : undefined));
  const node = useWorkspace((s) => s.workspace?.nodes.find((each) => each.path === chosen));
  if (node?.kind === "broken" && node.error) {
    const { message, hint, where } = node.error;
    const place = m.collections.place(where?.file ?? node.path, where?.line ?? null, where?.column ?? null);
    return (
      <div className="side-foot">
        <ErrorNote message={message} hint={hint ?? m.collections.brokenHint} where={place}>
          <Button onPress={() => void copyPath(where?.file ?? node.path)}>{m.collections.copyPath}</Button>
        </ErrorNote>
      </div>
    );
  }
  if (node?.kind !== "other") return null;
  return (
    <div className="side-foot">
      <ErrorNote
        tone="warn"
        message={m.collections.other(node.protocol ?? "")}
        hint={m.collections.otherHint}
      />
    </div>
  );
}
