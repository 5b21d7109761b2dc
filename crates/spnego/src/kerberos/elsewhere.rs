//! Systems whose Kerberos Errand does not reach.

use super::Step;
use crate::Error;

pub(super) enum Conversation {}

impl Conversation {
    pub(super) fn new(_service: &str, _delegate: bool) -> Result<Self, Error> {
        Err(Error::Unsupported)
    }

    pub(super) fn step(&mut self, _answer: Option<&[u8]>) -> Result<Step, Error> {
        match *self {}
    }
}
