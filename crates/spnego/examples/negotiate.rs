//! Asks for a path on a port of this machine and proves who one is by Kerberos:
//! `negotiate PORT PATH SERVICE [delegate]`. Prints the status, who one was taken for, and whether the server
//! proved who it is.
//!
//! A program of its own because the system's Kerberos reads its environment: tests give each run another.

use std::env;
use std::error::Error;
use std::process::ExitCode;

use errand_spnego::{Kerberos, Step};

#[path = "../tests/wire/mod.rs"]
#[allow(dead_code, reason = "the tests use all of it")]
mod wire;

fn main() -> ExitCode {
    match ask() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn ask() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [port, path, service, rest @ ..] = arguments.as_slice() else {
        return Err("negotiate PORT PATH SERVICE [delegate]".into());
    };
    let mut kerberos = Kerberos::new(service, rest.iter().any(|word| word == "delegate"))?;
    let Step::Send(token) = kerberos.step(None)? else { return Err("no first token".into()) };
    let mut connection = wire::Connection::open(port.parse()?)?;
    let answer = connection.prove("POST", path, ("Negotiate", &token), "tea")?;
    println!("{}", answer.status);
    print!("{}", answer.body);
    println!("delegated={}", !answer.header("X-Delegated").unwrap_or_default().is_empty());
    if let Some(token) = answer.token("Negotiate") {
        println!("proved={}", kerberos.step(Some(&token))? == Step::Done);
    }
    Ok(())
}
