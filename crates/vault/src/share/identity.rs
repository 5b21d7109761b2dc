use age::secrecy::ExposeSecret as _;

use super::Recipient;
use crate::store::Slot;
use crate::vault::{bytes, text};
use crate::{Error, Secret, Stored, Vault};

/// A person's key for shared secrets. The private half is in the keychain and nowhere else.
pub struct Identity(pub(super) age::x25519::Identity);

impl Identity {
    /// A new one, kept nowhere: see [`Vault::make_identity`].
    pub fn generate() -> Self {
        Self(age::x25519::Identity::generate())
    }

    /// The half to hand to colleagues, `age1…`.
    pub fn public_key(&self) -> String {
        self.0.to_public().to_string()
    }

    /// The same as an entry of the list of recipients.
    pub fn recipient(&self, name: &str) -> Recipient {
        Recipient::new(name, self.0.to_public())
    }

    fn private(&self) -> Secret {
        Secret::from(self.0.to_string().expose_secret())
    }

    fn read(secret: &Secret) -> Result<Self, Error> {
        let damaged = |_| Error::BadAnswer {
            reason: "your key for shared secrets in it is damaged".to_owned(),
        };
        secret.expose().trim().parse().map(Self).map_err(damaged)
    }
}

impl Vault {
    /// This person's key for shared secrets; none until it was made.
    ///
    /// # Errors
    /// Everything of [`Error`]; then nobody knows whether there is one, and none may be made.
    pub fn identity(&self) -> Result<Option<Identity>, Error> {
        let value = self.slots().get(&slot(self))?;
        value.map(|value| text(&value).and_then(|secret| Identity::read(&secret))).transpose()
    }

    /// This person's key, made now if there is none. It is the same on every call.
    ///
    /// # Errors
    /// Everything of [`Error`]: a key that lasts for a session only is not made, since what
    /// colleagues seal for it could never be opened again.
    pub fn make_identity(&self) -> Result<Identity, Error> {
        if let Some(identity) = self.identity()? {
            return Ok(identity);
        }
        // Another program may have made one since this one last looked.
        self.reload();
        if let Some(identity) = self.identity()? {
            return Ok(identity);
        }
        let identity = Identity::generate();
        match self.slots().set(&slot(self), bytes(&identity.private()))? {
            Stored::Keychain => Ok(identity),
            Stored::SessionOnly => {
                self.slots().forget_for_session(&slot(self));
                Err(Error::Locked)
            }
        }
    }
}

fn slot(vault: &Vault) -> Slot {
    Slot::new(format!("{}.identity", vault.slots().service), "age")
}
