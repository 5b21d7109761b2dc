//! Writes the TypeScript types of the seam to the path given.

fn main() -> std::io::Result<()> {
    let path = std::env::args().nth(1).unwrap_or_else(|| "ui/src/ipc/generated/commands.ts".into());
    if let Some(folder) = std::path::Path::new(&path).parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, errand_app::bindings::typescript())
}
