import { blankAuth } from "../auth/blank";
import type { Auth, ProviderView } from "../ipc";

const oauth2 = (part: Partial<Extract<Auth, { type: "oauth2" }>>): Auth => {
  const blank = blankAuth("oauth2");
  return blank?.type === "oauth2" ? { ...blank, ...part } : { type: "none" };
};

/** Two providers, of two shapes. */
export const PROVIDERS: ProviderView[] = [
  {
    id: "github",
    name: "GitHub",
    category: "Code hosting",
    auth: oauth2({
      authorizationUrl: "https://github.com/login/oauth/authorize",
      accessTokenUrl: "https://github.com/login/oauth/access_token",
      credentials: { clientId: "{{github_client_id}}", clientSecret: "{{github_client_secret}}" },
      scope: "read:user",
    }),
    variables: [
      { name: "github_client_id", label: "Client id of the OAuth app", secret: false },
      { name: "github_client_secret", label: "Client secret of the OAuth app", secret: true },
    ],
    scopes: [
      { name: "read:user", description: "Read the profile" },
      { name: "repo", description: "Read and write repositories" },
    ],
    quirks: ["Answers the token request as a form unless it is asked for JSON."],
    registerUrl: "https://github.com/settings/applications/new",
    documentationUrl: "https://docs.github.com/en/apps/oauth-apps",
    checked: "2026-11-21",
    request: {
      name: "Who am I",
      method: "GET",
      url: "https://api.github.com/user",
      headers: [{ name: "Accept", value: "application/vnd.github+json" }],
    },
  },
  {
    id: "stripe",
    name: "Stripe",
    category: "Payment",
    auth: { type: "basic", username: "{{stripe_secret_key}}", password: "" },
    variables: [{ name: "stripe_secret_key", label: "Secret key", secret: true }],
    scopes: [],
    quirks: ["The key is the user name; the password stays empty."],
    registerUrl: "https://dashboard.stripe.com/apikeys",
    documentationUrl: "https://docs.stripe.com/api/authentication",
    checked: "2026-11-21",
    request: null,
  },
];
