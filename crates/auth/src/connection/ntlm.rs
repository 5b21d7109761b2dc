use super::{failed, header, token};
use crate::challenge::{Challenge, challenges, not_offered};
use crate::{Again, Answer, Error, Signed, Signer, Unsigned};

const NTLM: &str = "NTLM";
const NEGOTIATE: &str = "Negotiate";
/// How often a conversation is begun: connections break, and servers close them after a challenge.
const BEGINNINGS: u8 = 4;

/// Proves an identity to a connection in three messages.
pub(crate) struct Ntlm {
    client: errand_spnego::Ntlm,
    stage: Stage,
    /// The scheme's word: servers that offer only Negotiate take the same messages under its name.
    word: &'static str,
    beginnings: u8,
}

enum Stage {
    /// The next request begins the conversation.
    Begin,
    /// The first message is on its way.
    Asked,
    /// The server's challenge is there.
    Challenged(Vec<u8>),
    /// The answer to it is on its way.
    Proving,
    /// The connection knows who it is, or does not want to.
    Settled,
}

impl Ntlm {
    pub fn new(username: &str, password: &str, domain: &str) -> Result<Self, Error> {
        if username.is_empty() {
            return Err(Error::Empty { field: "user name" });
        }
        let client = errand_spnego::Ntlm::new(username, password, domain);
        Ok(Self { client, stage: Stage::Begin, word: NTLM, beginnings: 0 })
    }

    fn begin(&mut self) -> Again {
        if self.beginnings >= BEGINNINGS {
            return Again::No;
        }
        self.stage = Stage::Begin;
        Again::Yes
    }

    /// The first message; not for ever to a server that closes the connection after its challenge.
    fn ask(&mut self) -> Result<Vec<u8>, Error> {
        if self.beginnings >= BEGINNINGS {
            let reason = "the server closes the connection before it can be proven who you are. Is a proxy between?";
            return Err(Error::Handshake { scheme: NTLM, reason: reason.to_owned() });
        }
        self.beginnings += 1;
        self.stage = Stage::Asked;
        Ok(self.client.negotiate())
    }

    /// The answer to the first message should hold the challenge.
    fn asked(&mut self, found: &[Challenge]) -> Result<Again, Error> {
        if let Some(challenge) = token(found, self.word)? {
            self.stage = Stage::Challenged(challenge);
            return Ok(Again::Yes);
        }
        let offers = |word: &str| found.iter().any(|challenge| challenge.is(word));
        if offers(self.word) {
            return Ok(self.begin());
        }
        if self.word == NTLM && offers(NEGOTIATE) {
            self.word = NEGOTIATE;
            return Ok(self.begin());
        }
        Err(not_offered(NTLM, found))
    }
}

impl Signer for Ntlm {
    fn sign(&mut self, request: &Unsigned<'_>) -> Result<Signed, Error> {
        let message = match &self.stage {
            Stage::Proving | Stage::Settled => return Ok(Signed::default()),
            Stage::Begin | Stage::Asked => self.ask()?,
            Stage::Challenged(challenge) => {
                let service = format!("HTTP/{}", request.url.host_str().unwrap_or_default());
                let message = self.client.authenticate(challenge, &service, None);
                self.stage = Stage::Proving;
                message.map_err(|error| failed(NTLM, &error))?
            }
        };
        Ok(header(self.word, &message).into())
    }

    fn challenged(&mut self, answer: &Answer<'_>) -> Result<Again, Error> {
        if answer.status != 401 {
            self.beginnings = 0;
            self.stage = Stage::Settled;
            return Ok(Again::No);
        }
        match self.stage {
            Stage::Asked => self.asked(&challenges(answer.all("WWW-Authenticate"))),
            // Another connection, or a part of the server that asks again.
            Stage::Settled => Ok(self.begin()),
            // It knows the answer, and does not like it.
            Stage::Begin | Stage::Challenged(_) | Stage::Proving => Ok(Again::No),
        }
    }

    fn needs_one_connection(&self) -> bool {
        true
    }

    fn connection_lost(&mut self) {
        self.stage = Stage::Begin;
    }
}
