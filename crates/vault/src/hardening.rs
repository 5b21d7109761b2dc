/// Forbids core dumps, which would write every secret in memory to a file. Child processes
/// inherit it. Call it first thing in `main`.
///
/// # Errors
/// The system's, when it refuses; the program can go on.
pub fn no_core_dumps() -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        // On Linux a limit of 0 stops dumps to files only; 1 is the one value that also stops
        // those piped to a program such as systemd-coredump, and is too small for any file.
        let bytes = u64::from(cfg!(target_os = "linux"));
        let limit = getrlimit(Resource::Core).maximum.map_or(bytes, |maximum| maximum.min(bytes));
        setrlimit(Resource::Core, Rlimit { current: Some(limit), maximum: Some(limit) })?;
    }
    Ok(())
}
