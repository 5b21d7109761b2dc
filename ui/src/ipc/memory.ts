import {
  type Args,
  type Backend,
  CommandError,
  type CommandName,
  type Event,
  type Result,
  type StreamName,
} from "./backend";

/** What a command does in memory; the second argument reports events. */
export type Handlers = {
  [N in CommandName]?: (args: Args<N>, report: (event: Event<N>) => void) => Result<N> | Promise<Result<N>>;
};

/** A core made of plain functions, for component tests and for `npm run dev` in a browser. */
export function memoryBackend(handlers: Handlers): Backend {
  const run = async <N extends CommandName>(name: N, args: Args<N>, report: (event: Event<N>) => void) => {
    const handler = handlers[name];
    if (!handler) {
      const message = `"${name}" does nothing without the core.`;
      throw new CommandError({ code: "not-in-memory", message, hint: null, where: null });
    }
    return handler(args, report);
  };
  return {
    call: (name, args) => run(name, args, () => undefined),
    stream: <N extends StreamName>(name: N, args: Args<N>, onEvent: (event: Event<N>) => void) =>
      run(name, args, onEvent),
  };
}
