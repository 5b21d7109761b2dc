use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use errand_auth::{Http, Secret};
use errand_model::SecretSource;
use tokio::sync::OnceCell;

use crate::{
    Access, Approvals, Error, Machine, aws, bitwarden, command, files, hashicorp, join,
    one_password, pass,
};

/// How much a source may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Time for one source, with all it starts.
    pub time: Duration,
    /// Bytes of its output.
    pub bytes: usize,
}

impl Default for Limits {
    /// 20 seconds, 1 MiB.
    fn default() -> Self {
        Self { time: Duration::from_secs(20), bytes: 1024 * 1024 }
    }
}

/// What one source gave: fetched by the first who asks, waited for by the others.
type Cell = Arc<OnceCell<Result<Secret, Error>>>;

/// Fetches the values of secrets, each once in its lifetime: make one for a send or a run.
///
/// Failures are remembered as well, so that a locked store is not asked a thousand times; only
/// what lacks approval is asked again. Dropping a future of it stops what it started, children
/// of commands included.
pub struct Resolver {
    machine: Machine,
    http: Arc<dyn Http>,
    approvals: Arc<dyn Approvals>,
    limits: Limits,
    fetched: Mutex<Vec<(SecretSource, Cell)>>,
}

impl Resolver {
    /// One that has fetched nothing yet.
    pub fn new(machine: Machine, http: Arc<dyn Http>, approvals: Arc<dyn Approvals>) -> Self {
        Self { machine, http, approvals, limits: Limits::default(), fetched: Mutex::default() }
    }

    /// With other limits.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// The value that `source`, whose fields are resolved, has now.
    ///
    /// # Errors
    /// Everything of [`Error`].
    pub async fn value(&self, source: &SecretSource) -> Result<Secret, Error> {
        let cell = self.cell(source);
        let result = cell.get_or_init(|| self.fetch_in_time(source)).await.clone();
        if matches!(result, Err(Error::NotApproved { .. })) {
            self.forget(&cell);
        }
        result
    }

    /// The values of several, fetched at the same time; in their order.
    pub async fn values(&self, sources: &[SecretSource]) -> Vec<Result<Secret, Error>> {
        join::all(sources.iter().map(|source| self.value(source))).await
    }

    /// What the user must have approved before `source`, whose fields are resolved, is fetched; none
    /// where it takes nothing that is asked for. Nothing is fetched.
    ///
    /// # Errors
    /// A source that is incomplete, or whose file is not there.
    pub async fn access(&self, source: &SecretSource) -> Result<Option<Access>, Error> {
        let machine = &self.machine;
        Ok(match source {
            SecretSource::Command { command } => {
                Some(Access::Command(filled("command", command)?.to_owned()))
            }
            SecretSource::File { file } | SecretSource::DotEnv { file, .. } => {
                files::find(filled("file", file)?, machine).await?.1
            }
            SecretSource::Vault { address, path, field, namespace } => {
                let place = hashicorp::Place { address, path, field, namespace };
                hashicorp::Server::of(&place, machine).await?.1
            }
            SecretSource::AwsSecretsManager { secret, field, region, profile, endpoint } => {
                let wanted = aws::Wanted { secret, field, region, profile, endpoint };
                aws::Endpoint::of(&wanted, machine).await?.1
            }
            SecretSource::Environment { .. }
            | SecretSource::OnePassword { .. }
            | SecretSource::Bitwarden { .. }
            | SecretSource::Pass { .. } => None,
        })
    }

    /// Forgets every value and failure: what is asked next is fetched anew.
    pub fn clear(&self) {
        self.fetched().clear();
    }

    fn cell(&self, source: &SecretSource) -> Cell {
        let mut fetched = self.fetched();
        if let Some((_, cell)) = fetched.iter().find(|(known, _)| known == source) {
            return Arc::clone(cell);
        }
        let cell = Cell::default();
        fetched.push((source.clone(), Arc::clone(&cell)));
        cell
    }

    fn forget(&self, cell: &Cell) {
        self.fetched().retain(|(_, known)| !Arc::ptr_eq(known, cell));
    }

