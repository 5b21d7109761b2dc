import { useState } from "react";
import { isLiteral } from "../../auth/literals";
import { IconButton } from "../../components/IconButton";
import { FolderOpen } from "../../components/icons";
import { Select } from "../../components/Select";
import { type RowColumn, RowTable } from "../../components/table/RowTable";
import { TemplateField } from "../../components/template/TemplateField";
import type { Variables } from "../../components/template/variables";
import type { CertificateFiles, ClientCertificate } from "../../ipc";
import { m } from "../../messages";
import { chooseFile } from "../request/chooseFile";
import "./auth.css";
import { KeepBar } from "./KeepBar";
import { type Keeper, useKeepOffer } from "./SecretField";

const words = m.auth.certificates;

/** A certificate as a row: on or off like every other row. */
type Row = Omit<ClientCertificate, "disabled"> & { enabled: boolean };

const KINDS: Record<CertificateFiles["type"], CertificateFiles> = {
  pem: { type: "pem", certificateFilePath: "", privateKeyFilePath: "" },
  pkcs12: { type: "pkcs12", pkcs12FilePath: "" },
};
const BLANK: Row = { domain: "", files: KINDS.pem, passphrase: "", enabled: true };

interface CertificatesTableProps {
  list: readonly ClientCertificate[];
  onChange(list: ClientCertificate[]): void;
  variables: Variables;
  /** Where a passphrase is kept; the chosen environment unless told. */
  keeper?: Keeper;
}

/** The certificates shown to hosts that ask for one. */
export function CertificatesTable({ list, onChange, variables, keeper }: CertificatesTableProps) {
  const rows = list.map(({ disabled, ...rest }): Row => ({ ...rest, enabled: !disabled }));
  const put = (next: readonly Row[]) =>
    onChange(next.map(({ enabled, ...rest }) => ({ ...rest, disabled: !enabled })));
  const [asked, setAsked] = useState<number | null>(null);
  const passphrase = asked === null ? "" : (rows[asked]?.passphrase ?? "");
  const offer = useKeepOffer(passphrase);
  const columns: RowColumn<Row>[] = [
    {
      title: words.domain,
      width: "minmax(0, 5fr)",
      cell: ({ row, label, isNew, change }) => (
        <TemplateField
          label={label}
          value={row.domain}
          placeholder={isNew ? words.domainHint : undefined}
          onChange={(domain) => change({ domain })}
          variables={variables}
        />
      ),
    },
    {
      title: words.kind,
      width: "88px",
      cell: ({ row, label, change }) => (
        <Select
          label={label}
          options={(["pem", "pkcs12"] as const).map((id) => ({ id, title: words.kinds[id] }))}
          selected={row.files.type}
          onSelect={(kind) => kind !== row.files.type && change({ files: KINDS[kind] })}
        />
      ),
    },
    {
      title: words.files,
      width: "minmax(0, 8fr)",
      cell: ({ row, index, change }) => (
        <Files
          files={row.files}
          index={index}
          onChange={(files) => change({ files })}
          variables={variables}
        />
      ),
    },
    {
      title: words.passphrase,
      width: "minmax(0, 5fr)",
      cell: ({ row, label, index, change }) => (
        <TemplateField
          label={label}
          value={row.passphrase}
          placeholder="{{passphrase}}"
          concealed={isLiteral(row.passphrase)}
          onChange={(typed) => {
            setAsked(index);
            change({ passphrase: typed });
          }}
          onLeave={offer.onLeave}
          onEnter={offer.onEnter}
          onKeyDown={offer.onKeyDown}
          variables={variables}
        />
      ),
    },
  ];
  return (
    <section className="certificates" aria-label={words.title}>
      <p className="auth-hint">{words.hint}</p>
      <RowTable label={words.table} rows={rows} columns={columns} blank={BLANK} onChange={put} />
      {offer.isOpen && asked !== null ? (
        <KeepBar
          key={`${asked} ${passphrase}`}
          label={words.passphrase}
          value={passphrase}
          suggestion={suggestion(rows[asked]?.domain ?? "", variables)}
          autoFocus={offer.takesFocus}
          keeper={keeper}
          onKept={(reference) => {
            offer.close();
            put(rows.map((row, at) => (at === asked ? { ...row, passphrase: reference } : row)));
          }}
          onLeave={offer.close}
        />
      ) : null}
    </section>
  );
}

/** `api_example_com_passphrase` for `*.api.example.com`. */
function suggestion(domain: string, variables: Variables): string {
  const host = domain
    .toLowerCase()
    .replaceAll(/\{\{.*?\}\}|[^a-z0-9]+/g, "_")
    .replaceAll(/^_+|_+$/g, "");
  const name = host ? `${host}_passphrase` : "passphrase";
  let free = name;
  for (let count = 2; variables.find(free); count += 1) free = `${name}_${count}`;
  return free;
}

interface FilesProps {
  files: CertificateFiles;
  index: number;
  onChange(files: CertificateFiles): void;
  variables: Variables;
}

function Files({ files, index, onChange, variables }: FilesProps) {
  const line = { index, variables };
  if (files.type === "pkcs12")
    return (
      <FileCell
        {...line}
        what={words.bundle}
        path={files.pkcs12FilePath}
        placeholder="client.p12"
        onChange={(pkcs12FilePath) => onChange({ ...files, pkcs12FilePath })}
      />
    );
  return (
    <div className="certificate-files">
      <FileCell
        {...line}
        what={words.certificate}
        path={files.certificateFilePath}
        placeholder="client.pem"
        onChange={(certificateFilePath) => onChange({ ...files, certificateFilePath })}
      />
      <FileCell
        {...line}
        what={words.key}
        path={files.privateKeyFilePath}
        placeholder="client.key"
        onChange={(privateKeyFilePath) => onChange({ ...files, privateKeyFilePath })}
      />
    </div>
  );
}

interface FileCellProps {
  what: string;
  index: number;
  path: string;
  placeholder: string;
  onChange(path: string): void;
  variables: Variables;
}

function FileCell({ what, index, path, placeholder, onChange, variables }: FileCellProps) {
  return (
    <span className="certificate-file">
      <small aria-hidden className="certificate-what">
        {what}
      </small>
      <TemplateField
        label={m.table.cell(what, index + 1)}
        value={path}
        placeholder={placeholder}
        onChange={onChange}
        variables={variables}
      />
      <IconButton
        small
        label={words.choose(what, index + 1)}
        icon={FolderOpen}
        onPress={() => void chooseFile(words.pick(what)).then((found) => found && onChange(found))}
      />
    </span>
  );
}
