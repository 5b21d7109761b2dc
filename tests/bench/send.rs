//! One request from the command line, start to finish, beside curl.

use std::process::Command;

use errand_tests::binaries;
use errand_tests::desktop::{Desktop, Home, Keyring};
use errand_tests::playground::Playground;

use crate::programs::{Program, has, in_turn};
use crate::table;

const ROUNDS: usize = 31;

pub fn bench() {
    let home = Home::new();
    let desktop = Desktop::with_keyring(Keyring::Absent);
    let playground = Playground::start(&desktop);
    let address = playground.url("/json/1kb");
    let mut programs = Vec::new();
    if has("curl") {
        programs.push(Program::new("curl", command(&home, "curl", &["-s", &address])));
    }
    let errand = binaries::command().to_string_lossy().into_owned();
    programs.push(Program::new("errand send", command(&home, &errand, &["send", &address])));
    let quiet = ["send", "--no-history", &address];
    programs.push(Program::new("errand send --no-history", command(&home, &errand, &quiet)));
    table::compare("One request over loopback, start to finish", &in_turn(&programs, ROUNDS));
}

fn command(home: &Home, program: &str, args: &[&str]) -> impl Fn() -> Command + 'static {
    let args: Vec<String> = args.iter().map(ToString::to_string).collect();
    let (program, home) = (program.to_owned(), home.path().to_owned());
    move || {
        let mut command = Command::new(&program);
        command.args(&args).env("HOME", &home).env("XDG_DATA_HOME", home.join("data"));
        command
            .env("XDG_CONFIG_HOME", home.join("config"))
            .env("XDG_CACHE_HOME", home.join("cache"));
        command.env_remove("http_proxy").env_remove("HTTP_PROXY").env_remove("all_proxy");
        command
    }
}
