//! Who is meant: every place of a text where an actor is mentioned, and which actor it is.
//!
//! [`MentionFinder::find`] takes a passage with the analyser's grammar and returns its mentions:
//! names by longest match in one automaton over the dictionaries, roles with and without names
//! resolved by date, surnames, descriptions and pronouns by what the article said before. Each
//! mention says why it means whom it means ([`Basis`]), how sure that is, and as what it is used
//! ([`Usage`]): "in Moscow" is a place, "Moscow said" an actor.
//!
//! What this room does not do: it codes no events, and it keeps nothing between articles.

mod actor;
mod ambiguity;
mod antecedent;
mod bare_role;
mod counterpart;
mod epithet;
mod finder;
mod holder;
mod known_for;
mod memory;
#[expect(
    clippy::module_inception,
    reason = "the file of the type that the room is named for"
)]
mod mention;
mod name;
mod nominal;
mod office;
mod phrase;
mod plural;
mod pronoun;
mod reader;
mod role;
mod scene;
mod step;
mod stranger;
mod surname;
mod unit;
mod usage;
mod user_phrase;

pub use actor::MentionedActor;
pub use finder::{MentionFinder, MentionedText, Passage};
pub use mention::{ActorMention, Basis, MentionForm, Usage};
