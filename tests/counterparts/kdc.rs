//! A Kerberos realm of one's own: MIT's key distribution centre with a database in a temporary folder.

use std::ffi::OsString;
use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use super::daemon::{self, Daemon, program};

/// The realm's name.
pub const REALM: &str = "ERRAND.TEST";

const SERVER: &str = "krb5-kdc";
const ADMINISTRATION: &str = "krb5-admin-server";
const CLIENT: &str = "krb5-user";

/// A running realm. It ends with this value.
#[derive(Debug)]
pub struct Realm {
    server: Option<Daemon>,
    folder: TempDir,
}

/// The tickets of one login, in a file of their own.
#[derive(Debug, Clone)]
pub struct Tickets(PathBuf);

impl Realm {
    /// An empty realm for services on `localhost`.
    pub fn start() -> Self {
        let folder = tempfile::Builder::new()
            .prefix("errand-realm-")
            .permissions(fs::Permissions::from_mode(0o755))
            .tempdir()
            .unwrap_or_else(|error| panic!("no temporary folder for a realm: {error}"));
        let mut realm = Self { server: None, folder };
        daemon::folder(&realm.path("database"));
        realm.configure(0);
        daemon::run(
            realm.command("kdb5_util").args(["create", "-s", "-r", REALM, "-P", "master"]),
            SERVER,
        );
        for file in fs::read_dir(realm.path("database")).into_iter().flatten().flatten() {
            daemon::hand_over(&file.path());
        }
        let (server, _) = Daemon::start(SERVER, &realm.path("kdc.out"), |port| {
            realm.configure(port);
            let mut command = realm.command("krb5kdc");
            command.arg("-n");
            command
        });
        realm.server = Some(server);
        realm
    }

    /// Adds a person.
    pub fn user(&self, name: &str, password: &str) {
        self.administer(&format!("addprinc -pw {password} {name}"));
    }

    /// Adds a service (`HTTP/localhost`) and gives the file with its key.
    pub fn service(&self, name: &str) -> PathBuf {
        let keys = self.path(&format!("{}.keytab", name.replace('/', "-")));
        self.administer(&format!("addprinc -randkey {name}"));
        self.administer(&format!("ktadd -k {} {name}", keys.display()));
        daemon::hand_over(&keys);
        keys
    }

    /// Logs a person in; the ticket is good for that long (`10m`, `1s`).
    pub fn login(&self, name: &str, password: &str, lifetime: &str) -> Tickets {
        let tickets = Tickets(self.path(&format!("{name}-{lifetime}.tickets")));
        let mut kinit = self.command("kinit");
        kinit.args(["-l", lifetime, "-c"]).arg(&tickets.0).arg(name);
        kinit.stdin(Stdio::piped()).stdout(Stdio::null());
        let mut kinit = kinit.spawn().unwrap_or_else(|error| {
            panic!("kinit does not start ({error}); on Debian it is in the package {CLIENT}")
        });
        if let Some(mut prompt) = kinit.stdin.take() {
            writeln!(prompt, "{password}").unwrap_or_else(|error| panic!("kinit: {error}"));
        }
        let status = kinit.wait().unwrap_or_else(|error| panic!("kinit: {error}"));
        assert!(status.success(), "kinit for {name}: {status}");
        tickets
    }

    /// Whether these tickets are still good for something.
    pub fn good(&self, tickets: &Tickets) -> bool {
        let mut klist = self.command("klist");
        klist.arg("-s").arg(&tickets.0);
        klist.status().is_ok_and(|status| status.success())
    }

    /// Ends the realm's server; tickets stay.
    pub fn stop(&mut self) {
        self.server = None;
    }

    /// What a program must find in its environment to be in this realm with these tickets, or without any.
    pub fn environment(&self, tickets: Option<&Tickets>) -> Vec<(&'static str, OsString)> {
        let none = self.path("no.tickets");
        let tickets = tickets.map_or(none.as_path(), |tickets| tickets.0.as_path());
        let mut cache = OsString::from("FILE:");
        cache.push(tickets);
        vec![("KRB5_CONFIG", self.path("krb5.conf").into()), ("KRB5CCNAME", cache)]
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A command that knows this realm and nothing else.
    fn command(&self, name: &str) -> Command {
        let mut command = Command::new(program(name));
        command
            .env_clear()
            .env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
            .env("LANG", "C.UTF-8")
            .env("KRB5_CONFIG", self.path("krb5.conf"))
            .env("KRB5_KDC_PROFILE", self.path("kdc.conf"));
        command
    }

    fn administer(&self, query: &str) {
        daemon::run(self.command("kadmin.local").args(["-r", REALM, "-q", query]), ADMINISTRATION);
    }

    fn configure(&self, port: u16) {
        daemon::write(&self.path("krb5.conf"), &client(port));
        daemon::write(&self.path("kdc.conf"), &server(port, &self.path("database")));
    }
}

impl Tickets {
    /// The file they are in.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

/// What programs know of the realm: by TCP on loopback, nothing by DNS.
fn client(port: u16) -> String {
    format!(
        "[libdefaults]
default_realm = {REALM}
dns_lookup_kdc = false
dns_lookup_realm = false
dns_canonicalize_hostname = false
qualify_shortname = \"\"
rdns = false
forwardable = true
udp_preference_limit = 1
[realms]
{REALM} = {{
  kdc = 127.0.0.1:{port}
}}
[domain_realm]
localhost = {REALM}
"
    )
}

fn server(port: u16, database: &Path) -> String {
    let database = database.display();
    format!(
        "[kdcdefaults]
kdc_listen = \"\"
kdc_tcp_listen = 127.0.0.1:{port}
[realms]
{REALM} = {{
  database_name = {database}/principal
  key_stash_file = {database}/stash
  acl_file = {database}/acl
  supported_enctypes = aes256-cts:normal
}}
[logging]
kdc = STDERR
"
    )
}
