//! A thing in the window, by role and accessible name.

use std::fmt;
use std::time::Duration;

use serde_json::{Value, json};

use super::window::Window;
use super::wire::Refusal;
use crate::patience::{self, PATIENCE};

/// The key under which WebDriver passes an element's reference (WebDriver §12).
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

const FIND: &str = include_str!("find.js");

/// What to look for. It is looked up anew for each use, so it survives a page that redraws.
#[derive(Debug, Clone)]
pub struct Locator<'window> {
    window: &'window Window<'window>,
    role: String,
    name: Name,
    within: Option<Box<Locator<'window>>>,
}

#[derive(Debug, Clone)]
enum Name {
    Exactly(String),
    Containing(String),
    Any,
}

impl<'window> Locator<'window> {
    pub(super) fn new(window: &'window Window<'window>, role: &str, name: &str) -> Self {
        Self { window, role: role.into(), name: Name::Exactly(name.into()), within: None }
    }

    /// The same role with a name that contains this one's.
    #[must_use]
    pub fn containing(mut self) -> Self {
        if let Name::Exactly(name) = self.name {
            self.name = Name::Containing(name);
        }
        self
    }

    /// The same role with any name or none.
    #[must_use]
    pub fn of_any_name(mut self) -> Self {
        self.name = Name::Any;
        self
    }

    /// What has this role and name inside this one.
    #[must_use]
    pub fn role(&self, role: &str, name: &str) -> Self {
        let within = Some(Box::new(self.clone()));
        Self { window: self.window, role: role.into(), name: Name::Exactly(name.into()), within }
    }

    /// Waits until it is there.
    #[track_caller]
    pub fn appears(&self) -> &Self {
        self.with(PATIENCE, "be there", |_| Ok(()));
        self
    }

    /// Waits until it is there, for something that may take longer than usual.
    #[track_caller]
    pub fn appears_within(&self, time: Duration) -> &Self {
        self.with(time, "be there", |_| Ok(()));
        self
    }

    /// Waits until it is gone.
    #[track_caller]
    pub fn disappears(&self) {
        patience::expect(&format!("{self} to go away"), || (!self.is_there()).then_some(()));
    }

    /// Whether it is there at this moment.
    #[track_caller]
    pub fn is_there(&self) -> bool {
        self.undisturbed(|| self.first()).is_some()
    }

    /// How many there are at this moment.
    #[track_caller]
    pub fn count(&self) -> usize {
        self.undisturbed(|| self.elements()).len()
    }

    /// Clicks its middle, once it can be clicked.
    #[track_caller]
    pub fn click(&self) {
        self.with(PATIENCE, "be clicked", |element| self.element(element, "click", &json!({})));
    }

    /// Clicks twice.
    #[track_caller]
    pub fn double_click(&self) {
        let (down, up) = (
            json!({"type": "pointerDown", "button": 0}),
            json!({"type": "pointerUp", "button": 0}),
        );
        self.point(&[down.clone(), up.clone(), down, up]);
    }

    /// Clicks with the right button. WebKitGTK's driver lets go of another button than it pressed, and the page gets
    /// no pointer events any more: press a button afterwards with the keyboard, or open the menu with it.
    #[track_caller]
    pub fn right_click(&self) {
        self.point(&[
            json!({"type": "pointerDown", "button": 2}),
            json!({"type": "pointerUp", "button": 2}),
        ]);
    }

    /// Rests the pointer on it.
    #[track_caller]
    pub fn hover(&self) {
        self.point(&[]);
    }

    /// Drags it onto another with the pointer: a divider, a slider. WebKitGTK's driver starts a drag and drop of
    /// the page's own, but never drops; that is tried by keyboard.
    #[track_caller]
    pub fn drag_to(&self, other: &Locator<'_>) {
        self.with(PATIENCE, "be dragged", |from| {
            let to = other.first()?.ok_or_else(|| other.missing())?;
            let actions = [
                move_to(from, 0),
                json!({"type": "pointerDown", "button": 0}),
                // A drag begins with a small move; a jump straight to the target is none.
                json!({"type": "pointerMove", "origin": "pointer", "x": 6, "y": 6, "duration": 50}),
                move_to(&to, 150),
                json!({"type": "pointerUp", "button": 0}),
            ];
            self.pointer(&actions)
        });
    }

