//! A collection as a k6 script: a way to load a service from many machines.

mod checks;
mod script;

use errand_model::{Collection, Defaults, Item};

use crate::fields::below;
use crate::{Error, Exported, Receipt};
use script::Script;

/// Writes `<name>.js`. Folders become groups, checks checks, captures variables; scripts are left out.
///
/// # Errors
/// There is no request in it.
pub fn export(collection: &Collection) -> Result<Exported, Error> {
    if collection.requests().is_empty() {
        let what = "there is no HTTP request in it, so there is nothing for k6 to send".to_owned();
        return Err(Error::Export { what });
    }
    let (mut script, mut receipt) = (Script::default(), Receipt::default());
    let root = &collection.root.defaults;
    script.variables(collection);
    told(&mut receipt, "", root);
    items(&mut script, &mut receipt, &[root], "", &collection.items);
    let name = match collection.root.name.trim() {
        "" => "collection".to_owned(),
        name => name.replace(|c: char| !c.is_alphanumeric() && c != '-' && c != '_', "-"),
    };
    let text = script.finish(&collection.root.name);
    Ok(Exported { files: vec![(format!("{name}.js"), text.into_bytes())], receipt })
}

fn items(
    script: &mut Script,
    receipt: &mut Receipt,
    levels: &[&Defaults],
    above: &str,
    items_here: &[Item],
) {
    for item in items_here {
        match item {
            Item::Folder(folder) => {
                let place = below(above, &folder.folder.name);
                told(receipt, &place, &folder.folder.defaults);
                let mut levels = levels.to_vec();
                levels.push(&folder.folder.defaults);
                script.open_group(&folder.folder.name);
                items(script, receipt, &levels, &place, &folder.items);
                script.close();
            }
            Item::Request(item) => {
                let whole = item.request.effective(levels);
                let place = below(above, &item.request.name);
                if !whole.scripts.is_empty() {
                    receipt.at(&place).not_carried("scripts", "k6 has another script API");
                }
                script.request(&whole, &mut receipt.at(&place));
            }
            Item::Other(other) => {
                let place = below(above, &other.name);
                receipt.at(place).not_carried("item", "only HTTP requests are exported to k6");
            }
        }
    }
}

fn told(receipt: &mut Receipt, place: &str, defaults: &Defaults) {
    if !defaults.scripts.is_empty() {
        receipt.at(place).not_carried("scripts", "k6 has another script API");
    }
}
