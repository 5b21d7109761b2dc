//! The system's GSSAPI library.

use libgssapi::context::{ClientCtx, CtxFlags};
use libgssapi::credential::{Cred, CredUsage};
use libgssapi::error::{Error as GssError, MajorFlags};
use libgssapi::name::Name;
use libgssapi::oid::{
    GSS_MECH_KRB5, GSS_MECH_SPNEGO, GSS_NT_HOSTBASED_SERVICE, GSS_NT_KRB5_PRINCIPAL, Oid, OidSet,
};

use super::Step;
use crate::Error;

/// Codes of MIT Kerberos (its `krb5_err.et` and `k5e1_err.et`, table base -1765328384 and 39756032).
mod code {
    /// `KRB5KDC_ERR_S_PRINCIPAL_UNKNOWN`
    pub(super) const SERVICE_UNKNOWN: i32 = -1_765_328_377;
    /// `KRB5KRB_AP_ERR_TKT_EXPIRED`
    pub(super) const TICKET_EXPIRED: i32 = -1_765_328_352;
    /// `KRB5KRB_AP_ERR_SKEW`
    pub(super) const CLOCK_SKEW: i32 = -1_765_328_347;
    /// `KRB5KRB_AP_ERR_TKT_NYV`
    pub(super) const NOT_YET_VALID: i32 = -1_765_328_351;
    /// `KRB5_REALM_UNKNOWN`
    pub(super) const REALM_UNKNOWN: i32 = -1_765_328_230;
    /// `KRB5_KDC_UNREACH`
    pub(super) const UNREACHABLE: i32 = -1_765_328_228;
}

pub(super) struct Conversation {
    service: String,
    flags: CtxFlags,
    context: Option<ClientCtx>,
}

impl Conversation {
    pub(super) fn new(service: &str, delegate: bool) -> Result<Self, Error> {
        name_of(service)?;
        let mut flags = CtxFlags::GSS_C_MUTUAL_FLAG;
        if delegate {
            flags |= CtxFlags::GSS_C_DELEG_FLAG;
        }
        Ok(Self { service: service.to_owned(), flags, context: None })
    }

    pub(super) fn step(&mut self, answer: Option<&[u8]>) -> Result<Step, Error> {
        match &mut self.context {
            None => self.begin(),
            Some(context) => match context.step(answer, None) {
                Ok(Some(token)) if !token.is_empty() => Ok(Step::Send(token.to_vec())),
                Ok(_) => Ok(Step::Done),
                Err(error) => {
                    Err(Error::Answer { service: self.service.clone(), reason: words(error) })
                }
            },
        }
    }

    /// The first token. SPNEGO hides why Kerberos failed inside it, so the tickets are looked at first, and the
    /// reason is asked of Kerberos itself afterwards.
    fn begin(&mut self) -> Result<Step, Error> {
        let principal = self.principal()?;
        let mut context = self.context_of(&GSS_MECH_SPNEGO)?;
        match context.step(None, None) {
            Ok(token) => {
                self.context = Some(context);
                Ok(token.map_or(Step::Done, |token| Step::Send(token.to_vec())))
            }
            Err(outer) => {
                let inner = self.context_of(&GSS_MECH_KRB5)?.step(None, None).err();
                Err(self.reason(inner.unwrap_or(outer), principal))
            }
        }
    }

    fn context_of(&self, mechanism: &Oid<'static>) -> Result<ClientCtx, Error> {
        Ok(ClientCtx::new(None, name_of(&self.service)?, self.flags, Some(*mechanism)))
    }

    /// Whose ticket the system has, if it is still good. The name of one that is not cannot be had.
    fn principal(&self) -> Result<String, Error> {
        let mut kerberos = OidSet::new();
        kerberos
            .add(GSS_MECH_KRB5)
            .and_then(|()| Cred::acquire(None, None, CredUsage::Initiate, Some(&kerberos)))
            .and_then(|ticket| ticket.name())
            .map(|name| name.to_string())
            .map_err(|error| {
                let service = self.service.clone();
                if error.major.contains(MajorFlags::GSS_S_CREDENTIALS_EXPIRED) {
                    Error::Expired { service }
                } else if error.major.contains(MajorFlags::GSS_S_NO_CRED) {
                    Error::NoTicket { service }
                } else {
                    Error::Kerberos { service, reason: words(error) }
                }
            })
    }

    fn reason(&self, error: GssError, principal: String) -> Error {
        let service = self.service.clone();
        if error.major.contains(MajorFlags::GSS_S_CREDENTIALS_EXPIRED) {
            return Error::Expired { service };
        }
        match error.minor.cast_signed() {
            code::SERVICE_UNKNOWN | code::REALM_UNKNOWN => {
                Error::UnknownService { service, principal }
            }
            code::TICKET_EXPIRED => Error::Expired { service },
            code::CLOCK_SKEW | code::NOT_YET_VALID => Error::ClockSkew { service, principal },
            code::UNREACHABLE => Error::Unreachable { service, principal },
            _ => Error::Kerberos { service, reason: words(error) },
        }
    }
}

/// `HTTP@host` is a service on a host; anything with a slash is a principal as it stands.
fn name_of(service: &str) -> Result<Name, Error> {
    let refused = || Error::Service { service: service.to_owned() };
    let kind = if service.contains('/') {
        GSS_NT_KRB5_PRINCIPAL
    } else {
        match service.split_once('@') {
            Some((kind, host)) if !kind.is_empty() && !host.is_empty() => GSS_NT_HOSTBASED_SERVICE,
            _ => return Err(refused()),
        }
    };
    if service.chars().any(char::is_control) {
        return Err(refused());
    }
    Name::new(service.as_bytes(), Some(kind)).map_err(|_| refused())
}

/// What the library says, on one line and without the full stop.
fn words(error: GssError) -> String {
    let text = error.to_string();
    text.split_whitespace().collect::<Vec<_>>().join(" ").trim_end_matches('.').to_owned()
}