    /// Replaces its text: focus, select all, type. Works for fields and for editors alike.
    #[track_caller]
    pub fn fill(&self, text: &str) {
        self.click();
        self.window.press("Control+a");
        if text.is_empty() { self.window.press("Delete") } else { self.window.type_text(text) }
    }

    /// The text it shows, as rendered. (The driver's own answer leaves out what it wrongly takes for hidden.)
    #[track_caller]
    pub fn text(&self) -> String {
        string(&self.with(PATIENCE, "be read", |element| self.inner_text(element)))
    }

    /// The value of a field, as the person sees it.
    #[track_caller]
    pub fn value(&self) -> String {
        string(&self.with(PATIENCE, "be read", |element| self.read(element, "property/value")))
    }

    /// Waits until a field has that value.
    #[track_caller]
    pub fn holds(&self, value: &str) -> &Self {
        let mut last = String::new();
        let found = patience::until(PATIENCE, || {
            last = self.value();
            (last == value).then_some(())
        });
        assert!(found.is_some(), "{self} does not hold {value:?}; it holds {last:?}");
        self
    }

    /// An attribute, such as `aria-selected`. Nothing when it has none.
    #[track_caller]
    pub fn attribute(&self, name: &str) -> Option<String> {
        let value = self
            .with(PATIENCE, "be read", |element| self.read(element, &format!("attribute/{name}")));
        value.as_str().map(Into::into)
    }

    /// Waits until an attribute has that value.
    #[track_caller]
    pub fn has(&self, attribute: &str, value: &str) -> &Self {
        let look = || (self.attribute(attribute).as_deref() == Some(value)).then_some(());
        patience::expect(&format!("{self} to have {attribute}={value}"), look);
        self
    }

    /// Waits until its text contains that.
    #[track_caller]
    pub fn says(&self, part: &str) -> &Self {
        let mut last = String::new();
        let found = patience::until(PATIENCE, || {
            last = self.text();
            last.contains(part).then_some(())
        });
        assert!(found.is_some(), "{self} does not say {part:?}; it says {last:?}");
        self
    }

    /// The text of each that is there, in the order of the page.
    #[track_caller]
    pub fn texts(&self) -> Vec<String> {
        self.undisturbed(|| {
            let texts = self.elements()?.into_iter().map(|element| self.inner_text(&element));
            texts.map(|text| text.map(|text| string(&text))).collect()
        })
    }

    /// One look at the page from beginning to end: a look takes several questions to the driver, and the page may
    /// replace an element between two of them. Then it is looked at again.
    #[track_caller]
    fn undisturbed<T>(&self, look: impl Fn() -> Result<T, Refusal>) -> T {
        let found = patience::until(PATIENCE, || match look() {
            Err(refusal) if refusal.is_stale() => None,
            done => Some(done),
        });
        match found {
            Some(Ok(found)) => found,
            Some(Err(refusal)) => panic!("cannot look for {self}: {refusal}"),
            None => panic!("the page never kept still for one look for {self}"),
        }
    }

    #[track_caller]
    fn point(&self, then: &[Value]) {
        self.with(PATIENCE, "be pointed at", |element| {
            let actions: Vec<Value> =
                [move_to(element, 0)].into_iter().chain(then.iter().cloned()).collect();
            self.pointer(&actions)
        });
    }

    fn pointer(&self, actions: &[Value]) -> Result<Value, Refusal> {
        let mouse = json!({"type": "pointer", "id": "mouse", "actions": actions});
        self.window.post("actions", &json!({"actions": [mouse]}))
    }

    /// Does something with the first match, again and again until it works: a page that is still drawing
    /// replaces elements and moves them about.
    #[track_caller]
    fn with<T>(
        &self,
        time: Duration,
        what: &str,
        mut act: impl FnMut(&str) -> Result<T, Refusal>,
    ) -> T {
        let mut last = None;
        let done = patience::until(time, || {
            let result = self
                .first()
                .and_then(|found| found.ok_or_else(|| self.missing()))
                .and_then(|e| act(&e));
            result.map_err(|refusal| last = Some(refusal)).ok()
        });
        done.unwrap_or_else(|| {
            let why = last.map(|refusal| refusal.to_string()).unwrap_or_default();
            panic!(
                "{self} should {what} within {} s, but: {why}. {}",
                time.as_secs(),
                self.alternatives()
            )
        })
    }

