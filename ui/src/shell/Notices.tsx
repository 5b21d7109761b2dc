import { Button } from "../components/Button";
import { ErrorNote } from "../components/ErrorNote";
import type { WireError } from "../ipc";
import { m } from "../messages";
import { useWorkspace } from "../stores/workspace";

const dismiss = (problem: WireError) =>
  useWorkspace.setState((s) => ({
    problems: s.problems.filter((each) => each !== problem),
    error: s.error === problem ? null : s.error,
  }));

/** Problems around the workspace; each stays until it is dismissed. The start page shows its own. */
export function Notices() {
  const isOpen = useWorkspace((s) => s.workspace !== null);
  const { error, problems } = useWorkspace();
  const all = isOpen && error ? [error, ...problems] : problems;
  return (
    <div className="notices">
      {all.map((problem) => (
        <ErrorNote
          key={problem.message}
          tone="warn"
          message={problem.message}
          hint={problem.hint}
          where={problem.where?.file}
        >
          <Button onPress={() => dismiss(problem)}>{m.footer.dismiss}</Button>
        </ErrorNote>
      ))}
    </div>
  );
}
