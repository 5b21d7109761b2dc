//! `errand playground`: the loopback server, until Ctrl+C.

use errand_app::Playground;
use errand_app::wire::WireError;

use crate::exit::{Exit, Failure, Outcome};
use crate::output::{self, message};
use crate::place::{interrupted, runtime};

/// Serves until it is told to stop. The URL goes to standard output, for scripts.
pub fn playground(port: Option<u16>) -> Outcome {
    runtime()?.block_on(async {
        let server = Playground::start(port).await.map_err(|error| {
            Failure::unfinished(WireError::new("playground", error.to_string()))
        })?;
        output::text(&format!("{}\n", server.url()))?;
        message::note("The playground answers there. It lists what it can at /; Ctrl+C stops it.");
        interrupted().await;
        server.stop().await;
        Ok(Exit::Done)
    })
}
