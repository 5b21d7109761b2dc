use std::fs::{self, OpenOptions};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

use crate::migrate::{self, APPLICATION_ID, LATEST, with_suffix};
use crate::{Error, Options, Recovery, salvage};

pub(crate) struct Ready {
    pub(crate) connection: Connection,
    pub(crate) migrated_from: Option<u32>,
    pub(crate) recovered: Option<Recovery>,
}

/// Opens, migrates, and where the file is damaged sets it aside and saves what it holds.
pub(crate) fn open(path: &Path, options: &Options) -> Result<Ready, Error> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|e| Error::file(folder, &e))?;
    }
    match open_sound(path, options) {
        Err(Error::Damaged { .. }) => repair(path, options),
        other => other,
    }
}

fn open_sound(path: &Path, options: &Options) -> Result<Ready, Error> {
    if repair_mark(path).exists() {
        return Err(Error::Damaged { message: "reported when it was last used".to_owned() });
    }
    look_at_header(path)?;
    create_private(path)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags)?;
    refuse_others(&connection, path)?;
    migrate::configure(&connection, options.max_bytes)?;
    let migrated_from = migrate::migrate(&mut connection, path)?;
    look_inside(&connection)?;
    if options.check {
        check_all(&connection)?;
    }
    Ok(Ready { connection, migrated_from, recovered: None })
}

/// One process repairs; another that starts meanwhile waits, and then finds a sound file.
fn repair(path: &Path, options: &Options) -> Result<Ready, Error> {
    let lock = with_suffix(path, ".repair-lock");
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(&lock);
    let file =
        file.and_then(|file| file.lock().map(|()| file)).map_err(|e| Error::file(&lock, &e))?;
    let result = match open_sound(path, options) {
        Err(Error::Damaged { .. }) => {
            let recovery = salvage::set_aside_and_save(path, options)?;
            clear_mark(path)?;
            open_sound(path, options).map(|ready| Ready { recovered: Some(recovery), ..ready })
        }
        other => other,
    };
    drop(file);
    result
}

/// The version and owner stand in the first hundred bytes (`SQLite` file format §1.3): a file of
/// a newer Errand or of another program is recognised without letting `SQLite` touch it.
fn look_at_header(path: &Path) -> Result<(), Error> {
    let mut header = [0_u8; 100];
    match fs::File::open(path) {
        Ok(mut file) => match file.read_exact(&mut header) {
            Ok(()) => {}
            Err(e) if e.kind() == std::io::ErrorKind::UnexpectedEof => {
                return empty_or_damaged(path);
            }
            Err(e) => return Err(Error::file(path, &e)),
        },
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(e) => return Err(Error::file(path, &e)),
    }
    if !header.starts_with(b"SQLite format 3\0") {
        return Err(Error::Damaged {
            message: "its beginning is not that of a database".to_owned(),
        });
    }
    let number = |at: usize| {
        u32::from_be_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]])
    };
    let (version, owner) = (number(60), number(68));
    if owner != 0 && owner != APPLICATION_ID.unsigned_abs() {
        return Err(Error::Foreign { path: path.to_owned() });
    }
    if version > LATEST {
        return Err(Error::Newer { path: path.to_owned(), found: version, known: LATEST });
    }
    Ok(())
}

/// An empty file is a database that was not begun; a shorter one than a header was cut.
fn empty_or_damaged(path: &Path) -> Result<(), Error> {
    match fs::metadata(path) {
        Ok(data) if data.len() == 0 => Ok(()),
        _ => Err(Error::Damaged { message: "the file is cut short".to_owned() }),
    }
}

/// What the header does not tell: an owner that is still in the write-ahead log only.
fn refuse_others(connection: &Connection, path: &Path) -> Result<(), Error> {
    let owner: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if owner == APPLICATION_ID || (owner == 0 && tables == 0) {
        return Ok(());
    }
    Err(Error::Foreign { path: path.to_owned() })
}

/// Touches each table at both ends: cheap, and finds damage where it hurts at once.
fn look_inside(connection: &Connection) -> Result<(), Error> {
    for sql in [
        "SELECT min(key) FROM entry",
        "SELECT max(key) FROM entry",
        "SELECT max(key) FROM detail",
        "SELECT max(id) FROM entry",
    ] {
        connection.query_row(sql, [], |_| Ok(()))?;
    }
    connection.query_row("SELECT count(*) FROM search WHERE search MATCH '\"\u{E007}\u{4E00}\u{4E01}\"' AND rowid < 0", [], |_| Ok(()))?;
    Ok(())
}

/// Reads the whole file, the search index included.
pub(crate) fn check_all(connection: &Connection) -> Result<(), Error> {
    let verdict: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if verdict == "ok" { Ok(()) } else { Err(Error::Damaged { message: verdict }) }
}

/// History may hold what others on the machine should not read.
fn create_private(path: &Path) -> Result<(), Error> {
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path).map(drop).map_err(|e| Error::file(path, &e))
}

/// Leaves a mark that the next start repairs the file.
pub(crate) fn ask_for_repair(path: &Path) {
    // Where even this cannot be written, the next start finds the damage as this one did.
    drop(fs::File::create(repair_mark(path)));
}

fn clear_mark(path: &Path) -> Result<(), Error> {
    let mark = repair_mark(path);
    match fs::remove_file(&mark) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(Error::file(&mark, &e)),
        _ => Ok(()),
    }
}

fn repair_mark(path: &Path) -> PathBuf {
    with_suffix(path, ".repair")
}
