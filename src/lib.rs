//! demarche: a diplomatic-event knowledge graph store.
//!
//! News articles in, event triples out, kept with the sentences that prove them, asked as a graph.
//! This library is the engine; the program `demarche` is its face.
//!
//! | room | question that it answers |
//! |---|---|
//! | [`model`] | what do the words mean: actors, events, dates, codes |
//! | [`ingest`] | which articles are in these files |
//! | [`text`] | where are the sentences, tokens and dates of a text, what is its grammar |
//! | [`lexicon`] | what do the dictionaries say |
//! | [`mention`] | who is meant, where in a text, and why |
//! | [`coder`] | which events does this article tell |
//! | [`store`] | what was read and found, kept on disk |
//! | [`backup`] | what does a whole store say, in one file that outlives it |
//! | [`graph`] | which reports tell one happening; who contacted whom |
//! | [`export`] | how do other programs see it |
//! | [`pipeline`] | from files to store, and to records of events and mentions |
//! | [`train`] | what do treebanks teach about grammar |
//! | [`evaluate`] | how right are analyser and coder |
//! | [`bench`](mod@bench) | what would a large store hold, and what did it make of a fault |
//!
//! ```
//! use demarche::{coder::Coder, ingest::{ReadOptions, read_text}, lexicon::Lexicon, text::Analyser};
//!
//! let text = "Date: 2026-01-16\n\nVladimir Putin called Benjamin Netanyahu on Thursday.";
//! let article = read_text(text, &ReadOptions::default()).into_article();
//! let coder = Coder::new(Lexicon::bundled()?, Analyser::bundled()?)?;
//! let events = coder.code(&article).events;
//! let (source, target) = events[0].dyads()[0];
//! assert_eq!(source.actor.as_str(), "person:vladimir-putin");
//! assert_eq!(target.actor.as_str(), "person:benjamin-netanyahu");
//! assert_eq!(events[0].act.cameo.as_str(), "041");
//! assert_eq!(events[0].date.to_string(), "2026-01-15");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The engine never prints, asks the clock, uses the network or depends on hash order: the same
//! input gives the same bytes. Reading and coding never fail on odd input; stores and files fail
//! with typed errors.

pub mod backup;
pub mod bench;
pub mod coder;
pub mod corpus;
pub mod evaluate;
pub mod export;
pub mod graph;
pub mod ingest;
pub mod lexicon;
pub mod mention;
pub mod model;
pub mod pipeline;
pub mod predicate;
pub mod relation;
pub mod store;
pub mod text;
pub mod train;
