import { Address } from "../../components/Address";
import { Checkbox } from "../../components/Checkbox";
import { TextField } from "../../components/TextField";
import type { Auth, ProviderView } from "../../ipc";
import { m } from "../../messages";
import { openLink } from "../../stores/links";
import { useWorkspace } from "../../stores/workspace";
import { schemeTitle } from "./words";

const words = m.auth.providers;
const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium" });
const dayOf = (date: string) => (Number.isNaN(Date.parse(date)) ? date : day.format(new Date(date)));

/** What was filled in and ticked for a provider. */
export interface ProviderChoice {
  /** By the names of the provider's variables. */
  values: Readonly<Record<string, string>>;
  /** Null until one is ticked: then as the provider has it. */
  scopes: readonly string[] | null;
  withRequest: boolean;
}

interface ProviderDetailProps {
  provider: ProviderView;
  choice: ProviderChoice;
  onChoice(choice: ProviderChoice): void;
}

/** How a scheme of a provider is called; of OAuth its flow as well. */
function wayOf(auth: Auth): string {
  const scheme = schemeTitle(auth.type);
  return auth.type === "oauth2" ? `${scheme}: ${m.auth.options[auth.flow]}` : scheme;
}

/** What a provider needs, what is odd about it, and where one gets in. */
export function ProviderDetail({ provider, choice, onChoice }: ProviderDetailProps) {
  const environment = useWorkspace((s) => s.workspace?.environment ?? null);
  const { auth, variables, scopes, quirks, request } = provider;
  const first = auth.type === "oauth2" ? auth.scope.split(/\s+/).filter(Boolean) : [];
  const ticked = choice.scopes ?? first;
  const tick = (name: string, on: boolean) =>
    onChoice({
      ...choice,
      scopes: on ? [...ticked, name] : ticked.filter((each) => each !== name),
    });
  return (
    <article className="provider" aria-label={provider.name}>
      <header>
        <h3 className="provider-name">{provider.name}</h3>
        <p className="auth-hint">{words.uses(wayOf(auth))}</p>
      </header>
      {quirks.length > 0 ? (
        <section aria-label={words.quirks}>
          <h4 className="auth-head">{words.quirks}</h4>
          <ul className="provider-quirks" data-selectable>
            {quirks.map((quirk) => (
              <li key={quirk}>{quirk}</li>
            ))}
          </ul>
        </section>
      ) : null}
      <dl className="provider-links">
        {provider.registerUrl ? (
          <>
            <dt>{words.register}</dt>
            <dd>
              <Address url={provider.registerUrl} onOpen={openLink} />
            </dd>
          </>
        ) : null}
        {provider.documentationUrl ? (
          <>
            <dt>
              {words.documentation}
              {provider.checked ? <small> {words.checked(dayOf(provider.checked))}</small> : null}
            </dt>
            <dd>
              <Address url={provider.documentationUrl} onOpen={openLink} />
            </dd>
          </>
        ) : null}
      </dl>
      {variables.length > 0 ? (
        <section className="provider-part" aria-label={words.variables}>
          <h4 className="auth-head">{words.variables}</h4>
          <p className="auth-hint">
            {environment ? words.where.environment(environment) : words.where.collection}{" "}
            {words.variablesHint}
          </p>
          {variables.map(({ name, label, secret }) => (
            <TextField
              key={name}
              labelled
              mono
              type={secret ? "password" : "text"}
              label={secret ? words.secret(label) : label}
              placeholder={`{{${name}}}`}
              value={choice.values[name] ?? ""}
              onChange={(value) => onChoice({ ...choice, values: { ...choice.values, [name]: value } })}
            />
          ))}
        </section>
      ) : null}
      {scopes.length > 0 ? (
        <section className="provider-part" aria-label={words.scopes}>
          <h4 className="auth-head">{words.scopes}</h4>
          {scopes.map(({ name, description }) => (
            <div key={name} className="provider-scope">
              <Checkbox
                labelled
                label={name}
                checked={ticked.includes(name)}
                onChange={(on) => tick(name, on)}
              />
              {description ? <small>{description}</small> : null}
            </div>
          ))}
        </section>
      ) : null}
      {request ? (
        <Checkbox
          labelled
          label={words.addRequest(request.name)}
          checked={choice.withRequest}
          onChange={(withRequest) => onChoice({ ...choice, withRequest })}
        />
      ) : null}
    </article>
  );
}
