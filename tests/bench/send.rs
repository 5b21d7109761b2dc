//! One request from the command line, start to finish, beside curl.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use errand_tests::binaries;
use errand_tests::desktop::Home;

use crate::programs::{Program, has, in_turn};
use crate::table;

const ROUNDS: usize = 31;

pub fn bench() {
    let home = Home::new();
    let playground = Playground::start(&home);
    let address = format!("{}/json/1", playground.address);
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

struct Playground {
    server: Child,
    address: String,
}

impl Playground {
    fn start(home: &Home) -> Self {
        let mut command = home.command(&binaries::command());
        command.args(["playground", "--port", "0"]).stdin(Stdio::null()).stdout(Stdio::piped());
        let mut server =
            command.stderr(Stdio::inherit()).spawn().unwrap_or_else(|error| panic!("{error}"));
        let output = server.stdout.take().unwrap_or_else(|| panic!("the playground has no output"));
        // The first address it prints is its own.
        let address =
            BufReader::new(output).lines().map_while(Result::ok).find_map(|line| address_in(&line));
        let address = address.unwrap_or_else(|| panic!("`errand playground` printed no address"));
        Self { server, address }
    }
}

impl Drop for Playground {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

fn address_in(line: &str) -> Option<String> {
    let from = line.find("http://")?;
    let address = line.get(from..)?.split_whitespace().next()?;
    Some(address.trim_end_matches(['/', '.', ',']).to_owned())
}
