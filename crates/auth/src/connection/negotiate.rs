use errand_spnego::{Kerberos, Step};

use super::{failed, header, token};
use crate::challenge::{challenges, not_offered};
use crate::{Again, Answer, Error, Signed, Signer, Unsigned};

const NEGOTIATE: &str = "Negotiate";
/// Tokens that one conversation may take. Kerberos needs one, rarely two.
const LEGS: u8 = 6;

/// Kerberos with the system's tickets: a new conversation for each request.
pub(crate) struct Negotiate {
    service: String,
    delegate: bool,
    conversation: Option<Kerberos>,
    /// What goes with the next request, when it goes on with a conversation.
    next: Option<Vec<u8>>,
    legs: u8,
}

impl Negotiate {
    pub fn new(service: &str, delegate: bool) -> Self {
        let service = service.trim().to_owned();
        Self { service, delegate, conversation: None, next: None, legs: 0 }
    }

    fn begin(&mut self, host: &str) -> Result<Vec<u8>, Error> {
        let own = format!("HTTP@{host}");
        let service = if self.service.is_empty() { &own } else { &self.service };
        let refused = |error| failed(NEGOTIATE, &error);
        let mut conversation = Kerberos::new(service, self.delegate).map_err(refused)?;
        let first = conversation.step(None).map_err(refused)?;
        self.conversation = Some(conversation);
        self.legs = 0;
        match first {
            Step::Send(token) => Ok(token),
            Step::Done => Ok(Vec::new()),
        }
    }
}

impl Signer for Negotiate {
    fn sign(&mut self, request: &Unsigned<'_>) -> Result<Signed, Error> {
        let token = match self.next.take() {
            Some(token) => token,
            None => self.begin(request.url.host_str().unwrap_or_default())?,
        };
        Ok(header(NEGOTIATE, &token).into())
    }

    fn challenged(&mut self, answer: &Answer<'_>) -> Result<Again, Error> {
        let found = challenges(answer.all("WWW-Authenticate"));
        let Some(conversation) = &mut self.conversation else { return Ok(Again::No) };
        let refused = answer.status == 401;
        let Some(token) = token(&found, NEGOTIATE)? else {
            self.conversation = None;
            if refused && !found.iter().any(|challenge| challenge.is(NEGOTIATE)) {
                return Err(not_offered(NEGOTIATE, &found));
            }
            return Ok(Again::No);
        };
        // On any other answer the token is the server's own proof, and is only checked.
        let step = conversation.step(Some(&token)).map_err(|error| failed(NEGOTIATE, &error))?;
        self.legs += 1;
        match step {
            Step::Send(token) if refused && self.legs < LEGS => {
                self.next = Some(token);
                Ok(Again::Yes)
            }
            _ => Ok(Again::No),
        }
    }

    fn needs_one_connection(&self) -> bool {
        true
    }

    fn connection_lost(&mut self) {
        self.conversation = None;
        self.next = None;
    }
}
