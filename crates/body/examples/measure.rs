//! Measures the views on a JSON body: `measure FILE`, or `measure make objects|line MEGABYTES FILE` to write one.
//! Prints the time to the first rows, the whole index, a find, the last rows, and the peak of resident memory.

use std::{
    env,
    error::Error,
    fs::File,
    io::{BufWriter, Write},
    path::Path,
    time::Instant,
};

use errand_body::{Query, Source, View, ViewKind, ViewOptions};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["make", shape, size, path] => make(shape == "line", size.parse()?, Path::new(path)),
        [path] => {
            for kind in [ViewKind::Json, ViewKind::Raw] {
                measure(Path::new(path), kind)?;
            }
            Ok(())
        }
        _ => Err("measure FILE | measure make objects|line MEGABYTES FILE".into()),
    }
}

fn make(line: bool, megabytes: u64, path: &Path) -> Result<(), Box<dyn Error>> {
    let mut out = BufWriter::new(File::create(path)?);
    let (space, newline, mut written, mut n) =
        if line { ("", "", 0, 0_u64) } else { (" ", "\n  ", 0, 0) };
    write!(out, "[")?;
    while written < megabytes * 1_000_000 {
        let comma = if n == 0 { "" } else { "," };
        let object = format!(
            "{comma}{newline}{{\"id\":{space}{n},{newline}\"name\":{space}\"Item number {n}\",{newline}\"price\":{space}{}.99,{newline}\
             \"active\":{space}{},{newline}\"tags\":{space}[\"red\",{space}\"gr\\u00fcn\"],{newline}\"owner\":{space}{{\"name\":{space}\"user{}\",{space}\"email\":{space}\"user{}@example.com\"}}}}",
            n % 1000,
            n % 2 == 0,
            n % 977,
            n % 977,
        );
        out.write_all(object.as_bytes())?;
        written += object.len() as u64;
        n += 1;
    }
    writeln!(out, "]")?;
    Ok(out.flush()?)
}

fn measure(path: &Path, kind: ViewKind) -> Result<(), Box<dyn Error>> {
    let source = Source::from_path(path)?;
    let megabytes = source.len() / 1_000_000;
    println!("{kind:?} {} ({megabytes} MB)", path.display());
    let start = Instant::now();
    let view = View::open(&source, kind, &ViewOptions::default())?;
    view.wait_until(|progress| progress.rows >= 50);
    let rows = view.rows(0, 50, 0..200)?;
    println!("  first {} rows {:?}", rows.len(), start.elapsed());
    let progress = view.wait_until(|_| false);
    let took = start.elapsed();
    #[expect(clippy::cast_precision_loss)]
    let rate = progress.bytes_done as f64 / 1e9 / took.as_secs_f64();
    println!(
        "  index {took:?} ({rate:.2} GB/s), {} rows, error {:?}",
        progress.rows, progress.error
    );
    let start = Instant::now();
    let last = view.rows(progress.rows - 50, progress.rows, 0..200)?;
    println!("  last {} rows {:?}", last.len(), start.elapsed());
    let start = Instant::now();
    let middle = view.rows(progress.rows / 2, progress.rows / 2 + 50, 0..200)?;
    println!("  middle {} rows {:?}", middle.len(), start.elapsed());
    for (name, query) in [
        (
            "literal, rare",
            Query { text: "Item number 77777\"".into(), case_sensitive: true, ..Query::default() },
        ),
        (
            "literal, every object",
            Query { text: "active".into(), case_sensitive: true, ..Query::default() },
        ),
        ("any case", Query::text("ITEM number 77777\"")),
        (
            "expression",
            Query {
                text: r"user97\d@".into(),
                regex: true,
                case_sensitive: true,
                ..Query::default()
            },
        ),
    ] {
        let start = Instant::now();
        let search = view.find(&query)?;
        let count = search.wait().count;
        println!("  find {name}: {count} hits {:?}", start.elapsed());
        let start = Instant::now();
        let place = search.hit(count.min(1_000_000).saturating_sub(1))?;
        println!(
            "    last kept hit at row {:?} {:?}",
            place.map(|place| place.row),
            start.elapsed()
        );
    }
    let start = Instant::now();
    let folded = view.fold(0);
    println!("  fold the first row: {folded:?} {:?}", start.elapsed());
    view.unfold_all();
    let start = Instant::now();
    let folded = view.fold_all(1);
    println!(
        "  fold all of level 1: {folded:?}, {} rows {:?}",
        view.progress().rows,
        start.elapsed()
    );
    if let Ok(status) = std::fs::read_to_string("/proc/self/status") {
        let peak = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
        println!("  {peak}");
    }
    Ok(())
}
