//! Readers of the field's dictionaries, as PETRARCH and its kin write them.
//!
//! [`import_petrarch`] turns a file of actors, agents or discards into entries of the user's
//! dictionary. Good lines are kept; what is lost, a whole line or a detail, is told by notes with
//! file and line. Lines are read as PETRARCH reads them: `#`, `;` and `<!-- … -->` begin comments,
//! `_` and blanks divide words.
//!
//! **Actors.** A name with its code, synonyms on lines with `+`, codes with dates on indented lines.
//! Dates are YYMMDD (up to 30 means 20YY) or YYYYMMDD; month or day 00 means the whole year or
//! month; both limits are inclusive, also those of `<` and `>`. A code becomes an actor like this:
//!
//! | code | actor |
//! |---|---|
//! | a country alone | more names of `state:XXX` |
//! | a country with dates | names of the state that comes last |
//! | any code with dates | a person with a role for each (country, sector, dates) |
//! | `IGO…`, a role `IGO` | `igo:` |
//! | `NGO…`, `NGM…`, roles `NGO`, `HRI`, `HUM`, `ENV`, `DEV` | `ngo:` |
//! | `MNC…`, a role `BUS` | `company:` |
//! | `IMG…`, roles `REB`, `INS`, `SEP`, `UAF` | `group:` |
//! | a role `PTY` | `party:` |
//! | a role `GOV`, and a name with a word such as ministry | names of `state:XXX` |
//! | `MIL`, `COP`, `JUD`, `SPY`, `LEG`, and a name with such a word | `agency:` |
//! | any other role | `other:` |
//! | `---` | nobody: a name that is known is taken from its actor |
//!
//! A name with a role and neither dates nor a telling word may be a person's or an office's; the
//! files do not say which, and `other:` claims neither. A code without dates beside others with
//! dates is the person's country and sector where no role holds. A name that the caller's dictionary
//! knows means the actor that it means there, whatever the code, save that codes of countries always
//! mean states.
//!
//! **Agents** become role words with plurals, **discards** phrases to pass over.
//!
//! What is lost: PETRARCH lets words stand between those that a blank divides, and finds beginnings
//! of words where `_` is not the last letter; here every phrase is found as it is written. Parts of
//! a code that are neither country nor sector (ethnic and religious groups, single organisations)
//! are passed over; of several sectors the first counts, as it is the primary one.

mod actors;
mod agents;
mod block;
mod case;
mod code;
mod country;
mod date;
mod discards;
mod import;
mod source;

pub use import::{
    PetrarchCounts, PetrarchImport, PetrarchKind, PetrarchLoss, PetrarchNote, import_petrarch,
};
