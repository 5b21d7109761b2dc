//! From the start of the program to a window that can be used, and the memory it holds then; beside WebKit's own
//! small browser with an empty page, which is what the window stands on.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use errand_tests::binaries;
use errand_tests::browser::mini_browser;
use errand_tests::desktop::{Desktop, proportional_memory};
use errand_tests::patience;
use errand_tests::webdriver::Window;

use crate::programs::median;
use crate::table;

const ROUNDS: usize = 5;

struct Opened {
    usable: Duration,
    memory: u64,
}

pub fn bench() {
    let desktop = Desktop::start();
    let app = binaries::desktop();
    let mut of_browser = Vec::new();
    let mut of_app = Vec::new();
    // The first round makes the example workspace and warms the disk's cache.
    for round in 0..=ROUNDS {
        let browser = open(&desktop, &mini_browser(), &["--automation"], |_| {});
        let errand = open(&desktop, &app, &["--example"], |window| {
            window.role("tree", "Collections").role("treeitem", "Hello").appears();
        });
        if round > 0 {
            of_browser.push(browser);
            of_app.push(errand);
        }
    }
    let row = |name: &str, runs: &[Opened], base: &[Opened]| {
        let (usable, memory) = middle(runs);
        let ratio = usable.as_secs_f64() / middle(base).0.as_secs_f64();
        vec![name.into(), table::time(usable), table::memory(memory), format!("{ratio:.2}")]
    };
    let rows = [
        row("MiniBrowser, empty page", &of_browser, &of_browser),
        row("Errand, example workspace", &of_app, &of_browser),
    ];
    table::print(
        "Start, under WebDriver: to a usable window (PSS of all its processes once settled)",
        &["", "usable", "memory", "ratio"],
        &rows,
    );
    cold_start(&desktop, &app);
}

/// What the app itself says, without a driver.
fn cold_start(desktop: &Desktop, app: &PathBuf) {
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        let start = Instant::now();
        let run = desktop.command(app).args(["--measure-start", "--example"]).output();
        let run = run.unwrap_or_else(|error| panic!("{} does not start: {error}", app.display()));
        assert!(
            run.status.success(),
            "--measure-start failed: {}",
            String::from_utf8_lossy(&run.stderr)
        );
        times.push((start.elapsed(), String::from_utf8_lossy(&run.stdout).trim().to_owned()));
    }
    times.sort_unstable();
    if let Some((whole, said)) = times.get(times.len() / 2) {
        println!(
            "\nerrand-desktop --measure-start: {said} (start to end of the process {})",
            table::time(*whole)
        );
    }
}

fn open(
    desktop: &Desktop,
    program: &Path,
    args: &[&str],
    ready: impl FnOnce(&Window<'_>),
) -> Opened {
    let start = Instant::now();
    let window = Window::open(desktop, program, args);
    ready(&window);
    let usable = start.elapsed();
    let memory = settled(&window);
    window.close();
    Opened { usable, memory }
}

/// The memory once it has not moved by more than 1 % for a second.
fn settled(window: &Window<'_>) -> u64 {
    let (mut level, mut since) = (0, Instant::now());
    let steady = patience::until(Duration::from_secs(15), || {
        let now: u64 = window.processes().into_iter().filter_map(proportional_memory).sum();
        if now.abs_diff(level) > level / 100 {
            (level, since) = (now, Instant::now());
        }
        (since.elapsed() > Duration::from_secs(1)).then_some(now)
    });
    steady.unwrap_or(level)
}

fn middle(runs: &[Opened]) -> (Duration, u64) {
    let mut memory: Vec<u64> = runs.iter().map(|run| run.memory).collect();
    memory.sort_unstable();
    let usable = median(runs.iter().map(|run| run.usable).collect());
    (usable, memory.get(memory.len() / 2).copied().unwrap_or(0))
}
