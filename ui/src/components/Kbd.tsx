import "./Kbd.css";

const mac = typeof navigator !== "undefined" && /Mac/.test(navigator.platform);

/** A key combination in words: "Mod+Shift+T" as "Ctrl Shift T" or, on macOS, "⌘ ⇧ T". */
export function keyWords(keys: string): string {
  const words = keys.split("+").map((key) => {
    if (key === "Mod") return mac ? "⌘" : "Ctrl";
    if (mac && key === "Shift") return "⇧";
    return key === "Enter" ? "↵" : key;
  });
  return words.join(" ");
}

/** A key combination, as on a key cap. Hidden from screen readers: the control names itself. */
export function Kbd({ keys }: { keys: string }) {
  return (
    <kbd className="kbd" aria-hidden>
      {keyWords(keys)}
    </kbd>
  );
}
