//! A signer as the engine takes it.

use std::collections::BTreeSet;

use bytes::Bytes;
use errand_auth::{Addition, Answer, Payload, Place, Signed, SignedBody, Signer, Unsigned};
use errand_engine::{
    Again, AuthFailure, Authenticator, Authorized, Authorizing, Body, Framing, Header,
    ResponseHead, Unsent,
};

use crate::masks::Masks;

/// Asks a signer, and has what it adds masked.
pub(crate) struct Adapter {
    /// Away while it works on another thread; gone when that one died.
    signer: Option<Box<dyn Signer>>,
    masks: Masks,
    one_connection: bool,
}

impl Adapter {
    pub fn new(signer: Box<dyn Signer>, masks: Masks) -> Self {
        Self { one_connection: signer.needs_one_connection(), signer: Some(signer), masks }
    }
}

impl Authenticator for Adapter {
    fn authorize<'a>(&'a mut self, request: Unsent<'a>) -> Authorizing<'a> {
        Box::pin(async move {
            let Some(mut taken) = self.signer.take() else { return Err(gone()) };
            let own = Own::from(request);
            // A body may have to be read from its file, and a system library may wait.
            let signing = tokio::task::spawn_blocking(move || {
                let result = taken.sign(&Unsigned {
                    method: &own.method,
                    url: &own.url,
                    headers: &own.headers,
                    payload: &own.body,
                });
                (taken, result)
            });
            let (taken, result) = signing.await.map_err(|_| gone())?;
            self.signer = Some(taken);
            let added = result.map_err(|error| failure(&self.masks, &error))?;
            Ok(authorized(added, &self.masks))
        })
    }

    fn challenged(&mut self, head: &ResponseHead) -> Result<Again, AuthFailure> {
        let Some(signer) = &mut self.signer else { return Err(gone()) };
        let headers = texts(&head.headers);
        let answer = Answer { status: head.status, headers: &headers };
        match signer.challenged(&answer) {
            Ok(errand_auth::Again::Yes) => Ok(Again::Yes),
            Ok(errand_auth::Again::No) => Ok(Again::No),
            Err(error) => Err(failure(&self.masks, &error)),
        }
    }

    fn needs_one_connection(&self) -> bool {
        self.one_connection
    }

    fn connection_lost(&mut self) {
        if let Some(signer) = &mut self.signer {
            signer.connection_lost();
        }
    }
}

fn gone() -> AuthFailure {
    AuthFailure { message: "The credentials could not be made; send again.".to_owned() }
}

fn failure(masks: &Masks, error: &errand_auth::Error) -> AuthFailure {
    AuthFailure { message: masks.text(&error.to_string()) }
}

/// A request that another thread may look at.
struct Own {
    method: String,
    url: url::Url,
    headers: Vec<(String, String)>,
    body: OwnBody,
}

impl From<Unsent<'_>> for Own {
    fn from(request: Unsent<'_>) -> Self {
        Self {
            method: request.method.to_owned(),
            url: request.url.clone(),
            headers: texts(request.headers),
            body: OwnBody(request.body.clone()),
        }
    }
}

fn texts(headers: &[Header]) -> Vec<(String, String)> {
    headers.iter().map(|header| (header.name_text(), header.value_text())).collect()
}

struct OwnBody(Body);

impl Payload for OwnBody {
    fn length(&self) -> Option<u64> {
        self.0.length()
    }

    fn read(&self, take: &mut dyn FnMut(&[u8])) -> std::io::Result<()> {
        self.0.read_all(take)
    }
}

struct Frames(Box<dyn errand_auth::Framing>);

impl Framing for Frames {
    fn piece(&self) -> usize {
        self.0.piece()
    }

    fn framed_length(&self, length: u64) -> u64 {
        self.0.framed_length(length)
    }

    fn frame(&mut self, piece: &[u8]) -> Vec<u8> {
        self.0.frame(piece)
    }

    fn end(&mut self) -> Vec<u8> {
        self.0.end()
    }
}

fn authorized(signed: Signed, masks: &Masks) -> Authorized {
    let mut authorized = Authorized::default();
    let mut named = BTreeSet::new();
    for Addition { place, name, value, shown } in signed.additions {
        if shown != value.expose() {
            // What is shown, such as a client's token, may be a secret of the workspace all the same.
            masks.hide(value.expose(), &masks.text(&shown));
        }
        let value = value.expose().to_owned();
        match place {
            Place::Header => {
                named.insert(name.to_ascii_lowercase());
                authorized.headers.push(Header::new(name, value));
            }
            Place::Query => authorized.query.push((name, value)),
            Place::Cookie => authorized.cookies.push((name, value)),
        }
    }
    match signed.body {
        Some(SignedBody::Whole(bytes)) => authorized.body = Some(Body::Bytes(Bytes::from(bytes))),
        Some(SignedBody::Framed(frames)) => authorized.framing = Some(Box::new(Frames(frames))),
        None => {}
    }
    authorized
}
