/** Long enough for a press to have begun and ended, or for none to be there. */
const PRESS_MS = 400;

/**
 * Runs once the pointer has let go, so that nothing moves under a press that is going on. Gives what calls
 * it off.
 */
export function afterPress(run: () => void): () => void {
  const stop = () => {
    clearTimeout(timer);
    window.removeEventListener("pointerup", go);
  };
  const go = () => {
    stop();
    run();
  };
  const timer = setTimeout(go, PRESS_MS);
  window.addEventListener("pointerup", go);
  return stop;
}
