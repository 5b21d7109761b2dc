//! Apache with `mod_auth_gssapi` and gss-ntlmssp: it asks who one is by NTLM, by Kerberos and by a password, and
//! says whom it took one for.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use super::daemon::{self, Daemon, program};
use super::kdc::Realm;

const PACKAGES: &str = "apache2-bin (and libapache2-mod-auth-gssapi, gss-ntlmssp)";

/// Who may come in by NTLM: domain, user and password.
pub const NTLM_USERS: [(&str, &str, &str); 3] = [
    ("ERRAND", "alice", "wonderland"),
    ("ERRAND", "bob", "builder"),
    ("ERRAND", "carol", "Grüße 🔑"),
];

/// alice's password for Basic is `wonderland`, too.
const PASSWORDS: &str = "alice:{SHA}tiY7sUhYKUwI5L3866kDY+ENcrQ=\n";

/// Says who it was, and what was sent.
const ANSWER: &str = r#"
function handle(r)
  r.content_type = "text/plain"
  local body = r:requestbody() or ""
  r:puts("user=" .. (r.user or "") .. "\nmethod=" .. r.method .. "\nbody=" .. body .. "\n")
  return apache2.OK
end
"#;

const MODULES: [&str; 10] = [
    "mpm_event",
    "authn_core",
    "authn_file",
    "authz_core",
    "authz_user",
    "auth_basic",
    "auth_gssapi",
    "headers",
    "reqtimeout",
    "lua",
];

/// A running Apache. It ends with this value.
#[derive(Debug)]
pub struct Apache {
    _server: Daemon,
    port: u16,
    folder: TempDir,
}

/// A request as Apache saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The client's port: one for each connection.
    pub connection: u16,
    /// The status it got.
    pub status: u16,
    /// Whom it was taken for; empty for nobody.
    pub user: String,
    /// The method.
    pub method: String,
    /// The path.
    pub path: String,
}

impl Apache {
    /// Starts it as `HTTP/localhost` of that realm, with `/ntlm/`, `/negotiate/`, `/basic/` and `/open/`.
    pub fn start(realm: &Realm) -> Self {
        let keys = realm.service("HTTP/localhost");
        let folder = tempfile::Builder::new()
            .prefix("errand-apache-")
            .permissions(fs::Permissions::from_mode(0o755))
            .tempdir()
            .unwrap_or_else(|error| panic!("no temporary folder for Apache: {error}"));
        let at = folder.path();
        daemon::hand_over(at);
        daemon::folder(&at.join("delegated"));
        daemon::write(&at.join("answer.lua"), ANSWER);
        daemon::write(&at.join("passwords"), PASSWORDS);
        let users =
            NTLM_USERS.map(|(domain, user, password)| format!("{domain}:{user}:{password}\n"));
        daemon::write(&at.join("users"), &users.concat());
        let environment = realm.environment(None);
        let (server, port) = Daemon::start(PACKAGES, &at.join("out"), |port| {
            daemon::write(&at.join("httpd.conf"), &configuration(at, port, &keys));
            let mut command = Command::new(program("apache2"));
            // In one process, so that nothing of it can be left behind.
            command.arg("-X").arg("-f").arg(at.join("httpd.conf"));
            command.envs(environment.iter().map(|(name, value)| (name, value)));
            command.env("NTLM_USER_FILE", at.join("users"));
            command
        });
        Self { _server: server, port, folder }
    }

    /// The port it listens on, at 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The URL of something on it: `/ntlm/`.
    pub fn url(&self, path: &str) -> String {
        format!("http://localhost:{}{path}", self.port)
    }

    /// The file with the users of NTLM, in the form gss-ntlmssp reads.
    pub fn ntlm_users(&self) -> PathBuf {
        self.folder.path().join("users")
    }

    /// Every request so far, in order. Apache writes this down after it has answered.
    pub fn seen(&self) -> Vec<Seen> {
        let log = fs::read_to_string(self.folder.path().join("seen")).unwrap_or_default();
        log.lines().filter_map(Seen::read).collect()
    }
}

impl Seen {
    fn read(line: &str) -> Option<Self> {
        let [connection, status, user, method, path] =
            line.split('\t').collect::<Vec<_>>().try_into().ok()?;
        Some(Self {
            connection: connection.parse().ok()?,
            status: status.parse().ok()?,
            user: if user == "-" { String::new() } else { user.replace("\\\\", "\\") },
            method: method.to_owned(),
            path: path.to_owned(),
        })
    }
}

fn configuration(at: &Path, port: u16, keys: &Path) -> String {
    let at = at.display();
    let keys = keys.display();
    let modules = MODULES
        .map(|name| format!("LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so"))
        .join("\n");
    format!(
        r#"{modules}
ServerRoot {at}
DefaultRuntimeDir {at}
PidFile {at}/pid
DocumentRoot {at}
ServerName localhost
Listen 127.0.0.1:{port}
KeepAlive On
KeepAliveTimeout 60
ErrorLog {at}/errors
LogFormat "%{{remote}}p\t%>s\t%u\t%m\t%U" seen
CustomLog {at}/seen seen
Header always set X-User "expr=%{{REMOTE_USER}}"
Header always set X-Delegated "expr=%{{reqenv:KRB5CCNAME}}"
Header always set X-Connection "expr=%{{REMOTE_PORT}}"
LuaMapHandler ^/(ntlm|negotiate|basic|open)/ {at}/answer.lua handle
<Location /ntlm/>
  AuthType GSSAPI
  AuthName ntlm
  GssapiAllowedMech ntlmssp
  GssapiConnectionBound On
  Require valid-user
</Location>
<Location /negotiate/>
  AuthType GSSAPI
  AuthName kerberos
  GssapiAllowedMech krb5
  GssapiCredStore keytab:{keys}
  GssapiDelegCcacheDir {at}/delegated
  Require valid-user
</Location>
<Location /basic/>
  AuthType Basic
  AuthName passwords
  AuthBasicProvider file
  AuthUserFile {at}/passwords
  Require valid-user
</Location>
"#
    )
}
