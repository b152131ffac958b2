//! The graph of a store and the questions to it: who contacted whom, when, how often.
//!
//! A [`Graph`] is built from the events of a store. It joins reports of one act into
//! [`Happening`]s, finds them by actor and by id, and answers; a [`Filter`] says which events a
//! question is about. [`Graph::contacts`] gives the partners of an actor, [`Graph::between`] the
//! events of two, [`Graph::aggregate`] a `petgraph` graph with one edge for all events of a kind.
//!
//! What this room does not do: it reads no store and no text, and prints nothing.

mod aggregate;
mod contacts;
mod error;
mod filter;
#[expect(
    clippy::module_inception,
    reason = "the file of the type that the room is named for"
)]
mod graph;
mod happening;
mod level;
mod origin;
mod planned;
#[cfg(test)]
mod tests;

pub use aggregate::{ActorNode, Aggregate, EdgeSummary, Proof};
pub use contacts::{ContactRow, Contacts, ContactsQuestion};
pub use error::GraphError;
pub use filter::{ActFilter, Filter, Scope, Selected, Selection, default_level};
pub use graph::{ActorCount, Found, Graph};
pub use happening::{Happening, happenings};
pub use level::Level;
pub use origin::Side;
pub use planned::fulfilments;
