//! The record of a mention of actors, for people's programs.

use serde::Serialize;

use crate::mention::{ActorMention, Basis, MentionedActor, MentionedText, Passage};
use crate::model::{ActorId, Article};

/// One place of a text where actors are mentioned.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ActorMentionRecord {
    /// Its number in the text, from 1.
    pub mention: usize,
    /// The sentence: 0 for the title, 1 for the first of the text.
    pub sentence: usize,
    /// The first byte, in the title for sentence 0, else in the text.
    pub start: usize,
    /// The first byte after it.
    pub end: usize,
    /// The words.
    pub text: String,
    /// `name`, `nominal` or `pronoun`.
    pub form: String,
    /// `actor`, or as what else the words are used: `place`, `outlet`, `expert`, `part of a name`,
    /// `stranger`.
    pub usage: String,
    /// Who; several for "the two presidents", none where the words are no actor.
    pub actors: Vec<MentionedActorRecord>,
    /// Why they mean whom they mean.
    pub basis: BasisRecord,
    /// The number of the earlier mention that this one takes up.
    pub antecedent: Option<usize>,
    /// From 0 to 1.
    pub confidence: f64,
    /// Ids of who else it may be, the likeliest first.
    pub alternatives: Vec<String>,
}

/// An actor as it is meant at one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MentionedActorRecord {
    /// The actor id.
    pub id: String,
    /// The name for people.
    pub name: String,
    /// The country that it acts for on the day.
    pub country: Option<String>,
    /// Its sector on the day.
    pub sector: Option<String>,
    /// The id of the office that it holds on the day.
    pub office: Option<String>,
}

/// Why a mention means whom it means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum BasisRecord {
    /// A name of a dictionary.
    Dictionary {
        /// The file; `user` for the user's dictionary.
        file: String,
        /// The line, from 1; 0 where no one line says it.
        line: usize,
    },
    /// The best-known bearer of a surname.
    Prominence,
    /// A person whom the text introduces.
    Introduced,
    /// A country or organisation with a role word.
    Role,
    /// The holder of an office.
    RoleByDate {
        /// The id of the office.
        office: String,
        /// The day; nothing where the persons named leave one holder only.
        day: Option<String>,
    },
    /// The office itself, since no day tells who held it.
    Office,
    /// An earlier mention.
    Coreference,
    /// A description that fits.
    Description,
    /// The words are no actor: an outlet, a part of another name, a stranger.
    NoActor,
}

/// Returns the records of all mentions of a passage, in the order of the text.
#[must_use]
pub fn actor_mention_records(
    passage: &Passage<'_>,
    mentioned: &MentionedText<'_>,
) -> Vec<ActorMentionRecord> {
    let mentions = (1..).zip(&mentioned.mentions);
    mentions
        .map(|(number, mention)| record(passage, number, mention))
        .collect()
}

/// Returns the record of one mention of an article, without its number.
#[must_use]
pub fn actor_mention_record(article: &Article, mention: &ActorMention) -> ActorMentionRecord {
    let passage = Passage {
        title: article.title.as_deref(),
        text: &article.text,
        published: article.published,
    };
    record(&passage, 0, mention)
}

fn record(passage: &Passage<'_>, number: usize, mention: &ActorMention) -> ActorMentionRecord {
    let text = match mention.sentence {
        0 => passage.title.unwrap_or_default(),
        _ => passage.text,
    };
    ActorMentionRecord {
        mention: number,
        sentence: mention.sentence,
        start: mention.span.start(),
        end: mention.span.end(),
        text: mention.span.of(text).unwrap_or_default().to_owned(),
        form: mention.form.name().to_owned(),
        usage: mention.usage.name().to_owned(),
        actors: mention.actors.iter().map(actor).collect(),
        basis: if mention.actors.is_empty() && mention.basis == Basis::Description {
            BasisRecord::NoActor
        } else {
            basis(&mention.basis)
        },
        antecedent: mention.antecedent.map(|index| index + 1),
        confidence: mention.confidence.value(),
        alternatives: mention
            .alternatives
            .iter()
            .map(ActorId::to_string)
            .collect(),
    }
}

fn actor(actor: &MentionedActor) -> MentionedActorRecord {
    MentionedActorRecord {
        id: actor.id.to_string(),
        name: actor.name.clone(),
        country: actor.country.map(|country| country.to_string()),
        sector: actor.sector.map(|sector| sector.to_string()),
        office: actor.office.as_ref().map(|(id, _)| id.to_string()),
    }
}

fn basis(basis: &Basis) -> BasisRecord {
    match basis {
        Basis::Dictionary { file, line } => BasisRecord::Dictionary {
            file: (*file).to_owned(),
            line: *line,
        },
        Basis::Prominence => BasisRecord::Prominence,
        Basis::Introduced => BasisRecord::Introduced,
        Basis::Role => BasisRecord::Role,
        Basis::RoleByDate { office, day } => BasisRecord::RoleByDate {
            office: office.to_string(),
            day: day.map(|day| day.to_string()),
        },
        Basis::Office => BasisRecord::Office,
        Basis::Coreference => BasisRecord::Coreference,
        Basis::Description => BasisRecord::Description,
    }
}
