//! What the finder says of one place in a text.

use crate::mention::actor::MentionedActor;
use crate::model::{ActorId, Byte, Confidence, Day, Span};

/// How an actor is mentioned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MentionForm {
    /// By name.
    Name,
    /// By what it is ("the Russian leader").
    Nominal,
    /// By a pronoun.
    Pronoun,
}

impl MentionForm {
    /// Returns the word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Nominal => "nominal",
            Self::Pronoun => "pronoun",
        }
    }
}

/// As what an actor is mentioned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Usage {
    /// As one who acts or is acted upon.
    Actor,
    /// As the place of something ("in Moscow").
    Place,
    /// As a newspaper or agency that reports.
    Outlet,
    /// As someone whose view is quoted: an analyst, a professor.
    Expert,
    /// As a part of a name of something else: a team, a ship, a product, a treaty.
    PartOfName,
    /// As someone of no known politics.
    Stranger,
}

impl Usage {
    /// Returns the words for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Actor => "actor",
            Self::Place => "place",
            Self::Outlet => "outlet",
            Self::Expert => "expert",
            Self::PartOfName => "part of a name",
            Self::Stranger => "stranger",
        }
    }
}

/// Why a mention means whom it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Basis {
    /// A name as the dictionary has it.
    Dictionary {
        /// The file; `user` for the user's dictionary.
        file: &'static str,
        /// The line, from 1; 0 where no one line of the user's dictionary has it.
        line: usize,
    },
    /// A surname whose best-known bearer on the day this is.
    Prominence,
    /// A person whom the text introduces by a title or apposition, and no dictionary knows.
    Introduced,
    /// A country or organisation with a role word.
    Role,
    /// The office was held by this person on the day.
    RoleByDate {
        /// The office.
        office: ActorId,
        /// The day; nothing where the persons named leave one holder only.
        day: Option<Day>,
    },
    /// The office itself, since no day tells who held it.
    Office,
    /// An earlier mention of the article.
    Coreference,
    /// A description that fits the actor ("the Jewish state").
    Description,
}

/// One mention of one or more actors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActorMention {
    /// Where it stands in the text; in the title for sentence 0.
    pub span: Span<Byte>,
    /// The number of the sentence: 0 for the title, 1 for the first of the text.
    pub sentence: usize,
    /// How.
    pub form: MentionForm,
    /// As what.
    pub usage: Usage,
    /// Who; several for "the two presidents", none for a stranger's pronoun.
    pub actors: Vec<MentionedActor>,
    /// Why.
    pub basis: Basis,
    /// The earlier mention that this one takes up, by its number in the result.
    pub antecedent: Option<usize>,
    /// How sure.
    pub confidence: Confidence,
    /// Who else it may be, the likeliest first.
    pub alternatives: Vec<ActorId>,
    /// Whether it owns what follows ("Putin's envoy", "his envoy").
    pub is_possessive: bool,
}
