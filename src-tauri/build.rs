//! Lists the app's own commands: without this manifest they would bypass the access list.

fn main() {
    let manifest = tauri_build::AppManifest::new().commands(&["call", "stream"]);
    let attributes = tauri_build::Attributes::new().app_manifest(manifest);
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo::error={error:#}");
    }
}
