//! The command line of demarche: arguments, terminal and exit codes over the library.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run().into()
}