    fn missing(&self) -> Refusal {
        Refusal::Said { kind: "no such element".into(), message: format!("there is no {self}") }
    }

    /// What of this role there is instead: the likeliest cause of a failure is a name that was changed.
    fn alternatives(&self) -> String {
        let others = Self { name: Name::Any, ..self.clone() };
        let found = others.elements().unwrap_or_default();
        let names: Vec<String> = found
            .iter()
            .take(40)
            .filter_map(|e| self.label(e).ok())
            .map(|n| format!("{n:?}"))
            .collect();
        if names.is_empty() {
            format!("Nothing here has the role {}", self.role)
        } else {
            format!("Names of the role {} here: {}", self.role, names.join(", "))
        }
    }

    fn first(&self) -> Result<Option<String>, Refusal> {
        Ok(self.elements()?.into_iter().next())
    }

    fn elements(&self) -> Result<Vec<String>, Refusal> {
        let root = match &self.within {
            None => Value::Null,
            Some(outer) => match outer.first()? {
                Some(element) => json!({ELEMENT: element}),
                None => return Ok(Vec::new()),
            },
        };
        let name = match &self.name {
            Name::Exactly(name) | Name::Containing(name) => name.as_str(),
            Name::Any => "",
        };
        let found = self.window.try_run(FIND, &[root, json!(self.role), json!(name)])?;
        let mut matching = Vec::new();
        for reference in found.as_array().into_iter().flatten() {
            let element = string(&reference[ELEMENT]);
            if self.is(&element)? {
                matching.push(element);
            }
        }
        Ok(matching)
    }

    fn is(&self, element: &str) -> Result<bool, Refusal> {
        let named = match &self.name {
            Name::Any => true,
            Name::Exactly(name) => self.label(element)? == *name,
            Name::Containing(name) => self.label(element)?.contains(name.as_str()),
        };
        Ok(named && self.role_of(element)? == self.role)
    }

    /// The role, as the browser computes it. WebKitGTK has no word for some, such as `tree`, and calls them
    /// generic: then what the page says counts.
    fn role_of(&self, element: &str) -> Result<String, Refusal> {
        let role = string(&self.read(element, "computedrole")?);
        if role == "img" {
            // ARIA 1.3 calls it image.
            return Ok("image".into());
        }
        if role != "generic" {
            return Ok(role);
        }
        let said = string(&self.read(element, "attribute/role")?);
        Ok(if said.is_empty() { role } else { said })
    }

    /// The accessible name, as the browser computes it.
    fn label(&self, element: &str) -> Result<String, Refusal> {
        let label = string(&self.read(element, "computedlabel")?);
        Ok(label.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    fn inner_text(&self, element: &str) -> Result<Value, Refusal> {
        self.window.try_run("return arguments[0].innerText", &[json!({ELEMENT: element})])
    }

    fn read(&self, element: &str, what: &str) -> Result<Value, Refusal> {
        self.window.get(&format!("element/{element}/{what}"))
    }

    fn element(&self, element: &str, what: &str, body: &Value) -> Result<Value, Refusal> {
        self.window.post(&format!("element/{element}/{what}"), body)
    }
}

impl fmt::Display for Locator<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Name::Exactly(name) => write!(out, "{} {name:?}", self.role)?,
            Name::Containing(name) => write!(out, "{} with {name:?} in its name", self.role)?,
            Name::Any => write!(out, "{}", self.role)?,
        }
        self.within.as_ref().map_or(Ok(()), |outer| write!(out, " in {outer}"))
    }
}

fn move_to(element: &str, duration: u64) -> Value {
    json!({"type": "pointerMove", "origin": {ELEMENT: element}, "x": 0, "y": 0, "duration": duration})
}

fn string(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
