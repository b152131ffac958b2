//! Lists of English words by which mentions are read.

use std::collections::HashMap;

use crate::lexicon::{LexiconError, table};

/// Declares the lists with their names in the table.
macro_rules! word_lists {
    ($( $(#[$docs:meta])* $name:ident = $table:literal; )+) => {
        /// A list of words.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum WordList { $( $(#[$docs])* $name ),+ }

        impl WordList {
            /// Every list.
            pub const ALL: &'static [Self] = &[ $( Self::$name ),+ ];

            /// Returns the name that the table uses.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $( Self::$name => $table ),+ }
            }
        }
    };
}

word_lists! {
    /// Verbs of those who act and speak: `it` as their subject is a state or organisation.
    AgentiveVerb = "agentive verb";
    /// Words behind a hyphen that make an attitude of a state: Turkish-backed.
    Attitude = "attitude";
    /// Surnames that are words, months, places or given names as often as not.
    CommonSurname = "common surname";
    /// Words that may stand between a preposition and a year.
    DateWord = "date word";
    /// Nouns behind an adjective that are deeds of the state: the Israeli attack.
    Deed = "deed";
    /// Words for those whose views are quoted.
    Expert = "expert";
    /// Words for who holds an office no more.
    Former = "former";
    /// What stands before names and is no part of them.
    Honorific = "honorific";
    /// Words of which an empty `it` is the subject: it is clear that.
    Impersonal = "impersonal";
    /// Verbs whose object is a place: left, reached.
    LeavingVerb = "leaving verb";
    /// Roles that belong to the country at hand where nobody owns them.
    LocalRole = "local role";
    /// Words that may stand between an owner and its role.
    Modifier = "modifier";
    /// Months.
    Month = "month";
    /// Verbs and nouns of motion.
    Motion = "motion";
    /// Nouns before `of` that make a name: University of.
    NameHead = "name head";
    /// Nouns through which a capital stands for its government: the invasion of, the anger of.
    NounOfDeed = "noun of deed";
    /// Small words inside names: van, bin, al.
    Particle = "particle";
    /// Nouns for a human being spoken of before: diplomat, visitor.
    PersonNoun = "person noun";
    /// Nouns that make a place or thing of the name before them: street, airport, treaty.
    PlaceNoun = "place noun";
    /// Prepositions after which a name is a place.
    PlacePreposition = "place preposition";
    /// Roles with their seat behind them: the government in Kabul.
    SeatedRole = "seated role";
    /// Words before names that leave them what they are: North, Mr.
    Side = "side";
    /// Words of sport.
    Sport = "sport";
    /// States that take an article: the Gambia.
    StateWithArticle = "state with article";
    /// Things that come from or lie in a place: oil, streets, border.
    ThingOfPlace = "thing of place";
    /// Titles that the roles may lack, after which a name begins.
    TitleBeforeName = "title before name";
    /// Words of weather and time around an empty `it`.
    Weather = "weather";
}

/// All lists; a word may be in several.
#[derive(Debug, Clone, Default)]
pub struct WordLists {
    by_word: HashMap<&'static str, u32>,
}

impl WordLists {
    /// Loads the table: list, word.
    pub(crate) fn load(file: &'static str, text: &'static str) -> Result<Self, LexiconError> {
        let mut lists = Self::default();
        for row in table::rows(file, text, 2) {
            let row = row?;
            let list = WordList::ALL
                .iter()
                .find(|list| list.name() == row.field(0));
            let list = list.ok_or_else(|| row.error(format!("unknown list `{}`", row.field(0))))?;
            *lists.by_word.entry(row.field(1)).or_default() |= bit(*list);
        }
        Ok(lists)
    }

    /// Says whether a folded word or phrase is in a list.
    #[must_use]
    pub fn has(&self, list: WordList, folded: &str) -> bool {
        self.by_word
            .get(folded)
            .is_some_and(|lists| lists & bit(list) != 0)
    }
}

/// Each list has a bit of its own; there are fewer than 32.
const fn bit(list: WordList) -> u32 {
    1 << (list as u32)
}
