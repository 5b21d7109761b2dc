//! The app's window in the words of a person: send, open, choose. Everything else is said by role and name.

use std::ops::Deref;
use std::path::PathBuf;

use crate::binaries;
use crate::desktop::Desktop;
use crate::patience;
use crate::traces;
use crate::webdriver::{Locator, Window};

/// An open window of the app, ready to be used.
#[derive(Debug)]
pub struct Errand<'desktop> {
    window: Window<'desktop>,
    data: PathBuf,
}

impl<'desktop> Errand<'desktop> {
    /// Starts the app with these arguments and waits until its workspace is shown.
    #[track_caller]
    pub fn open(desktop: &'desktop Desktop, args: &[&str]) -> Self {
        Self::of(desktop, Window::open(desktop, &binaries::desktop(), args))
    }

    /// The app in a window that is open already, once it shows a workspace.
    #[track_caller]
    pub fn of(desktop: &Desktop, window: Window<'desktop>) -> Self {
        window.role("button", "Workspace:").containing().appears();
        Self { window, data: desktop.home().join("data/errand/workspaces") }
    }

    /// The pane with the request.
    pub fn request(&self) -> Locator<'_> {
        self.window.role("region", "Request")
    }

    /// The pane with the answer.
    pub fn response(&self) -> Locator<'_> {
        self.window.role("region", "Response")
    }

    /// An item of the tree.
    pub fn item(&self, name: &str) -> Locator<'_> {
        self.window.role("tree", "Collections").role("treeitem", name)
    }

    /// The tab of an open request; `"Order, unsaved"` when it has changes.
    pub fn tab(&self, name: &str) -> Locator<'_> {
        self.window.role("tablist", "Open requests").role("tab", name)
    }

    /// Opens a request from the tree.
    #[track_caller]
    pub fn open_request(&self, name: &str) {
        self.item(name).click();
        self.window.role("textbox", "URL").appears();
    }

    /// Opens a tab for a new request to that URL.
    #[track_caller]
    pub fn new_request(&self, url: &str) {
        self.window.press("Control+n");
        self.tab("Untitled request").appears();
        self.window.role("textbox", "URL").fill(url);
    }

    /// Shows one of the request's parts: Params, Headers, Body.
    #[track_caller]
    pub fn part(&self, name: &str) -> Locator<'_> {
        self.request().role("tab", name).click();
        self.request().role("tabpanel", name)
    }

    /// Shows one of the answer's parts: Body, Headers, Timeline, Checks.
    #[track_caller]
    pub fn answer(&self, name: &str) -> Locator<'_> {
        self.response().role("tab", name).click();
        self.response().role("tabpanel", name)
    }

    /// Presses Send and waits for the answer, which says that.
    #[track_caller]
    pub fn send(&self, outcome: &str) {
        self.window.role("button", "Send").click();
        self.outcome(outcome);
    }

    /// Waits for an answer whose outcome says that.
    #[track_caller]
    pub fn outcome(&self, outcome: &str) {
        self.response().role("status", "Outcome").says(outcome);
    }

    /// Chooses from a list under a button.
    #[track_caller]
    pub fn choose(&self, list: &Locator<'_>, option: &str) {
        list.click();
        self.window.role("option", option).click();
    }

    /// Chooses from a menu under a button.
    #[track_caller]
    pub fn choose_in_menu(&self, button: &Locator<'_>, entry: &str) {
        button.click();
        self.entry(entry);
    }

    /// Chooses from the menu of an item of the tree, by keyboard.
    #[track_caller]
    pub fn choose_for_item(&self, name: &str, entry: &str) {
        self.item(name).click();
        self.window.press("Shift+F10");
        self.entry(entry);
    }

    /// Chooses from the menu that is open.
    #[track_caller]
    pub fn entry(&self, entry: &str) {
        self.window.role("menuitem", entry).containing().click();
    }

    /// Makes an environment with one secret, and chooses it. `state` is where its value is then said to be.
    #[track_caller]
    pub fn set_secret(&self, environment: &str, name: &str, value: &str, state: &str) {
        self.window.press("Control+e");
        let dialog = self.window.role("dialog", "Environments");
        dialog.role("button", "New environment").click();
        dialog.role("textbox", "Name").holds("New environment");
        dialog.role("textbox", "Name").fill(environment);
        dialog.role("button", "Save").click();
        dialog.role("button", environment).containing().appears();

        let variables = dialog.role("table", "Variables");
        variables.role("textbox", "Name, row 1").fill(name);
        variables.role("checkbox", &format!("{name} is secret")).click();
        variables.role("button", &format!("Set value: {name}")).click();
        variables.role("textbox", &format!("New value of {name}")).fill(value);
        self.window.press("Enter");
        variables.says(state);
        dialog.role("button", "Save").click();
        dialog.role("button", "Use this one").click();
        dialog.role("button", "Close").click();
        self.window.role("button", &format!("Environment: {environment}")).appears();
    }

    /// Waits until what is open is kept, with that in it: a moment after the last change it is on disk.
    #[track_caller]
    pub fn kept(&self, part: &str) {
        patience::expect(&format!("{part:?} to be kept"), || {
            let found = traces::find(&self.data, part.as_bytes());
            // A file being written is not kept yet.
            found
                .iter()
                .any(|path| path.extension().is_some_and(|kind| kind == "json"))
                .then_some(())
        });
    }

    /// Closes the window as a person would.
    #[track_caller]
    pub fn close(self) {
        self.window.close();
    }

    /// Ends the app at once.
    #[track_caller]
    pub fn crash(self) {
        self.window.crash();
    }
}

impl<'desktop> Deref for Errand<'desktop> {
    type Target = Window<'desktop>;

    fn deref(&self) -> &Self::Target {
        &self.window
    }
}
