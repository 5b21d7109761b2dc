use std::fmt::Write as _;

use errand_interop::{Exported, curl};
use errand_model::{Collection, Defaults, Item};

use crate::importing::place;

/// A command for each request, each under its name. Variables stay as `{{name}}`.
pub fn export(collection: &Collection) -> Exported {
    let mut levels = vec![&collection.root.defaults];
    let mut exported = Exported::default();
    let mut text = String::new();
    commands(&collection.items, &mut levels, "", &mut text, &mut exported);
    exported.files.push(("requests.sh".to_owned(), text.into_bytes()));
    exported
}

fn commands<'c>(
    items: &'c [Item],
    levels: &mut Vec<&'c Defaults>,
    above: &str,
    text: &mut String,
    exported: &mut Exported,
) {
    for item in items {
        match item {
            Item::Folder(folder) => {
                let name = place(above, &folder.folder.name);
                levels.push(&folder.folder.defaults);
                commands(&folder.items, levels, &name, text, exported);
                levels.pop();
            }
            Item::Request(item) => {
                let here = place(above, &item.request.name);
                // A name of several lines would end the comment, and its rest be a command.
                let comment = here.replace(|c: char| c.is_control(), " ");
                if !text.is_empty() {
                    text.push('\n');
                }
                let command = curl::write(&item.request.effective(levels));
                // Writing to a String never fails.
                let _ = writeln!(text, "# {comment}\n{command}");
                let mut scribe = exported.receipt.at(here);
                let left: [(&str, usize); 3] = [
                    (
                        "checks and captures",
                        item.request.checks.len() + item.request.captures.len(),
                    ),
                    ("scripts", item.request.scripts.len()),
                    ("examples", item.examples.len()),
                ];
                for (what, _) in left.into_iter().filter(|(_, count)| *count > 0) {
                    scribe.not_carried(what, "a curl command has no place for them");
                }
            }
            Item::Other(other) => {
                let mut scribe = exported.receipt.at(place(above, &other.name));
                scribe.not_carried("item", "it is no HTTP request");
            }
        }
    }
}
