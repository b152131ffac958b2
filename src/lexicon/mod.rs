//! The dictionaries of `data/`: actors, roles and predicates, loaded and checked.
//!
//! A [`Lexicon`] is plain data with the ways to look it up; faults name file and line. Finding its
//! entries in text is the `coder`'s work.

mod bundled;
mod domain;
mod error;
mod inflection;
mod organisation;
mod person;
mod predicate;
mod role;
mod state;
mod table;

pub use bundled::{DictionaryVersion, Lexicon};
pub use domain::Domains;
pub use error::LexiconError;
pub use inflection::{VerbForm, VerbForms};
pub use organisation::Organisation;
pub use person::{OfficeTenure, Person, PersonIndex, Persons};
pub use predicate::{Element, Predicate, PredicateIndex, Predicates};
pub use role::{Office, RoleKind, RoleWord};
pub use state::State;
