//! The import as a person goes through it.

use errand_tests::webdriver::{Locator, Window};

/// The open import.
pub struct Import<'window> {
    window: &'window Window<'window>,
    pub dialog: Locator<'window>,
}

impl<'window> Import<'window> {
    /// The one that is open, or opens by now.
    #[track_caller]
    pub fn opened(window: &'window Window<'window>) -> Self {
        let dialog = window.role("dialog", "Import");
        dialog.appears();
        Self { window, dialog }
    }

    /// The same by its keys.
    #[track_caller]
    pub fn by_keys(window: &'window Window<'window>) -> Self {
        window.press("Control+o");
        Self::opened(window)
    }

    /// Hands over a text.
    #[track_caller]
    pub fn paste(&self, text: &str) {
        self.dialog.role("tab", "Paste text").click();
        let area = self.dialog.role("textbox", "Text to import");
        area.click();
        self.window.paste(text);
        area.holds(text);
        self.dialog.role("button", "Continue").click();
    }

    /// Hands over an address.
    #[track_caller]
    pub fn url(&self, url: &str) {
        self.dialog.role("tab", "URL").click();
        self.dialog.role("textbox", "URL to import from").fill(url);
        self.window.press("Enter");
    }

    /// Chooses a file or folder in the system's dialog.
    #[track_caller]
    pub fn file(&self) {
        self.dialog.role("button", "Choose a file…").click();
    }

    /// The same with a folder.
    #[track_caller]
    pub fn folder(&self) {
        self.dialog.role("button", "Choose a folder…").click();
    }

    /// Waits for the preview of a collection with that name.
    #[track_caller]
    pub fn shows(&self, name: &str, summary: &str) {
        self.dialog.role("heading", name).appears();
        self.dialog.says(summary);
    }

    /// An item of the preview. Its name is followed by how many notes there are about it.
    pub fn item(&self, name: &str) -> Locator<'window> {
        self.dialog.role("tree", "What to import").role("treeitem", name).containing()
    }

    /// Checks an item that is not, or the other way round.
    #[track_caller]
    pub fn turn(&self, name: &str, now: &str) {
        self.item(name).click();
        self.window.press("Space");
        self.item(name).has("aria-checked", now);
    }

    /// One part of what becomes of it: Kept, Secrets, Other places.
    #[track_caller]
    pub fn part(&self, name: &str) -> Locator<'window> {
        self.dialog.role("tab", name).click();
        self.dialog.role("tabpanel", name)
    }

    /// What the receipt says under that filter.
    #[track_caller]
    pub fn lines(&self, filter: &str) -> Vec<String> {
        let list = self.part(filter).role("list", "Receipt");
        list.appears();
        list.role("listitem", "").of_any_name().texts()
    }

    /// A workspace of its own as the target.
    #[track_caller]
    pub fn goes_into_new(&self, name: &str, folder: &str) {
        let target = self.dialog.role("region", "Import into");
        let fresh = target.role("radio", "New workspace");
        if fresh.is_there() {
            fresh.click();
        }
        target.role("textbox", "Name").fill(name);
        target.role("textbox", "Folder for the workspace").fill(folder);
    }

    /// Presses the button that says that.
    #[track_caller]
    pub fn go(&self, button: &str) {
        self.dialog.role("button", button).click();
    }

    /// Waits until it is written, and looks at what is told of it.
    #[track_caller]
    pub fn done(&self, title: &str) {
        self.dialog.says(title);
    }

    /// Leaves it.
    #[track_caller]
    pub fn leave(&self, button: &str) {
        self.dialog.role("button", button).click();
        self.dialog.disappears();
    }
}
