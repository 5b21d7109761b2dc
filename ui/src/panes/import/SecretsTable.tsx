import { Button } from "../../components/Button";
import { Checkbox } from "../../components/Checkbox";
import { KeyRound } from "../../components/icons";
import { VirtualList } from "../../components/VirtualList";
import { m } from "../../messages";
import { type Choices, isBadlyNamed } from "./useChoices";
import "./SecretsTable.css";

const words = m.importing.secrets;

/** Credentials found in an import, by name and place, and what becomes of each. */
export function SecretsTable({ choices, asks }: { choices: Choices; asks: boolean }) {
  const { secrets, decisionOf, decide } = choices;
  return (
    <div className="import-secrets">
      <div className="import-secrets-head">
        {asks ? (
          <p role="alert" className="import-question">
            <KeyRound size={14} aria-hidden />
            {words.question(secrets.length)}
          </p>
        ) : null}
        <p className="form-hint">{words.hint}</p>
        <div className="import-secrets-all">
          <Button small onPress={() => decide(secrets, { keep: true })}>
            {words.keepAll}
          </Button>
          <Button small onPress={() => decide(secrets, { keep: false })}>
            {words.keepNone}
          </Button>
        </div>
      </div>
      <div className="import-lines">
        <VirtualList
          label={words.table}
          role="table"
          count={secrets.length}
          height={44}
          head={
            <div role="row" className="secret-row secret-head">
              <span role="columnheader">{words.keep}</span>
              <span role="columnheader">{words.what}</span>
              <span role="columnheader">{words.name}</span>
            </div>
          }
          render={(at) => {
            const secret = secrets[at];
            if (!secret) return null;
            const { what, place, environment, named } = secret;
            const decision = decisionOf(secret);
            const { keep, name } = decision;
            const isBad = isBadlyNamed(secret, decision);
            return (
              <div className="secret-row" role="none" data-off={!keep || undefined}>
                <span role="cell">
                  <Checkbox
                    label={words.keepOne(what, place)}
                    checked={keep}
                    onChange={(on) => decide([secret], { keep: on })}
                  />
                </span>
                <span role="cell" className="secret-what">
                  <span title={what}>{what}</span>
                  <small title={place}>{place}</small>
                </span>
                <span role="cell" className="secret-name">
                  {named ? (
                    <span className="secret-given mono" title={words.given} data-selectable>
                      {name}
                    </span>
                  ) : (
                    <input
                      className="field-input mono"
                      aria-label={words.nameOf(what, place)}
                      aria-invalid={isBad || undefined}
                      value={name}
                      disabled={!keep}
                      spellCheck={false}
                      onChange={(event) => decide([secret], { name: event.currentTarget.value })}
                    />
                  )}
                  {isBad ? (
                    <small role="alert" className="field-error">
                      {words.badName}
                    </small>
                  ) : (
                    <small>{keep ? (environment ?? words.collection) : words.leftOut}</small>
                  )}
                </span>
              </div>
            );
          }}
        />
      </div>
    </div>
  );
}
