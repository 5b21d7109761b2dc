//! Other tools' files: read, shown, and written as workspaces.

use std::collections::BTreeSet;
use std::sync::Arc;

use errand_interop::{Format, Line, Outcome};

use crate::blocking::blocking;
use crate::importing::{Fetch, Gathered, Incoming, address, environments, fetch, gather, number};
use crate::session::Session;
use crate::wire::{
    DropImport, Empty, FetchForImport, ImportHost, ImportPreview, ImportReceipt, ImportSecret,
    PreviewImport, ReceiptLine, ReceiptOutcome, ReceiptPage, WireError,
};

/// How often what was fetched may name something further.
const MOST_ROUNDS: usize = 32;
/// What may be fetched for one import.
const MOST_FETCHED: usize = 500;

impl Session {
    pub(crate) async fn preview_import(
        self: &Arc<Self>,
        args: PreviewImport,
    ) -> Result<ImportPreview, WireError> {
        let format = args.format.as_deref().map(format_of).transpose()?;
        let gathered = gather(&self.app, args.from).await?;
        let incoming = self.read_incoming(gathered, format).await?;
        let (id, incoming) = self.imports.hold(None, incoming);
        self.preview(id, &incoming)
    }

    pub(crate) async fn read_incoming(
        &self,
        gathered: Gathered,
        format: Option<Format>,
    ) -> Result<Incoming, WireError> {
        let data = self.app.paths.workspaces();
        blocking(move || Incoming::of(gathered, format, &data)).await
    }

    pub(crate) async fn fetch_for_import(
        self: &Arc<Self>,
        args: FetchForImport,
    ) -> Result<ImportPreview, WireError> {
        let mut incoming = Incoming::clone(&*self.imports.unwritten(&args.id)?);
        incoming.agreed.extend(args.hosts);
        let mut fetched = 0;
        for _ in 0..MOST_ROUNDS {
            let wanted = incoming.wanted();
            let agreed: Vec<String> = wanted
                .into_iter()
                .filter(|(_, host)| incoming.agreed.contains(host))
                .map(|(url, _)| url)
                .collect();
            fetched += agreed.len();
            if agreed.is_empty() || fetched > MOST_FETCHED {
                break;
            }
            for url in agreed {
                self.fetch_one(&mut incoming, url).await;
            }
            let data = self.app.paths.workspaces();
            incoming = blocking(move || {
                incoming.again(&data)?;
                Ok(incoming)
            })
            .await?;
        }
        let (id, incoming) = self.imports.hold(Some(args.id), incoming);
        self.preview(id, &incoming)
    }

    /// What cannot be fetched is told in the receipt; the rest may do without it.
    async fn fetch_one(&self, incoming: &mut Incoming, url: String) {
        let done = match address(&url) {
            Ok(parsed) => fetch(&self.app, parsed, Some(&incoming.agreed)).await,
            Err(error) => Err(error),
        };
        match done {
            Ok(Fetch::Done(fetched)) => {
                let bytes: Arc<[u8]> = fetched.bytes.into();
                incoming.elsewhere.remove(&url);
                for source in &mut incoming.sources {
                    source.fetched.insert(url.clone(), bytes.clone());
                }
            }
            Ok(Fetch::Elsewhere(to)) => {
                incoming.elsewhere.insert(url, crate::importing::host(&to));
            }
            Err(error) => {
                incoming.failed.insert(url, error.message);
            }
        }
    }

    pub(crate) async fn import_receipt(
        &self,
        args: ImportReceipt,
    ) -> Result<ReceiptPage, WireError> {
        let incoming = self.imports.get(&args.id)?;
        let about = args.node.map(|node| incoming.outline.about(node)).transpose()?;
        let wanted = |line: &&Line| {
            args.outcome.is_none_or(|outcome| outcome_of(line.outcome) == outcome)
                && about.as_ref().is_none_or(|about| about.holds(&line.place))
        };
        let lines: Vec<&Line> = incoming.import.receipt.lines.iter().filter(wanted).collect();
        let (from, to) = (args.from as usize, args.to.max(args.from) as usize);
        Ok(ReceiptPage {
            total: number(lines.len()),
            lines: lines.into_iter().take(to).skip(from).map(receipt_line).collect(),
        })
    }

    pub(crate) async fn drop_import(&self, args: DropImport) -> Result<Empty, WireError> {
        self.imports.drop(&args.id);
        Ok(Empty {})
    }

    pub(super) fn preview(
        &self,
        id: String,
        incoming: &Incoming,
    ) -> Result<ImportPreview, WireError> {
        let mask = incoming.mask()?;
        let import = &incoming.import;
        let collection = &import.collection;
        let mut wanted: Vec<ImportHost> = Vec::new();
        for (url, host) in incoming.wanted() {
            let url = mask.text(&url);
            match wanted.iter_mut().find(|known| known.host == host) {
                Some(known) => known.urls.push(url),
                None => wanted.push(ImportHost { host, urls: vec![url] }),
            }
        }
        Ok(ImportPreview {
            id,
            format: import.format.id().to_owned(),
            format_name: import.format.name().to_owned(),
            name: mask.name(&collection.root.name),
            nodes: incoming.outline.nodes.clone(),
            environments: environments(collection),
            counts: incoming.outline.counts(collection, &import.receipt),
            secrets: secrets(incoming),
            wanted,
            redirects: incoming.redirects.iter().map(|url| mask.text(url)).collect(),
            linkable: import.format == Format::OpenApi && incoming.origin.is_some(),
            linked: self.linked(incoming),
            opens_in_place: incoming.workspace.as_ref().map(|path| path.display().to_string()),
        })
    }
}

fn secrets(incoming: &Incoming) -> Vec<ImportSecret> {
    let environments = &incoming.import.collection.environments;
    let listed = incoming.credentials.iter().enumerate().map(|(id, found)| ImportSecret {
        id: number(id),
        place: found.place.clone(),
        what: found.what.clone(),
        name: found.name.clone(),
        named: found.is_variable,
        environment: found
            .environment
            .and_then(|index| environments.get(index))
            .map(|item| item.environment.name.clone()),
        node: found.node,
    });
    listed.collect()
}

/// The format of an id.
pub(crate) fn format_of(id: &str) -> Result<Format, WireError> {
    Format::of(id).ok_or_else(|| {
        let known: BTreeSet<&str> = Format::ALL.iter().map(|format| format.id()).collect();
        let known: Vec<&str> = known.into_iter().collect();
        WireError::new("bad-arguments", format!("There is no format \"{id}\"."))
            .hint(format!("The formats are {}.", known.join(", ")))
    })
}

/// A line of a receipt as it crosses to a face.
pub(crate) fn receipt_line(line: &Line) -> ReceiptLine {
    ReceiptLine {
        outcome: outcome_of(line.outcome),
        place: line.place.clone(),
        item: line.item.clone(),
        note: line.note.clone(),
        original: line.original.clone(),
    }
}

fn outcome_of(outcome: Outcome) -> ReceiptOutcome {
    match outcome {
        Outcome::Kept => ReceiptOutcome::Kept,
        Outcome::Converted => ReceiptOutcome::Converted,
        Outcome::NotCarried => ReceiptOutcome::NotCarried,
    }
}
