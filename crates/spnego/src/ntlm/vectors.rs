//! The worked example of MS-NLMP 4.2.4 (a public specification), and what the format says of the rest.

use proptest::prelude::*;

use super::challenge::{Challenge, pair};
use super::fields::{array, pointed, utf16};
use super::message::{self, flag};
use super::{Ntlm, Salt, hash};
use crate::Error;

const SERVER_NONCE: [u8; 8] = [0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef];
const SALT: Salt = Salt { nonce: [0xaa; 8], time: 0 };

fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<u32> = text.chars().filter_map(|digit| digit.to_digit(16)).collect();
    digits.chunks(2).map(|two| u8::try_from(two[0] * 16 + two[1]).unwrap_or(0)).collect()
}

fn user() -> Ntlm {
    Ntlm::new("User", "Password", "Domain")
}

/// A challenge with these pairs; their end is added.
fn challenge(flags: u32, target: &str, pairs: &[(u16, &[u8])]) -> Vec<u8> {
    let mut info = Vec::new();
    for (kind, value) in pairs.iter().chain([&(pair::END, &b""[..])]) {
        info.extend(kind.to_le_bytes());
        info.extend(u16::try_from(value.len()).unwrap_or(0).to_le_bytes());
        info.extend(*value);
    }
    let mut message = super::fields::Writer::new(2, 56);
    message.point(&utf16(target));
    message.head.extend((flags | flag::UNICODE | flag::TARGET_INFO).to_le_bytes());
    message.head.extend(SERVER_NONCE);
    message.head.extend([0; 8]);
    message.point(&info);
    message.finish()
}

fn named() -> [(u16, Vec<u8>); 2] {
    [(2, utf16("Domain")), (1, utf16("Server"))]
}

fn with(pairs: &[(u16, Vec<u8>)]) -> Vec<u8> {
    let pairs: Vec<_> = pairs.iter().map(|(kind, value)| (*kind, value.as_slice())).collect();
    challenge(0, "Server", &pairs)
}

fn answer(who: &Ntlm, challenge: &[u8], bindings: Option<&[u8]>) -> Vec<u8> {
    let read = Challenge::read(challenge).unwrap();
    message::authenticate(who, challenge, &read, "HTTP/server", bindings, &SALT)
}

#[test]
fn keys_are_those_of_the_example() {
    let password = hash::password("Password");
    assert_eq!(password[..], hex("a4f49c406510bdcab6824ee7c30fd852"));
    let key = hash::response_key(&password, "User", "Domain");
    assert_eq!(key[..], hex("0c868a403bfd7a93a3001ef22ef02e3f"));
    let proof = hex("68cd0ab851e51c96aabc927bebef6a1c");
    assert_eq!(hash::mac(&key, &[&proof])[..], hex("8de40ccadbc14a82f15cb0ad0de95ca3"));
}

#[test]
fn responses_are_those_of_the_example() {
    let message = answer(&user(), &with(&named()), None);
    let lm = hex("86c35097ac9cec102554764a57cccc19aaaaaaaaaaaaaaaa");
    assert_eq!(pointed(&message, 12), Some(&lm[..]));
    let nt = hex("68cd0ab851e51c96aabc927bebef6a1c\
         01010000000000000000000000000000aaaaaaaaaaaaaaaa00000000\
         02000c0044006f006d00610069006e0001000c00530065007200760065007200\
         0000000000000000");
    assert_eq!(pointed(&message, 20), Some(&nt[..]));
    assert_eq!(pointed(&message, 28), Some(&utf16("Domain")[..]));
    assert_eq!(pointed(&message, 36), Some(&utf16("User")[..]));
    assert_eq!(pointed(&message, 44), Some(&b""[..]), "no workstation");
    // No integrity code where the server does not say the time.
    assert_eq!(message[72..88], [0; 16]);
}

