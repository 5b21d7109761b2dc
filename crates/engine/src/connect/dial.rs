//! Names to addresses, addresses to sockets.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::task::JoinSet;
use url::{Host, Url};

use crate::error::Error;
use crate::request_body::plain;

/// How long one address is tried before the next is tried beside it (RFC 8305 §5).
const STAGGER: Duration = Duration::from_millis(250);

/// The host as it is looked up, without brackets, and the port.
pub(crate) fn host_and_port(url: &Url) -> Result<(String, u16), Error> {
    let host = match url.host() {
        Some(Host::Domain(name)) => name.to_owned(),
        Some(Host::Ipv4(address)) => address.to_string(),
        Some(Host::Ipv6(address)) => address.to_string(),
        None => return Err(Error::InvalidUrl { reason: "it names no host".into() }),
    };
    let port = url
        .port_or_known_default()
        .ok_or_else(|| Error::InvalidUrl { reason: "it has no port".into() })?;
    Ok((host, port))
}

/// The addresses of `host`, families in turn. `localhost` is both loopback addresses (RFC 6761 §6.3).
pub(crate) async fn lookup(host: &str, port: u16) -> Result<Vec<SocketAddr>, Error> {
    if let Ok(address) = host.parse::<IpAddr>() {
        return Ok(vec![SocketAddr::new(address, port)]);
    }
    let name = host.trim_end_matches('.').to_ascii_lowercase();
    if name == "localhost" || name.ends_with(".localhost") {
        let loopback = [IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)];
        return Ok(loopback.map(|address| SocketAddr::new(address, port)).into());
    }
    let unknown = |detail: String| Error::UnknownHost { host: host.into(), detail };
    let found =
        tokio::net::lookup_host((host, port)).await.map_err(|error| unknown(plain(&error)))?;
    let addresses = interleave(found.collect());
    if addresses.is_empty() {
        return Err(unknown("it has no address".into()));
    }
    Ok(addresses)
}

/// One of each family in turn, beginning with the system's favourite.
fn interleave(addresses: Vec<SocketAddr>) -> Vec<SocketAddr> {
    let first_is_v6 = addresses.first().is_some_and(SocketAddr::is_ipv6);
    let (one, other): (Vec<_>, Vec<_>) =
        addresses.into_iter().partition(|address| address.is_ipv6() == first_is_v6);
    let mut other = other.into_iter();
    let mut mixed = Vec::new();
    for address in one {
        mixed.push(address);
        mixed.extend(other.next());
    }
    mixed.extend(other);
    mixed
}

/// Connects to the first address that answers, trying the next when one fails or is slow.
pub(crate) async fn connect(
    addresses: &[SocketAddr],
    host: &str,
    port: u16,
) -> Result<(TcpStream, SocketAddr), Error> {
    if let [only] = addresses {
        return dial(*only).await.map_err(|error| explain(&error, host, port));
    }
    let mut waiting = addresses.iter().copied();
    let mut attempts = JoinSet::new();
    let mut first_error = None;
    if let Some(address) = waiting.next() {
        attempts.spawn(dial(address));
    }
    loop {
        let next = tokio::select! {
            done = attempts.join_next() => match done {
                Some(Ok(Ok(connected))) => return Ok(connected),
                Some(Ok(Err(error))) => { first_error.get_or_insert(error); waiting.next() }
                Some(Err(_)) => waiting.next(),
                None => {
                    let error = first_error.unwrap_or_else(|| io::ErrorKind::NotFound.into());
                    return Err(explain(&error, host, port));
                }
            },
            () = tokio::time::sleep(STAGGER), if waiting.len() > 0 => waiting.next(),
        };
        if let Some(address) = next {
            attempts.spawn(dial(address));
        }
    }
}

async fn dial(address: SocketAddr) -> io::Result<(TcpStream, SocketAddr)> {
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    Ok((stream, address))
}

fn explain(error: &io::Error, host: &str, port: u16) -> Error {
    let address =
        if host.contains(':') { format!("[{host}]:{port}") } else { format!("{host}:{port}") };
    match error.kind() {
        io::ErrorKind::ConnectionRefused => Error::Refused { address },
        io::ErrorKind::ConnectionReset => Error::Reset { address },
        _ => Error::Unreachable { address, detail: plain(error) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_take_turns() {
        let parse = |text: &str| text.parse().ok();
        let given =
            ["[::1]:1", "[::2]:1", "[::3]:1", "1.1.1.1:1"].into_iter().filter_map(parse).collect();
        let expected: Vec<SocketAddr> =
            ["[::1]:1", "1.1.1.1:1", "[::2]:1", "[::3]:1"].into_iter().filter_map(parse).collect();
        assert_eq!(interleave(given), expected);
    }
}
