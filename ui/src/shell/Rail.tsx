import { Clock3, Folder, Settings } from "../components/icons";
import { m } from "../messages";
import { type Place, useLayout } from "../stores/layout";

const PLACES: { id: Place; icon: typeof Folder }[] = [
  { id: "collections", icon: Folder },
  { id: "history", icon: Clock3 },
];

/** The places of the app; settings at the foot. */
export function Rail() {
  const place = useLayout((s) => s.place);
  return (
    <nav className="rail" aria-label={m.app.places}>
      {PLACES.map(({ id, icon: Icon }) => (
        <button
          key={id}
          type="button"
          className="rail-place"
          aria-label={m.places[id]}
          title={m.places[id]}
          aria-current={id === place ? "page" : undefined}
          onClick={() => useLayout.setState({ place: id, sidebar: true })}
        >
          <Icon size={16} strokeWidth={1.6} aria-hidden />
        </button>
      ))}
      <button
        type="button"
        className="rail-place rail-foot"
        aria-label={m.places.settings}
        title={m.places.settings}
        onClick={() => useLayout.setState({ overlay: "settings" })}
      >
        <Settings size={16} strokeWidth={1.6} aria-hidden />
      </button>
    </nav>
  );
}
