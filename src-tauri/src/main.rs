//! The Errand window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod arguments;
mod door;
mod renderer;
mod shell;
mod window;

use std::process::ExitCode;

use errand_app::{App, Paths};
use tauri::Manager as _;

fn main() -> ExitCode {
    renderer::choose();
    let arguments = match arguments::parse(std::env::args_os().skip(1)) {
        Ok(arguments) => arguments,
        Err(message) => {
            eprintln!("errand-desktop: {message}");
            return ExitCode::from(2);
        }
    };
    match run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("Errand could not start: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: arguments::Arguments) -> Result<(), Box<dyn std::error::Error>> {
    let app = tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .invoke_handler(tauri::generate_handler![door::call, door::stream])
        .setup(move |tauri_app| {
            let shell = shell::TauriShell::new(tauri_app.handle().clone(), arguments.measure_start);
            let core = App::open(Paths::of_user()?, std::sync::Arc::new(shell))?;
            tauri_app.manage(core.clone());
            tauri_app.manage(window::Sessions::default());
            let start = if arguments.example { core.example()? } else { arguments.workspace };
            window::open(tauri_app.handle(), start, true)?;
            Ok(())
        })
        .build(tauri::generate_context!())?;
    app.run(|handle, event| match event {
        tauri::RunEvent::WindowEvent { label, event: tauri::WindowEvent::Destroyed, .. } => {
            window::closed(handle, &label);
        }
        tauri::RunEvent::Exit => handle.state::<std::sync::Arc<App>>().close(),
        _ => {}
    });
    Ok(())
}
