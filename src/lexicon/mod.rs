//! The dictionaries of `data/`: actors, roles and predicates, loaded and checked.
//!
//! A [`Lexicon`] is plain data with the ways to look it up; faults name file and line. Finding its
//! entries in text is the work of `mention` and `coder`. A [`UserDictionary`] holds what a user adds
//! and corrects, and [`Lexicon::with_user`] applies it; [`import_petrarch`] reads such entries from the field's dictionaries.

mod agency;
mod ambiguity;
mod bundled;
mod context_word;
mod domain;
mod epithet;
mod error;
mod frame;
mod given_name;
mod group;
mod hash;
mod inflection;
mod leading;
mod membership;
mod name_index;
mod not_actor;
mod office;
mod organisation;
mod person;
mod person_fact;
mod persons;
mod petrarch;
mod role;
mod search;
mod state;
mod table;
mod text;
mod user;
mod user_names;
mod user_role;
mod with_user;
mod word_field;
mod word_list;

pub use agency::Agencies;
pub use ambiguity::{Ambiguities, NameReading};
pub use bundled::{DictionaryVersion, Lexicon};
pub use context_word::ContextWords;
pub use domain::Domains;
pub use epithet::Epithet;
pub use error::LexiconError;
pub use frame::{
    Example, Frame, FrameConditions, FrameIndex, FramePattern, Frames, HeadKind, Place, Slot, Step,
};
pub use given_name::GivenNames;
pub use inflection::{VerbForm, VerbForms};
pub use leading::LeadingOffices;
pub use membership::{Membership, Memberships};
pub use name_index::NameIndex;
pub use not_actor::{NotActor, NotActorKind};
pub use office::Office;
pub use organisation::Organisation;
pub use person::{Gender, OfficeTenure, Origin, Person, PersonIndex};
pub use person_fact::PersonFacts;
pub(crate) use persons::PersonNames;
pub use persons::Persons;
pub use petrarch::{
    PetrarchCounts, PetrarchImport, PetrarchKind, PetrarchLoss, PetrarchNote, import_petrarch,
};
pub use role::{RoleKind, RoleWord};
pub use search::{NameMatch, suggest_actors};
pub use state::State;
pub use text::Text;
pub use user::{AgentEntry, Entry, PHRASE_BYTES_MAX, Phrase, RoleEntry, UserDictionary};
pub use user_names::{UserMeaning, UserName, UserNames};
pub(crate) use with_user::USER_FILE;
pub use word_field::{FieldIndex, WordFields};
pub use word_list::{WordList, WordLists};
