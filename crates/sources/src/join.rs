use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;

enum Step<F: Future> {
    Running(Pin<Box<F>>),
    Done(F::Output),
}

/// Runs all at once within the caller's task; dropping the caller drops them all.
pub(crate) async fn all<F: Future>(futures: impl IntoIterator<Item = F>) -> Vec<F::Output>
where
    F::Output: Unpin,
{
    let mut steps: Vec<Step<F>> =
        futures.into_iter().map(|future| Step::Running(Box::pin(future))).collect();
    poll_fn(|context| {
        let mut waiting = false;
        for step in &mut steps {
            if let Step::Running(future) = step {
                match future.as_mut().poll(context) {
                    Poll::Ready(output) => *step = Step::Done(output),
                    Poll::Pending => waiting = true,
                }
            }
        }
        if waiting { Poll::Pending } else { Poll::Ready(()) }
    })
    .await;
    let outputs = steps.into_iter().filter_map(|step| match step {
        Step::Done(output) => Some(output),
        Step::Running(_) => None,
    });
    outputs.collect()
}
