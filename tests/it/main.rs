//! One integration binary.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test may fail loudly"
)]
mod accuracy;
mod actors;
mod actors_cli;
mod analyser;
mod architecture;
mod backup;
mod bench;
mod cases;
mod circumstances;
mod cli;
mod coding_cli;
mod corpus;
mod crash;
mod damage;
mod data;
mod dependencies;
mod dot;
mod examples;
mod frames;
mod happenings;
mod ingest_files;
mod mentions;
mod mentions_cli;
mod ontology;
mod petrarch;
mod readme;
mod seed;
mod store_format;
mod stress;
mod support;
mod syntax;
mod undo;
mod unseen;
mod user_dictionary;
