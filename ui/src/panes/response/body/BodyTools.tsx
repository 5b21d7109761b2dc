import { useState } from "react";
import { Button } from "../../../components/Button";
import { IconButton } from "../../../components/IconButton";
import { Ellipsis, X } from "../../../components/icons";
import { Kbd } from "../../../components/Kbd";
import { Menu, type MenuEntry } from "../../../components/Menu";
import { Segments } from "../../../components/Segments";
import { Select } from "../../../components/Select";
import { TextField } from "../../../components/TextField";
import { asCommandError, type BodyInfo, backend, type FilterLanguage, type ViewKind } from "../../../ipc";
import { keysOf } from "../../../keys";
import { m } from "../../../messages";
import { useSettings } from "../../../stores/settings";
import { whole } from "../figures";
import { copyRows, copyText } from "./copy";
import { fileName } from "./fileName";
import type { BodyView } from "./useBodyView";
import type { useFilter } from "./useFilter";

export interface BodyToolsProps {
  body: BodyInfo;
  view: BodyView;
  kind: ViewKind;
  onKind(kind: ViewKind): void;
  languages: readonly FilterLanguage[];
  filter: ReturnType<typeof useFilter>;
  onFind(): void;
}

/** What can be done with a body, in one line over it. */
export function BodyTools({ body, view, kind, onKind, languages, filter, onFind }: BodyToolsProps) {
  const [said, setSaid] = useState<{ text: string; bad?: boolean } | null>(null);
  const keys = useSettings((s) => keysOf("find", s.keys)[0]);
  const { view: words } = m.response;
  const isFilterWrong = languages.length > 0 && filter.filter !== null && view.error !== null;
  const wrong = isFilterWrong ? [view.error?.message, view.error?.hint].filter(Boolean).join(" ") : null;
  const tell = (run: () => Promise<string | null>) =>
    void run().then(
      (text) => setSaid(text === null ? null : { text }),
      (thrown) => {
        const { message, hint } = asCommandError(thrown);
        setSaid({ text: hint ? `${message} ${hint}` : message, bad: true });
      },
    );
  const save = () =>
    tell(async () => {
      const suggestion = fileName(body);
      const { path } = await backend().call("pickPath", { kind: "save", title: words.saveTitle, suggestion });
      if (path === null) return null;
      await backend().call("saveBody", { body: body.id, path });
      return words.saved(path);
    });
  return (
    <>
      <div className="body-tools">
        <Segments
          label={words.label}
          options={body.views.map((id) => ({ id, title: words.kinds[id] }))}
          selected={kind}
          onSelect={onKind}
        />
        {languages.length > 0 ? (
          <FilterField languages={languages} filter={filter} />
        ) : (
          <span className="body-gap" />
        )}
        {kind === "preview" ? null : (
          <Button label={m.response.find.open} onPress={onFind}>
            {m.response.find.open} {keys ? <Kbd keys={keys} /> : null}
          </Button>
        )}
        <Button onPress={save}>{words.save}</Button>
        {kind === "preview" ? null : <More view={view} kind={kind} tell={tell} />}
      </div>
      {wrong ? (
        <p className="body-said" role="alert" data-bad data-selectable>
          {wrong}
        </p>
      ) : null}
      {said ? (
        <p className="body-said" role="status" data-bad={said.bad || undefined} data-selectable>
          <span>{said.text}</span>
          <IconButton label={m.common.close} icon={X} small onPress={() => setSaid(null)} />
        </p>
      ) : null}
    </>
  );
}

function FilterField({ languages, filter }: Pick<BodyToolsProps, "languages" | "filter">) {
  const { filter: words } = m.response;
  return (
    <div className="body-filter">
      <TextField
        label={words.label}
        type="search"
        value={filter.text}
        onChange={filter.setText}
        placeholder={words.placeholders[filter.language]}
        onEnter={filter.apply}
        onEscape={() => filter.setText("")}
        mono
      />
      {languages.length > 1 ? (
        <Select<FilterLanguage>
          label={words.language}
          options={languages.map((id) => ({ id, title: words.languages[id] }))}
          selected={filter.language}
          onSelect={filter.setLanguage}
        />
      ) : null}
    </div>
  );
}

function More({
  view,
  kind,
  tell,
}: Pick<BodyToolsProps, "view" | "kind"> & { tell(run: () => Promise<string | null>): void }) {
  const { view: words } = m.response;
  const selected = () => window.getSelection()?.toString() ?? "";
  const rows = view.progress?.rows ?? 0;
  const fold = (level: number | null) => () =>
    tell(async () => {
      await view.foldAll(level);
      return null;
    });
  const entries: MenuEntry[] = [
    {
      id: "selection",
      title: words.copySelection,
      disabled: selected() === "",
      run: () =>
        tell(async () => {
          await copyText(selected());
          return words.copied;
        }),
    },
    {
      id: "all",
      title: words.copyAll,
      disabled: view.id === null,
      run: () =>
        tell(async () => {
          const copied = await copyRows(view.id ?? "", rows);
          return copied < rows ? words.copiedPart(whole(copied)) : words.copied;
        }),
    },
    "-",
    { id: "fold", title: words.foldAll, disabled: kind !== "pretty", run: fold(1) },
    { id: "two", title: words.foldTwo, disabled: kind !== "pretty", run: fold(2) },
    { id: "unfold", title: words.unfold, disabled: kind !== "pretty", run: fold(null) },
  ];
  return (
    <Menu label={words.more} entries={entries}>
      <IconButton label={words.more} icon={Ellipsis} />
    </Menu>
  );
}
