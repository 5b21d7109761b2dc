//! What all connections share: the order book, the rate limits, the prepared blocks, the log.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use crate::noise::Noise;
use crate::routes::oauth::{Provider, Shelf};
use crate::routes::{json::Templates, limit::Limits, orders::OrderBook};

/// One answered request, for a log.
#[derive(Debug, Clone)]
pub struct Access {
    /// Who asked.
    pub peer: SocketAddr,
    /// The method as sent.
    pub method: String,
    /// Path and query as sent.
    pub target: String,
    /// `HTTP/1.1`, `HTTP/2.0`.
    pub version: String,
    /// The status answered, or `None` where the answer is deliberately not HTTP.
    pub status: Option<u16>,
}

/// Called with each answer's start. It must not block.
pub type AccessLog = Arc<dyn Fn(&Access) + Send + Sync>;

pub(crate) struct Site {
    pub(crate) log: Option<AccessLog>,
    pub(crate) limits: Limits,
    pub(crate) noise: Noise,
    /// Digest nonces given out, and how often each was used.
    pub(crate) nonces: Mutex<Shelf<u64>>,
    pub(crate) oauth: Provider,
    pub(crate) orders: OrderBook,
    pub(crate) templates: Templates,
}

impl Site {
    pub(crate) fn new(log: Option<AccessLog>) -> Self {
        Self {
            log,
            limits: Limits::default(),
            noise: Noise::default(),
            nonces: Mutex::default(),
            oauth: Provider::default(),
            orders: OrderBook::new(),
            templates: Templates::default(),
        }
    }
}
