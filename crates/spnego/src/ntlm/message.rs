//! The client's two messages (MS-NLMP 2.2.1.1 and 2.2.1.3).

use zeroize::Zeroizing;

use super::challenge::{Challenge, pair};
use super::fields::{Writer, utf16};
use super::hash::{self, Key};
use super::{Ntlm, Salt};

/// How every message begins.
pub(super) const SIGNATURE: &[u8] = b"NTLMSSP\0";

/// What both sides can do (MS-NLMP 2.2.2.5).
pub(super) mod flag {
    pub(in crate::ntlm) const UNICODE: u32 = 1;
    pub(in crate::ntlm) const REQUEST_TARGET: u32 = 1 << 2;
    pub(in crate::ntlm) const NTLM: u32 = 1 << 9;
    pub(in crate::ntlm) const ALWAYS_SIGN: u32 = 1 << 15;
    pub(in crate::ntlm) const EXTENDED_SECURITY: u32 = 1 << 19;
    pub(in crate::ntlm) const TARGET_INFO: u32 = 1 << 23;
    pub(in crate::ntlm) const VERSION: u32 = 1 << 25;
    pub(in crate::ntlm) const BITS_128: u32 = 1 << 29;
    pub(in crate::ntlm) const BITS_56: u32 = 1 << 31;
}

/// What this client can do.
const OURS: u32 = flag::UNICODE
    | flag::REQUEST_TARGET
    | flag::NTLM
    | flag::ALWAYS_SIGN
    | flag::EXTENDED_SECURITY
    | flag::TARGET_INFO
    | flag::VERSION
    | flag::BITS_128
    | flag::BITS_56;

/// A version of Windows, for a server's log only; the last byte is the revision of NTLM. Without it, some servers
/// look for the integrity code in another place.
const VERSION: [u8; 8] = [10, 0, 0, 0, 0, 0, 0, 15];

const INTEGRITY_CODE_AT: usize = 72;

/// Says in the response's pairs that the message carries an integrity code.
const HAS_INTEGRITY_CODE: u32 = 2;

pub(super) fn negotiate() -> Vec<u8> {
    let mut message = Writer::new(1, 40);
    message.head.extend(OURS.to_le_bytes());
    message.point(b"");
    message.point(b"");
    message.head.extend(VERSION);
    message.finish()
}

pub(super) fn authenticate(
    who: &Ntlm,
    challenge_message: &[u8],
    challenge: &Challenge,
    service: &str,
    channel_bindings: Option<&[u8]>,
    salt: &Salt,
) -> Vec<u8> {
    let domain = who.domain.clone().unwrap_or_else(|| challenge.domain());
    let key = hash::response_key(&who.password, &who.user, &domain);
    let answer = Answer::new(&key, challenge, service, channel_bindings, salt);

    let mut message = Writer::new(3, INTEGRITY_CODE_AT + 16);
    message.point(&answer.lm);
    message.point(&answer.nt);
    message.point(&utf16(&domain));
    message.point(&utf16(&who.user));
    // The workstation's name is nobody's business, and nobody needs it.
    message.point(b"");
    // No session key of the client's own: nothing is signed or sealed with it.
    message.point(b"");
    message.head.extend(((challenge.flags & OURS) | flag::VERSION).to_le_bytes());
    message.head.extend(VERSION);
    let mut message = message.finish();

    if challenge.time().is_some() {
        let code = hash::mac(&answer.session, &[&negotiate(), challenge_message, &message]);
        message[INTEGRITY_CODE_AT..INTEGRITY_CODE_AT + 16].copy_from_slice(&code);
    }
    message
}

/// The responses to a challenge, and the key that comes of them.
struct Answer {
    nt: Vec<u8>,
    lm: [u8; 24],
    session: Zeroizing<Key>,
}

impl Answer {
    fn new(
        key: &Key,
        challenge: &Challenge,
        service: &str,
        channel_bindings: Option<&[u8]>,
        salt: &Salt,
    ) -> Self {
        let pairs = pairs(challenge, service, channel_bindings);
        let time = challenge.time().unwrap_or(salt.time);
        let blob = blob(time, salt.nonce, &pairs);
        let proof = hash::mac(key, &[&challenge.nonce, &blob]);
        // A server that says the time checks the other response only (MS-NLMP 3.1.5.1.2).
        let mut lm = [0; 24];
        if challenge.time().is_none() {
            lm[..16].copy_from_slice(&hash::mac(key, &[&challenge.nonce, &salt.nonce]));
            lm[16..].copy_from_slice(&salt.nonce);
        }
        let session = Zeroizing::new(hash::mac(key, &[&proof]));
        Self { nt: [&proof[..], &blob].concat(), lm, session }
    }
}

/// What the response is calculated over besides the challenge (`temp` in MS-NLMP 3.3.2).
fn blob(time: u64, nonce: [u8; 8], pairs: &[u8]) -> Vec<u8> {
    let mut blob = vec![1, 1, 0, 0, 0, 0, 0, 0];
    blob.extend(time.to_le_bytes());
    blob.extend(nonce);
    blob.extend([0; 4]);
    blob.extend(pairs);
    blob.extend([0; 4]);
    blob
}

/// What the server said of itself, and what the client has to add. A server that does not say the time is from
/// before the additions, and gets back what it said.
fn pairs(challenge: &Challenge, service: &str, channel_bindings: Option<&[u8]>) -> Vec<u8> {
    let mut written = Vec::new();
    let mut write = |kind: u16, value: &[u8]| {
        let length = u16::try_from(value.len()).unwrap_or(u16::MAX);
        written.extend(kind.to_le_bytes());
        written.extend(length.to_le_bytes());
        written.extend(&value[..usize::from(length)]);
    };
    let protected = challenge.time().is_some();
    let ours = [pair::FLAGS, pair::SERVICE, pair::BINDINGS];
    for (kind, value) in &challenge.pairs {
        if !(protected && ours.contains(kind)) {
            write(*kind, value);
        }
    }
    if protected {
        let said = challenge.pair(pair::FLAGS).and_then(|value| super::fields::array(value, 0));
        let flags = said.map_or(0, u32::from_le_bytes) | HAS_INTEGRITY_CODE;
        write(pair::FLAGS, &flags.to_le_bytes());
        write(pair::BINDINGS, &channel_bindings.map_or([0; 16], hash::bindings));
        write(pair::SERVICE, &utf16(service));
    }
    write(pair::END, b"");
    written
}
