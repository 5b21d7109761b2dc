import type { DropListener } from "./drops";
import type { Commands, WireError } from "./generated/commands";

export type CommandName = keyof Commands;
export type Args<N extends CommandName> = Commands[N]["args"];
export type Result<N extends CommandName> = Commands[N]["result"];
export type Event<N extends CommandName> = Commands[N]["event"];
/** Commands that report while they run. */
export type StreamName = { [N in CommandName]: [Event<N>] extends [never] ? never : N }[CommandName];

/** The core as the UI sees it. Two implementations: Tauri, and one in memory. */
export interface Backend {
  /** Runs a command. Fails with {@link CommandError} only. */
  call<N extends CommandName>(name: N, args: Args<N>): Promise<Result<N>>;
  /** Runs a command that reports while it runs. */
  stream<N extends StreamName>(
    name: N,
    args: Args<N>,
    onEvent: (event: Event<N>) => void,
  ): Promise<Result<N>>;
  /** Hears of the files that are held over the window and dropped on it. Returns the undo. */
  drops?(listener: Pick<DropListener, "over" | "dropped">): () => void;
}

/** What a command failed with: branch on `code`, show `message` and `hint`. */
export class CommandError extends Error {
  readonly code: string;
  readonly hint: string | null;
  readonly where: WireError["where"];

  constructor(error: WireError) {
    super(error.message);
    this.name = "CommandError";
    this.code = error.code;
    this.hint = error.hint;
    this.where = error.where;
  }
}

/** Anything thrown, as a CommandError. */
export function asCommandError(thrown: unknown): CommandError {
  if (thrown instanceof CommandError) return thrown;
  if (typeof thrown === "object" && thrown !== null && "code" in thrown && "message" in thrown)
    return new CommandError(thrown as WireError);
  return new CommandError({ code: "internal", message: String(thrown), hint: null, where: null });
}
