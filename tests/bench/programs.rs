//! Whole runs of programs: how long, and how much memory at the peak.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use wait4::Wait4;

/// A program to measure, under the name it has in the table.
pub struct Program {
    pub name: String,
    make: Box<dyn Fn() -> Command>,
}

/// What its runs took.
pub struct Measured {
    pub name: String,
    /// Median from start to end.
    pub time: Duration,
    /// Median from start to the first line of output, for a program that prints any.
    pub first_line: Duration,
    /// The largest resident set of any run, in bytes.
    pub peak: u64,
}

struct Run {
    time: Duration,
    first_line: Duration,
    peak: u64,
}

impl Program {
    pub fn new(name: &str, make: impl Fn() -> Command + 'static) -> Self {
        Self { name: name.into(), make: Box::new(make) }
    }

    fn run(&self) -> Run {
        let mut command = (self.make)();
        let start = Instant::now();
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{} does not start: {error}", self.name));
        let first_line = drain(&mut child, start);
        let usage = child
            .wait4()
            .unwrap_or_else(|error| panic!("{} cannot be waited for: {error}", self.name));
        assert!(usage.status.success(), "{} failed ({}): {command:?}", self.name, usage.status);
        Run { time: start.elapsed(), first_line, peak: usage.rusage.maxrss }
    }
}

/// Reads all output, as a terminal or a file would take it. The time to the end of the first line.
fn drain(child: &mut Child, start: Instant) -> Duration {
    let Some(output) = child.stdout.take() else { return Duration::ZERO };
    let mut output = BufReader::with_capacity(1 << 16, output);
    let mut line = Vec::new();
    let _ = Read::by_ref(&mut output).take(1 << 16).read_until(b'\n', &mut line);
    let first_line = start.elapsed();
    let _ = std::io::copy(&mut output, &mut std::io::sink());
    first_line
}

/// Runs the programs in turn, `rounds` times after one round that only warms up.
pub fn in_turn(programs: &[Program], rounds: usize) -> Vec<Measured> {
    let mut runs: Vec<Vec<Run>> = programs.iter().map(|_| Vec::new()).collect();
    for round in 0..=rounds {
        for (program, runs) in programs.iter().zip(&mut runs) {
            let run = program.run();
            if round > 0 {
                runs.push(run);
            }
        }
    }
    programs.iter().zip(runs).map(|(program, runs)| summary(&program.name, &runs)).collect()
}

fn summary(name: &str, runs: &[Run]) -> Measured {
    Measured {
        name: name.into(),
        time: median(runs.iter().map(|run| run.time).collect()),
        first_line: median(runs.iter().map(|run| run.first_line).collect()),
        peak: runs.iter().map(|run| run.peak).max().unwrap_or(0),
    }
}

/// The middle one.
pub fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// Whether the machine has that program.
pub fn has(name: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(name).is_file())
}

#[cfg(test)]
mod tests {
    use std::process::Command;
    use std::time::Duration;

    use super::{Program, in_turn, median};

    #[test]
    fn a_run_is_measured_from_start_to_end() {
        let shell = Program::new("sh", || {
            let mut command = Command::new("sh");
            command
                .args(["-c", "echo first; head -c 20000000 /dev/zero | tail -c 20000000 | wc -c"]);
            command
        });
        let measured = in_turn(&[shell], 3);
        let [one] = measured.as_slice() else { panic!("one program, one line") };
        assert!(one.first_line > Duration::ZERO && one.first_line < one.time);
        assert!(one.peak > 500_000, "a shell holds more than {} bytes", one.peak);
    }

    #[test]
    fn the_median_is_the_middle_one() {
        assert_eq!(median([9, 1, 5].map(Duration::from_millis).to_vec()), Duration::from_millis(5));
    }
}
