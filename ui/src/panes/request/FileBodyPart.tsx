import { Button } from "../../components/Button";
import { EmptyState } from "../../components/EmptyState";
import { IconButton } from "../../components/IconButton";
import { X } from "../../components/icons";
import { TextField } from "../../components/TextField";
import type { FileBody } from "../../ipc";
import { m } from "../../messages";
import { chooseFile } from "./chooseFile";

const w = m.request.bodyPart;

/** One file as the whole body. A file of the collection may list several; the chosen one is sent. */
export function FileBodyPart({
  files,
  onChange,
}: {
  files: readonly FileBody[];
  onChange(files: FileBody[]): void;
}) {
  const add = async () => {
    const path = await chooseFile();
    if (path === null) return;
    const others = files.map((file) => ({ ...file, selected: false }));
    onChange([...others, { path, contentType: "", selected: true }]);
  };
  const select = (at: number) => onChange(files.map((file, n) => ({ ...file, selected: n === at })));
  const change = (at: number, part: Partial<FileBody>) =>
    onChange(files.map((file, n) => (n === at ? { ...file, ...part } : file)));
  const remove = (at: number) => {
    const left = files.filter((_, n) => n !== at);
    const has = left.some((file) => file.selected);
    onChange(has ? left : left.map((file, n) => ({ ...file, selected: n === 0 })));
  };
  const choose = <Button onPress={() => void add()}>{w.choose}</Button>;
  if (files.length === 0)
    return (
      <EmptyState title={w.fileEmpty} hint={w.fileHint}>
        {choose}
      </EmptyState>
    );
  return (
    <div role="radiogroup" aria-label={w.fileTable} className="req-form file-body">
      {files.map((file, at) => (
        <div key={at} className="file-body-line">
          <input
            type="radio"
            name="file-body"
            aria-label={w.fileUse(file.path)}
            checked={file.selected}
            onChange={() => select(at)}
          />
          <TextField
            label={m.table.cell(w.filePath, at + 1)}
            value={file.path}
            onChange={(path) => change(at, { path })}
            mono
          />
          <TextField
            label={m.table.cell(w.contentType, at + 1)}
            value={file.contentType}
            placeholder={w.automatic}
            onChange={(contentType) => change(at, { contentType })}
            mono
          />
          <IconButton label={w.removeFile(file.path)} icon={X} small onPress={() => remove(at)} />
        </div>
      ))}
      <div>{choose}</div>
    </div>
  );
}
