//! What a workspace is: requests, folders, environments, auth and bodies.
//!
//! Plain data in OpenCollection's terms, with nothing resolved: `{{name}}` is still text here.
//! No type of this crate holds the value of a secret variable.

mod auth;
mod body;
mod check;
mod environment;
mod folder;
mod request;
mod variable;

pub use auth::{ApiKeyPlace, Auth};
pub use body::{Body, FileBody, FormRow, MultipartRow, PartKind, RawLanguage};
pub use check::{Capture, CaptureScope, Check, Operator};
pub use environment::Environment;
pub use folder::{Defaults, Folder};
pub use request::{Header, Param, ParamKind, Request, RequestSettings, Script, ScriptPhase};
pub use variable::{Variable, VariableType};
