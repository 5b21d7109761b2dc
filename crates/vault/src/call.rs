use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use crate::Error;

/// How long a call may take.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Patience {
    /// For an answer without a person in between.
    pub(crate) answer: Duration,
    /// When a prompt may be on display.
    pub(crate) prompt: Duration,
}

enum Message<T> {
    MayPrompt,
    Done(Result<T, Error>),
}

/// Tells the waiting side that a person may be asked now.
pub(crate) struct Progress<'s>(&'s dyn Fn());

impl Progress<'_> {
    pub(crate) fn may_prompt(&self) {
        (self.0)();
    }
}

/// Runs `work` on a thread of its own and waits as long as `patience` says: a bus that accepts
/// and never answers blocks its caller for ever. A thread given up on ends with the process.
pub(crate) fn call<T: Send + 'static>(
    patience: Patience,
    work: impl FnOnce(&Progress<'_>) -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let (sender, receiver) = channel::<Message<T>>();
    let run = move || {
        let prompting: Sender<_> = sender.clone();
        // Nobody listens any more when the patience has ended; then nothing is left to tell.
        let result = work(&Progress(&|| drop(prompting.send(Message::MayPrompt))));
        drop(sender.send(Message::Done(result)));
    };
    let spawned = std::thread::Builder::new().name("keychain".to_owned()).spawn(run);
    if let Err(error) = spawned {
        return Err(Error::NoKeychain { reason: format!("no thread to ask it from: {error}") });
    }
    let mut after = patience.answer;
    let mut deadline = Instant::now() + after;
    loop {
        match receiver.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            Ok(Message::Done(result)) => return result,
            Ok(Message::MayPrompt) => {
                after = patience.prompt;
                deadline = Instant::now() + after;
            }
            Err(RecvTimeoutError::Timeout) => return Err(Error::Timeout { after }),
            Err(RecvTimeoutError::Disconnected) => {
                return Err(Error::BadAnswer {
                    reason: "its library stopped with an internal error".to_owned(),
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHORT: Patience =
        Patience { answer: Duration::from_millis(20), prompt: Duration::from_secs(600) };

    #[test]
    fn silence_ends_the_wait() {
        let (_keep, never) = channel::<()>();
        let result = call(SHORT, move |_| never.recv().map_err(|_| Error::Locked));
        assert_eq!(result, Err(Error::Timeout { after: SHORT.answer }));
    }

    #[test]
    fn a_prompt_extends_the_wait() {
        let (answer, prompt) = channel::<()>();
        let result = call(SHORT, move |progress| {
            progress.may_prompt();
            // A person who takes longer than a machine is given.
            let late = prompt.recv_timeout(SHORT.answer * 3);
            drop(answer);
            late.map_err(|_| Error::Locked)
        });
        assert_eq!(result, Err(Error::Locked));
    }

    #[test]
    fn a_crash_is_an_answer() {
        let patience = Patience { answer: SHORT.prompt, ..SHORT };
        let result: Result<(), _> = call(patience, |_| panic!("as a library might"));
        assert!(matches!(result, Err(Error::BadAnswer { .. })));
    }
}