#[test]
fn a_server_that_says_the_time_gets_an_integrity_code() {
    let time = 0x01dd_797b_2c17_878e_u64;
    let mut pairs = named().to_vec();
    pairs.push((pair::TIME, time.to_le_bytes().to_vec()));
    let challenge = with(&pairs);
    let mut message = answer(&user(), &challenge, Some(b"tls-server-end-point:0123"));

    assert_eq!(pointed(&message, 12), Some(&[0; 24][..]), "no other response");
    let nt = pointed(&message, 20).unwrap().to_vec();
    assert_eq!(array(&nt, 24).map(u64::from_le_bytes), Some(time));
    let key = hash::response_key(&hash::password("Password"), "User", "Domain");
    assert_eq!(hash::mac(&key, &[&SERVER_NONCE, &nt[16..]])[..], nt[..16]);

    // What was said, then that there is a code, the connection and the service.
    let mut info = hex("02000c0044006f006d00610069006e0001000c00530065007200760065007200");
    info.extend(hex("07000800").into_iter().chain(time.to_le_bytes()));
    info.extend(hex("0600040002000000"));
    info.extend(hex("0a001000").into_iter().chain(hash::bindings(b"tls-server-end-point:0123")));
    info.extend(hex("09001600").into_iter().chain(utf16("HTTP/server")));
    assert_eq!(nt[44..nt.len() - 8], info);

    let code: [u8; 16] = array(&message, 72).unwrap();
    message[72..88].fill(0);
    let session = hash::mac(&key, &[&nt[..16]]);
    assert_eq!(code, hash::mac(&session, &[&message::negotiate(), &challenge, &message]));
}

#[test]
fn what_the_server_sets_of_the_added_pairs_is_not_said_twice() {
    let pairs = [
        (pair::FLAGS, 1_u32.to_le_bytes().to_vec()),
        (pair::TIME, vec![0; 8]),
        (pair::BINDINGS, vec![7; 16]),
        (pair::SERVICE, utf16("HTTP/other")),
    ];
    let message = answer(&user(), &with(&pairs), None);
    let nt = pointed(&message, 20).unwrap();
    let mut info = hex("0700080000000000000000000600040003000000");
    info.extend(hex("0a00100000000000000000000000000000000000"));
    info.extend(hex("09001600").into_iter().chain(utf16("HTTP/server")));
    assert_eq!(nt[44..nt.len() - 8], info);
}

#[test]
fn names_are_split_as_windows_does() {
    let challenge = with(&named());
    for (username, domain, sent) in [
        ("CORP\\User", "", ("CORP", "User")),
        ("CORP\\User", "Domain", ("Domain", "User")),
        ("User@corp.example", "", ("", "User@corp.example")),
        ("User@corp.example", "CORP", ("CORP", "User@corp.example")),
        ("User", "", ("Server", "User")),
        ("\\User", "", ("", "User")),
        ("A\\B\\C", "", ("A", "B\\C")),
    ] {
        let message = answer(&Ntlm::new(username, "Password", domain), &challenge, None);
        assert_eq!(pointed(&message, 28), Some(&utf16(sent.0)[..]), "{username} {domain}");
        assert_eq!(pointed(&message, 36), Some(&utf16(sent.1)[..]), "{username} {domain}");
    }
}

#[test]
fn capitals_are_those_of_windows() {
    let key = |user| hash::response_key(&hash::password("p"), user, "D");
    assert_eq!(key("jürgen"), key("JÜRGEN"));
    assert_ne!(key("groß"), key("GROSS"));
}

#[test]
fn what_is_no_challenge_says_why() {
    let good = with(&named());
    let read = |message: &[u8]| Challenge::read(message).err();
    assert_eq!(read(b""), Some(Error::Challenge("it does not begin with NTLMSSP")));
    assert_eq!(read(&good[..30]), Some(Error::Challenge("it is cut short")));
    assert_eq!(read(&good[..good.len() - 5]), Some(Error::Challenge("it is cut short")));
    assert_eq!(read(&message::negotiate()), Some(Error::Challenge("it is not a challenge")));
    let mut old = good;
    old[20] &= !1;
    assert_eq!(read(&old), Some(Error::NoUnicode));
}

proptest! {
    #[test]
    fn no_challenge_breaks_the_client(junk in prop::collection::vec(any::<u8>(), 0..120), at in 0_usize..200, to in any::<u8>()) {
        let _ = Challenge::read(&junk);
        let mut challenge = with(&named());
        if let Some(byte) = challenge.get_mut(at) {
            *byte = to;
        }
        let _ = user().authenticate(&challenge, "HTTP/server", None);
        challenge.truncate(at);
        let _ = user().authenticate(&challenge, "HTTP/server", None);
    }
}