    fn fetched(&self) -> std::sync::MutexGuard<'_, Vec<(SecretSource, Cell)>> {
        // The list is whole at every point where a panic could come.
        self.fetched.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn fetch_in_time(&self, source: &SecretSource) -> Result<Secret, Error> {
        let limited = tokio::time::timeout(self.limits.time, self.fetch(source)).await;
        limited.unwrap_or_else(|_| {
            Err(Error::TimedOut { what: describe(source), after: self.limits.time })
        })
    }

    async fn fetch(&self, source: &SecretSource) -> Result<Secret, Error> {
        let (machine, limit) = (&self.machine, self.limits.bytes);
        match source {
            SecretSource::Environment { variable } => self.variable(filled("variable", variable)?),
            SecretSource::File { file } => {
                let (path, access) = files::find(filled("file", file)?, machine).await?;
                self.allowed(access)?;
                files::content(&path, limit).await
            }
            SecretSource::DotEnv { file, variable } => {
                let variable = filled("variable", variable)?;
                let (path, access) = files::find(filled("file", file)?, machine).await?;
                self.allowed(access)?;
                files::entry(&path, variable, limit).await
            }
            SecretSource::Command { command } => {
                self.allowed(Some(Access::Command(filled("command", command)?.to_owned())))?;
                command::output(command, machine, limit).await
            }
            SecretSource::OnePassword { reference, account } => {
                one_password::read(filled("reference", reference)?, account, machine, limit).await
            }
            SecretSource::Bitwarden { item, field } => {
                bitwarden::get(filled("item", item)?, field, machine, limit).await
            }
            SecretSource::Pass { entry, field } => {
                pass::show(filled("entry", entry)?, field, machine, limit).await
            }
            SecretSource::Vault { address, path, field, namespace } => {
                let place = hashicorp::Place { address, path, field, namespace };
                self.of_vault(&place).await
            }
            SecretSource::AwsSecretsManager { secret, field, region, profile, endpoint } => {
                filled("secret", secret)?;
                let wanted = aws::Wanted { secret, field, region, profile, endpoint };
                self.of_aws(&wanted).await
            }
        }
    }

    async fn of_vault(&self, place: &hashicorp::Place<'_>) -> Result<Secret, Error> {
        let (server, access) = hashicorp::Server::of(place, &self.machine).await?;
        self.allowed(access)?;
        server.read(place, self.http.as_ref()).await
    }

    async fn of_aws(&self, wanted: &aws::Wanted<'_>) -> Result<Secret, Error> {
        let (endpoint, access) = aws::Endpoint::of(wanted, &self.machine).await?;
        self.allowed(access)?;
        endpoint.read(wanted, self.http.as_ref()).await
    }

    fn variable(&self, name: &str) -> Result<Secret, Error> {
        let what = || format!("environment variable {name}");
        match self.machine.raw(name) {
            None => Err(Error::NotFound {
                what: what(),
                hint: "Set it before starting Errand, and start it again from there.".to_owned(),
            }),
            Some(value) => match value.to_str() {
                Some(text) => Ok(Secret::from(text)),
                None => Err(Error::NotText { what: format!("The {}", what()) }),
            },
        }
    }

    fn allowed(&self, access: Option<Access>) -> Result<(), Error> {
        match access {
            Some(access) if !self.approvals.approved(&access) => Err(Error::NotApproved { access }),
            _ => Ok(()),
        }
    }
}

fn filled<'a>(field: &'static str, text: &'a str) -> Result<&'a str, Error> {
    let reason = if text.is_empty() {
        "is empty"
    } else if text.contains('\0') {
        "contains a NUL character"
    } else {
        return Ok(text);
    };
    Err(Error::Invalid { field, reason: reason.to_owned() })
}

/// The source, as an error begins with it.
fn describe(source: &SecretSource) -> String {
    match source {
        SecretSource::Environment { variable } => format!("The environment variable {variable}"),
        SecretSource::DotEnv { file, .. } | SecretSource::File { file } => {
            format!("The file {file}")
        }
        SecretSource::Command { command } => format!("The command `{command}`"),
        SecretSource::Vault { path, .. } => format!("Vault's secret {path}"),
        SecretSource::AwsSecretsManager { secret, .. } => format!("AWS's secret \"{secret}\""),
        SecretSource::OnePassword { reference, .. } => format!("1Password's {reference}"),
        SecretSource::Bitwarden { item, .. } => format!("Bitwarden's item \"{item}\""),
        SecretSource::Pass { entry, .. } => format!("The entry \"{entry}\" of pass"),
    }
}
