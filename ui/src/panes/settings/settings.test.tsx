import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { beforeEach, expect, it } from "vitest";
import { CommandError, type Settings, setBackend } from "../../ipc";
import { memoryBackend } from "../../ipc/memory";
import { useSettings } from "../../stores/settings";
import SettingsDialog from "./SettingsDialog";

let kept: Settings | null;
let refuse: boolean;

beforeEach(() => {
  kept = null;
  refuse = false;
  useSettings.setState(useSettings.getInitialState(), true);
  setBackend(
    memoryBackend({
      saveSettings: ({ settings }) => {
        if (refuse)
          throw new CommandError({
            code: "file",
            message: "The disk is full.",
            hint: "Make room.",
            where: null,
          });
        kept = settings;
        return settings;
      },
    }),
  );
});

const open = (first?: "sending" | "security" | "keys" | "history") =>
  render(<SettingsDialog onClose={() => undefined} {...(first ? { first } : {})} />);
const type = (label: string, value: string) => {
  const field = screen.getByLabelText(label);
  fireEvent.change(field, { target: { value } });
  fireEvent.keyDown(field, { key: "Enter" });
};

it("keeps a time limit on Enter, and no nonsense", async () => {
  open("sending");
  type("Whole exchange, ms", "1.5 s");
  expect(screen.getByText("Write a whole number, 0 or more.")).toBeTruthy();
  expect(kept).toBeNull();
  type("Whole exchange, ms", "1500");
  await waitFor(() => expect(kept?.sending.timeoutMs).toBe(1500));
});

it("shows why settings were not saved, and goes back to what is in force", async () => {
  refuse = true;
  open();
  fireEvent.click(screen.getByLabelText("Wrap long lines in responses"));
  expect(await screen.findByText(/The disk is full/)).toBeTruthy();
  expect(useSettings.getState().wrap).toBe(false);
});

it("adds and takes off hosts that are not verified", async () => {
  open("security");
  type("host or host:port", "old.test:8443");
  await waitFor(() => expect(kept?.sending.insecureHosts).toEqual(["old.test:8443"]));
  fireEvent.click(await screen.findByRole("button", { name: "Verify old.test:8443 again" }));
  await waitFor(() => expect(kept?.sending.insecureHosts).toEqual([]));
});

it("counts bodies in megabytes", async () => {
  open("history");
  type("Bodies to keep, MB", "100");
  await waitFor(() => expect(kept?.history.maxBodyBytes).toBe(104_857_600));
});

it("changes keys, asks when they are taken, and goes back to the default", async () => {
  open("keys");
  const change = () =>
    fireEvent.click(screen.getByRole("button", { name: "Change the keys of Send the request" }));
  change();
  fireEvent.keyDown(window, { key: "F9" });
  await waitFor(() => expect(kept?.keys).toEqual({ send: "F9" }));
  change();
  fireEvent.keyDown(window, { key: "s", ctrlKey: true });
  fireEvent.click(await screen.findByRole("button", { name: "Use it here instead" }));
  await waitFor(() => expect(kept?.keys).toEqual({ send: "Mod+S", save: "" }));
  fireEvent.click(screen.getByRole("button", { name: "Default keys of Send the request" }));
  await waitFor(() => expect(kept?.keys).toEqual({ save: "" }));
});

it("masks what servers echo of secrets unless that is switched off", async () => {
  open("history");
  const keep = screen.getByRole("switch", { name: "Keep what servers echo of secrets" });
  expect(keep).toHaveProperty("checked", false);
  fireEvent.click(keep);
  await waitFor(() => expect(kept?.history.keepEchoedSecrets).toBe(true));
});
