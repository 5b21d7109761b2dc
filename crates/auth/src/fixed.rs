use crate::{Addition, Error, Signed, Signer, Unsigned};

/// Puts the same addition onto every request: what basic, bearer, API keys and finished tokens do.
pub struct Static {
    addition: Addition,
}

impl Static {
    /// A signer that adds `addition`.
    pub fn new(addition: Addition) -> Self {
        Self { addition }
    }
}

impl Signer for Static {
    fn sign(&mut self, _: &Unsigned<'_>) -> Result<Signed, Error> {
        Ok(Signed::from(self.addition.clone()))
    }
}
