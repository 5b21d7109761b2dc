use super::Shared;
use crate::{Error, Secret, SecretId, Vault};

/// How a shared secret differs from one's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Only in the file.
    New,
    /// The values differ.
    Changed,
    /// The values are the same.
    Same,
    /// Only in one's own keychain, or in this session.
    OnlyMine,
}

/// One secret of a [`Plan`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// In one's own workspace.
    pub id: SecretId,
    /// What taking it over would mean.
    pub change: Change,
    mine: Option<Secret>,
    theirs: Option<Secret>,
}

/// What opening shared secrets would change. Nothing is changed by making it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// By environment and name.
    pub secrets: Vec<Planned>,
    /// The file was sealed in a workspace with another id: a copy of this one, or a stranger.
    pub from_another_workspace: bool,
}

/// What [`Vault::apply`] did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Applied {
    /// Now as in the file.
    pub taken: Vec<SecretId>,
    /// Of these, the ones that are kept for this session only.
    pub session_only: Vec<SecretId>,
    /// Left alone: one's own value is not the one any more that the plan compared.
    pub changed_meanwhile: Vec<SecretId>,
    /// Why it ended early, if it did.
    pub stopped: Option<Error>,
}

impl Vault {
    /// Compares shared secrets with one's own of `workspace`. Of a secret that the file has
    /// twice, the last value counts.
    ///
    /// # Errors
    /// Everything of [`Error`]: without one's own values nothing can be compared.
    pub fn plan(&self, workspace: &str, shared: &Shared) -> Result<Plan, Error> {
        self.reload();
        let listing = self.list(workspace);
        if let Some(error) = listing.error {
            return Err(error);
        }
        let mut secrets: Vec<Planned> = Vec::new();
        for one in &shared.secrets {
            let id = SecretId::new(workspace, one.environment.as_deref(), &one.name);
            let mine = self.get(&id)?;
            let change = match &mine {
                None => Change::New,
                Some(mine) if *mine == one.value => Change::Same,
                Some(_) => Change::Changed,
            };
            secrets.retain(|known| known.id != id);
            secrets.push(Planned { id, change, mine, theirs: Some(one.value.clone()) });
        }
        for listed in listing.secrets {
            if secrets.iter().all(|known| known.id != listed.id) {
                let (id, change) = (listed.id, Change::OnlyMine);
                secrets.push(Planned { id, change, mine: None, theirs: None });
            }
        }
        secrets.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(Plan { secrets, from_another_workspace: shared.workspace != workspace })
    }

    /// Takes over the secrets of the plan that are named, and only those that are new or
    /// changed. Ends at the first error, which the result tells.
    pub fn apply(&self, plan: &Plan, take: &[SecretId]) -> Applied {
        let mut applied = Applied::default();
        self.reload();
        for planned in plan.secrets.iter().filter(|planned| take.contains(&planned.id)) {
            let (Change::New | Change::Changed, Some(theirs)) = (planned.change, &planned.theirs)
            else {
                continue;
            };
            if let Err(error) = self.take(planned, theirs, &mut applied) {
                applied.stopped = Some(error);
                break;
            }
        }
        applied
    }

    fn take(&self, planned: &Planned, theirs: &Secret, into: &mut Applied) -> Result<(), Error> {
        if self.get(&planned.id)? != planned.mine {
            into.changed_meanwhile.push(planned.id.clone());
            return Ok(());
        }
        if self.set(&planned.id, theirs)? == crate::Stored::SessionOnly {
            into.session_only.push(planned.id.clone());
        }
        into.taken.push(planned.id.clone());
        Ok(())
    }
}
