import { expect, it } from "vitest";
import { emptyRequest } from "../request/empty";
import { replaceInRequest } from "./replace";

const row = (name: string, value: string) => ({ name, value, description: "test", enabled: true });

it("replaces a secret wherever it stands, and nothing that only looks alike", () => {
  const request = {
    ...emptyRequest("test"),
    url: "https://test.example.com/",
    auth: { type: "basic" as const, username: "test-user", password: "test" },
    headers: [row("X-Api-Key", "test"), row("Accept", "test/json")],
    docs: "test",
  };
  const done = replaceInRequest(request, "auth.password", "test", "{{pw}}");
  expect(done.auth).toEqual({ type: "basic", username: "test-user", password: "{{pw}}" });
  expect(done.headers.map((each) => each.value)).toEqual(["{{pw}}", "test/json"]);
  expect([done.name, done.docs, done.url]).toEqual(["test", "test", "https://test.example.com/"]);
});

it("keeps the word before a token, and the URL in step with its parameters", () => {
  const request = {
    ...emptyRequest("r"),
    url: "https://x.test/?api_key=a%26b&page=2",
    params: [
      { ...row("api_key", "a&b"), kind: "query" as const },
      { ...row("page", "2"), kind: "query" as const },
    ],
    headers: [row("Authorization", "Bearer abc")],
  };
  const header = replaceInRequest(request, "headers.Authorization", "abc", "{{t}}");
  expect(header.headers[0]?.value).toBe("Bearer {{t}}");
  const param = replaceInRequest(request, "params.api_key", "a&b", "{{k}}");
  expect(param.url).toBe("https://x.test/?api_key={{k}}&page=2");
  expect(param.params.map((each) => each.value)).toEqual(["{{k}}", "2"]);
});

it("finds a secret that JSON writes in its own way", () => {
  const body = { type: "raw" as const, language: "json" as const, text: '{"password": "a\\"b"}' };
  const done = replaceInRequest({ ...emptyRequest("r"), body }, "body.password", 'a"b', "{{p}}");
  expect(done.body).toMatchObject({ text: '{"password": "{{p}}"}' });
});

it("lets no variable refer to itself", () => {
  const variable = (name: string) =>
    ({ ...row(name, "s3cret"), type: "string", secret: false, source: null }) as const;
  const request = { ...emptyRequest("r"), variables: [variable("token"), variable("other")] };
  const done = replaceInRequest(request, "variables.token", "s3cret", "{{token}}");
  expect(done.variables.map(({ name, value }) => `${name}=${value}`)).toEqual(["other={{token}}"]);
});
