//! The face on the terminal: reads arguments, calls the engine, prints, and sets the exit code.

mod actor_name;
mod app;
mod commands;
mod exit;
mod filter;
mod output;
mod records;
mod session;

pub(crate) use app::run;
