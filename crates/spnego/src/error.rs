/// Why there is no token.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An NTLM message from the server that breaks the format of MS-NLMP.
    #[error(
        "The server's NTLM message cannot be read: {0}. Is this server, or a proxy before it, really speaking NTLM?"
    )]
    Challenge(&'static str),
    /// A server from before Windows 2000.
    #[error("The server's NTLM knows no Unicode. Errand does not speak that old a version.")]
    NoUnicode,
    /// The system's source of random numbers failed.
    #[error("This system gave no random numbers, and NTLM needs some. Try again.")]
    NoRandom,
    /// The service's name cannot be one.
    #[error(
        "\"{service}\" is not the name of a Kerberos service. Write HTTP@host.example.org or HTTP/host.example.org@REALM."
    )]
    Service {
        /// The name as given.
        service: String,
    },
    /// The user has no ticket at all.
    #[error(
        "There is no Kerberos ticket to prove who you are to {service}. Run kinit, then send again."
    )]
    NoTicket {
        /// The service that was asked for.
        service: String,
    },
    /// The user had one, and its time is over.
    #[error(
        "The Kerberos ticket to prove who you are to {service} has expired. Run kinit, then send again."
    )]
    Expired {
        /// The service that was asked for.
        service: String,
    },
    /// The realm has no such service.
    #[error(
        "Kerberos knows no service {service} ({principal} asked for it). Check the host's name in the URL, or name the service in the request's auth."
    )]
    UnknownService {
        /// The service that was asked for.
        service: String,
        /// Whose ticket it was asked for with.
        principal: String,
    },
    /// The clocks of this machine and of the realm differ too much.
    #[error(
        "This machine's clock and that of the Kerberos realm are too far apart to prove who {principal} is to {service}. Set this machine's clock."
    )]
    ClockSkew {
        /// The service that was asked for.
        service: String,
        /// Whose ticket it is.
        principal: String,
    },
    /// No key distribution centre answers.
    #[error(
        "No Kerberos server of the realm answers, so {principal} gets no ticket for {service}. Check the network, and the realm in krb5.conf."
    )]
    Unreachable {
        /// The service that was asked for.
        service: String,
        /// Whose ticket it is.
        principal: String,
    },
    /// The server sent a token that does not prove who it is, or is damaged.
    #[error(
        "{service} answered with a Kerberos token that does not prove it is that service: {reason}."
    )]
    Answer {
        /// The service that was asked for.
        service: String,
        /// What the system's Kerberos says.
        reason: String,
    },
    /// Anything else the system's Kerberos says.
    #[error("Kerberos has no token for {service}: {reason}.")]
    Kerberos {
        /// The service that was asked for.
        service: String,
        /// What the system's Kerberos says.
        reason: String,
    },
    /// No Kerberos on this system.
    #[error(
        "Errand reaches the system's Kerberos tickets on Linux only. Choose another kind of auth here."
    )]
    Unsupported,
}
