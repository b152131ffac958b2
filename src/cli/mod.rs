//! The face on the terminal: reads arguments, calls the engine, prints, and sets the exit code.

mod actor_card;
mod actor_name;
mod app;
mod bench;
mod commands;
mod dictionary;
mod dictionary_file;
mod directory;
mod exit;
mod filter;
mod mention_view;
mod output;
mod records;
mod session;
mod store_reader;
mod whole_file;

pub(crate) use app::run;
