//! Authenticators that do what a test says, and tell what they were asked.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use errand_engine::{
    Again, AuthFailure, Authenticator, Authorized, Authorizing, Header, ResponseHead, Unsent,
};

type Add = Box<dyn FnMut(Unsent<'_>) -> Result<Authorized, AuthFailure> + Send>;
type Meet = Box<dyn FnMut(&ResponseHead) -> Result<Again, AuthFailure> + Send>;

/// Adds what `add` says and answers challenges as `meets` says.
pub struct Proof {
    pub add: Add,
    pub meets: Meet,
    /// For each request that was authorized: its first line and headers.
    pub asked: Arc<Mutex<Vec<String>>>,
}

impl Proof {
    pub fn new(
        add: impl FnMut(Unsent<'_>) -> Result<Authorized, AuthFailure> + Send + 'static,
    ) -> Self {
        Self { add: Box::new(add), meets: Box::new(|_| Ok(Again::No)), asked: Arc::default() }
    }

    /// Adds this header.
    pub fn header(name: &'static str, value: &'static str) -> Self {
        Self::new(move |_| {
            Ok(Authorized { headers: vec![Header::new(name, value)], ..Authorized::default() })
        })
    }

    #[must_use]
    pub fn meeting(
        mut self,
        meets: impl FnMut(&ResponseHead) -> Result<Again, AuthFailure> + Send + 'static,
    ) -> Self {
        self.meets = Box::new(meets);
        self
    }

    #[allow(clippy::unnecessary_wraps)] // As it is handed to the engine.
    pub fn boxed(self) -> Option<Box<dyn Authenticator>> {
        Some(Box::new(self))
    }
}

impl Authenticator for Proof {
    fn authorize<'a>(&'a mut self, request: Unsent<'a>) -> Authorizing<'a> {
        let mut text = format!("{} {}\n", request.method, request.url);
        for header in request.headers {
            let _ = writeln!(text, "{}: {}", header.name_text(), header.value_text());
        }
        self.asked.lock().unwrap().push(text);
        let answer = (self.add)(request);
        Box::pin(async move { answer })
    }

    fn challenged(&mut self, head: &ResponseHead) -> Result<Again, AuthFailure> {
        (self.meets)(head)
    }

    fn needs_one_connection(&self) -> bool {
        false
    }
}

/// A handshake bound to its connection, as NTLM's: `Shake 1`, the server's `Shake 2`, `Shake 3`.
#[derive(Default)]
pub struct Handshake {
    answered: bool,
    pub lost: Arc<Mutex<usize>>,
}

impl Authenticator for Handshake {
    fn authorize<'a>(&'a mut self, _: Unsent<'a>) -> Authorizing<'a> {
        let value = if self.answered { "Shake 3" } else { "Shake 1" };
        let headers = vec![Header::new("Authorization", value)];
        Box::pin(async move { Ok(Authorized { headers, ..Authorized::default() }) })
    }

    fn challenged(&mut self, head: &ResponseHead) -> Result<Again, AuthFailure> {
        if head.status != 401 {
            return Ok(Again::No);
        }
        if self.answered {
            return Err(AuthFailure { message: "The handshake was refused.".into() });
        }
        self.answered = head.header("WWW-Authenticate").as_deref() == Some("Shake 2");
        Ok(Again::Yes)
    }

    fn needs_one_connection(&self) -> bool {
        true
    }

    fn connection_lost(&mut self) {
        self.answered = false;
        *self.lost.lock().unwrap() += 1;
    }
}
