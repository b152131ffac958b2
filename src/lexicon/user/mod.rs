//! The user's dictionary: new actors, corrections of the bundled ones, and words to pass over.
//!
//! A [`UserDictionary`] is a list of [`Entry`]s, read from and written as a text of one entry a
//! line: a keyword and its fields, divided by tabs. Lines that begin with `#` and empty lines are
//! passed over; fields at the end that may be empty may also be missing.
//!
//! ```text
//! # demarche dictionary 1
//! actor          ID      NAME     COUNTRY  SECTOR             country and sector may be empty
//! alias          ID      TEXT                                 TEXT means ID
//! unalias        ID      TEXT                                 TEXT no longer means ID
//! role           ID      COUNTRY  SECTOR   OFFICE  TITLE  FROM  TO    all but ID may be empty
//! agent          PHRASE  PLURAL   SECTOR   COUNTRY            plural and country may be empty
//! discard        PHRASE                                       sentences with PHRASE are passed over
//! discard-story  PHRASE                                       articles with PHRASE are passed over
//! merge          ID      INTO                                 names and roles of ID belong to INTO
//! split          ID      TEXT     NEWID                       TEXT leaves ID and names NEWID
//! ```
//!
//! Dates are days, months or years, both ends inclusive as typed. Offices have the names of
//! `data/actors/persons.tsv`, sectors and countries the codes of the model.
//!
//! What this does not do: it does not change what the coder knows; that is done where a lexicon is
//! made from the bundled dictionaries and this one ([`Lexicon::with_user`](crate::lexicon::Lexicon::with_user)).

mod dictionary;
mod entry;
mod line;
mod phrase;
mod span;

pub use dictionary::UserDictionary;
pub use entry::{AgentEntry, Entry, RoleEntry};
pub use phrase::{PHRASE_BYTES_MAX, Phrase};
