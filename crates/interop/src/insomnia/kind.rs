//! What an item of Insomnia's tree is.

use serde_json::Value;

use crate::fields::text;

/// The kinds of items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Folder,
    Request,
    Grpc,
    WebSocket,
    SocketIo,
}

impl Kind {
    /// By what the item has, as Insomnia tells them apart.
    pub(super) fn of(item: &Value) -> Self {
        let has = |key: &str| item.get(key).is_some();
        let id = item.get("meta").map(|meta| text(meta, "id")).unwrap_or_default();
        let url = text(item, "url");
        if has("children") {
            Self::Folder
        } else if has("method") {
            Self::Request
        } else if has("reflectionApi") || has("protoMethodName") || id.starts_with("greq_") {
            Self::Grpc
        } else if id.starts_with("socketio-req") || has("eventListeners") {
            Self::SocketIo
        } else if id.starts_with("ws-req") || url.starts_with("ws:") || url.starts_with("wss:") {
            Self::WebSocket
        } else if has("url") {
            Self::Request
        } else {
            Self::Folder
        }
    }

    /// How receipts call it, and `info.type` of those that Errand cannot send.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Folder => "folder",
            Self::Request => "request",
            Self::Grpc => "grpc",
            Self::WebSocket => "websocket",
            Self::SocketIo => "socketio",
        }
    }

    /// What its ids begin with.
    pub(super) fn prefix(self) -> &'static str {
        match self {
            Self::Folder => "fld",
            Self::Request => "req",
            Self::Grpc => "greq",
            Self::WebSocket => "ws-req",
            Self::SocketIo => "socketio-req",
        }
    }
}
