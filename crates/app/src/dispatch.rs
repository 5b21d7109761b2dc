//! From a command's name and JSON arguments to the use case and back.

use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::bindings::camel_case;
use crate::commands::command_table;
use crate::session::Session;
#[allow(clippy::wildcard_imports, reason = "the table names every wire type")]
use crate::wire::*;

/// Where a command's events go.
#[derive(Clone)]
pub struct EventSink(Arc<dyn Fn(Value) + std::marker::Send + Sync>);

impl EventSink {
    /// Hands each event to `deliver`, in order.
    pub fn new(deliver: impl Fn(Value) + std::marker::Send + Sync + 'static) -> Self {
        Self(Arc::new(deliver))
    }

    /// For commands that stream nothing.
    pub fn none() -> Self {
        Self::new(|_| {})
    }

    pub(crate) fn typed<E: Serialize>(self) -> Events<E> {
        Events { sink: self, event: std::marker::PhantomData }
    }
}

/// An [`EventSink`] that takes one type of event.
pub struct Events<E> {
    sink: EventSink,
    event: std::marker::PhantomData<fn(E)>,
}

impl<E> Clone for Events<E> {
    fn clone(&self) -> Self {
        Self { sink: self.sink.clone(), event: std::marker::PhantomData }
    }
}

impl<E: Serialize> Events<E> {
    /// Delivers an event.
    pub fn send(&self, event: &E) {
        match serde_json::to_value(event) {
            Ok(event) => (self.sink.0)(event),
            // Wire types are plain data; one that cannot be written is a defect worth hearing of.
            Err(error) => eprintln!("errand: an event could not be written: {error}"),
        }
    }
}

fn arguments<T: DeserializeOwned>(name: &str, args: Value) -> Result<T, WireError> {
    serde_json::from_value(args).map_err(|error| {
        WireError::new("bad-arguments", format!("The call of {name} is not understood: {error}."))
    })
}

fn result<T: Serialize>(result: &T) -> Result<Value, WireError> {
    serde_json::to_value(result).map_err(|error| {
        WireError::new("bad-result", format!("The answer could not be written: {error}."))
    })
}

macro_rules! dispatch_table {
    ($($(#[doc = $doc:literal])* $name:ident($args:ty) -> $result:ty $(, $event:ty)?;)*) => {
        impl Session {
            /// Calls the command `name` of the table with its arguments as JSON.
            pub async fn call(self: &Arc<Self>, name: &str, args: Value, events: EventSink) -> Result<Value, WireError> {
                // One boxed future each: together they would be as large as the largest.
                $(if name == camel_case(stringify!($name)) {
                    let args: $args = arguments(name, args)?;
                    return Box::pin(async move {
                        let done: $result = self.$name(args $(, events.typed::<$event>())?).await?;
                        result(&done)
                    })
                    .await;
                })*
                Err(WireError::new("unknown-command", format!("There is no command {name}.")))
            }
        }
    };
}
command_table!(dispatch_table);
