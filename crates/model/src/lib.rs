//! What a workspace is: requests, folders, environments, auth and bodies.
//!
//! Plain data in OpenCollection's terms, with nothing resolved: `{{name}}` is still text here.
//! No type of this crate holds the value of a secret variable.

mod auth;
mod body;
mod certificate;
mod check;
mod collection;
mod effective;
mod environment;
mod folder;
mod request;
mod source;
mod variable;

pub use auth::{
    AdditionalParameter, AdditionalParameters, ApiKeyPlace, Asap, Auth, AwsPayload, AwsV4,
    ClientAuthentication, ClientCredentials, EdgeGrid, Flow, Hawk, HawkAlgorithm, Jwt,
    JwtAssertion, KeyText, OAuth1, OAuth1Place, OAuth2, ParameterPlace, Pkce, ResourceOwner,
    SignaturePlace, TokenConfig, TokenExchange, TokenKind, TokenPlacement, TokenSettings,
    WsseDigest,
};
pub use body::{Body, FileBody, FormRow, MultipartRow, PartKind, RawLanguage};
pub use certificate::{CertificateFiles, ClientCertificate};
pub use check::{Capture, CaptureScope, Check, Operator};
pub use collection::{
    Collection, Example, ExampleBody, ExampleRequest, ExampleResponse, Extensions, Item,
    ItemEnvironment, ItemFolder, ItemOther, ItemRequest,
};
pub use environment::Environment;
pub use folder::{Defaults, Folder};
pub use request::{Header, Param, ParamKind, Request, RequestSettings, Script, ScriptPhase};
pub use source::SecretSource;
pub use variable::{Variable, VariableType};
