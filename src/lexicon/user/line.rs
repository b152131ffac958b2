//! Entries as lines: reading and writing one.

use std::fmt;

use crate::lexicon::LexiconError;
use crate::lexicon::Office;
use crate::lexicon::user::entry::{AgentEntry, Entry, RoleEntry};
use crate::lexicon::user::{Phrase, span};
use crate::model::{ActorId, ActorKind, CountryCode, Sector};

/// The keywords, each with the names of its fields; those in lower case may be empty.
const KEYWORDS: &[(&str, &[&str])] = &[
    ("actor", &["ID", "NAME", "country", "sector"]),
    ("alias", &["ID", "TEXT"]),
    ("unalias", &["ID", "TEXT"]),
    (
        "role",
        &["ID", "country", "sector", "office", "title", "from", "to"],
    ),
    ("agent", &["PHRASE", "plural", "SECTOR", "country"]),
    ("discard", &["PHRASE"]),
    ("discard-story", &["PHRASE"]),
    ("merge", &["ID", "INTO"]),
    ("split", &["ID", "TEXT", "NEWID"]),
];

/// The fields of a line after its keyword.
struct Fields<'a>(Vec<&'a str>);

impl<'a> Fields<'a> {
    /// Returns a field, empty where the line is shorter.
    fn get(&self, index: usize) -> &'a str {
        self.0.get(index).copied().unwrap_or_default()
    }

    fn id(&self, index: usize) -> Result<ActorId, String> {
        let text = self.get(index);
        ActorId::parse(text).map_err(|error| match text.split_once(':') {
            Some((kind, _)) if kind.parse::<ActorKind>().is_err() => {
                let known = ActorKind::ALL.iter().map(|kind| kind.name());
                unknown("kind of actor", &shortened(kind), known)
            }
            _ => error.to_string(),
        })
    }

    fn phrase(&self, index: usize) -> Result<Phrase, String> {
        Phrase::parse(self.get(index)).map_err(|error| error.to_string())
    }

    fn phrase_given(&self, index: usize) -> Result<Option<Phrase>, String> {
        self.given(index, |_| self.phrase(index))
    }

    fn country(&self, index: usize) -> Result<Option<CountryCode>, String> {
        self.given(index, |text| {
            CountryCode::parse(text).map_err(|error| error.to_string())
        })
    }

    fn sector(&self, index: usize) -> Result<Option<Sector>, String> {
        self.given(index, sector)
    }

    fn office(&self, index: usize) -> Result<Option<Office>, String> {
        self.given(index, office)
    }

    fn given<T>(
        &self,
        index: usize,
        parse: impl Fn(&str) -> Result<T, String>,
    ) -> Result<Option<T>, String> {
        let text = self.get(index);
        (!text.is_empty()).then(|| parse(text)).transpose()
    }
}

fn sector(text: &str) -> Result<Sector, String> {
    text.parse().map_err(|_| {
        unknown(
            "sector",
            text,
            Sector::ALL.iter().map(|sector| sector.name()),
        )
    })
}

/// Reads the name of an office.
///
/// # Errors
/// The reason, with the names there are.
pub(super) fn office(text: &str) -> Result<Office, String> {
    Office::from_name(text).ok_or_else(|| {
        let known = Office::ALL.iter().map(|office| office.name());
        unknown("office", text, known)
    })
}

/// Says that a name is none of a closed set, and which ones there are.
fn unknown<'a>(what: &str, text: &str, known: impl Iterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.collect();
    format!(
        "unknown {what} {text}; expected one of {}",
        known.join(", ")
    )
}

/// Reads one line that is neither empty nor a comment.
///
/// # Errors
/// The reason why it is no entry.
pub(super) fn parse(line: &str) -> Result<Entry, String> {
    let (keyword, rest) = match line.split_once('\t') {
        Some((keyword, rest)) => (keyword.trim(), Some(rest)),
        None => (line.trim(), None),
    };
    let Some((_, names)) = KEYWORDS.iter().find(|(known, _)| *known == keyword) else {
        let first = keyword.split(' ').next().unwrap_or_default();
        if rest.is_none() && KEYWORDS.iter().any(|(known, _)| *known == first) {
            return Err(format!("expected tabs between the fields of `{first}`"));
        }
        let known = KEYWORDS.iter().map(|(known, _)| *known);
        return Err(unknown("entry", &shortened(keyword), known));
    };
    let fields: Vec<&str> = rest
        .into_iter()
        .flat_map(|rest| rest.split('\t'))
        .map(str::trim)
        .collect();
    if fields.len() > names.len() {
        return Err(format!(
            "expected at most {} fields after `{keyword}`, found {}",
            names.len(),
            fields.len()
        ));
    }
    let fields = Fields(fields);
    for (index, name) in names.iter().enumerate() {
        let is_needed = name.chars().all(char::is_uppercase);
        if is_needed && fields.get(index).is_empty() {
            return Err(format!("`{keyword}` lacks its field {name}"));
        }
    }
    entry(keyword, &fields)
}

fn shortened(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(40).collect()
}

fn entry(keyword: &str, fields: &Fields<'_>) -> Result<Entry, String> {
    Ok(match keyword {
        "actor" => Entry::Actor {
            id: fields.id(0)?,
            name: fields.phrase(1)?,
            country: fields.country(2)?,
            sector: fields.sector(3)?,
        },
        "alias" => Entry::Alias {
            id: fields.id(0)?,
            text: fields.phrase(1)?,
        },
        "unalias" => Entry::Unalias {
            id: fields.id(0)?,
            text: fields.phrase(1)?,
        },
        "role" => Entry::Role(role(fields)?),
        "agent" => Entry::Agent(AgentEntry {
            phrase: fields.phrase(0)?,
            plural: fields.phrase_given(1)?,
            sector: sector(fields.get(2))?,
            country: fields.country(3)?,
        }),
        "discard" => Entry::Discard {
            phrase: fields.phrase(0)?,
        },
        "discard-story" => Entry::DiscardStory {
            phrase: fields.phrase(0)?,
        },
        "merge" => {
            let (id, into) = (fields.id(0)?, fields.id(1)?);
            if id == into {
                return Err(format!("{id} cannot be merged into itself"));
            }
            Entry::Merge { id, into }
        }
        _ => {
            let (id, new) = (fields.id(0)?, fields.id(2)?);
            if id == new {
                return Err(format!("a name of {id} cannot be split off to {id} itself"));
            }
            Entry::Split {
                id,
                text: fields.phrase(1)?,
                new,
            }
        }
    })
}

fn role(fields: &Fields<'_>) -> Result<RoleEntry, String> {
    let (start, end) = span::parse(fields.get(5), fields.get(6))?;
    Ok(RoleEntry {
        id: fields.id(0)?,
        country: fields.country(1)?,
        sector: fields.sector(2)?,
        office: fields.office(3)?,
        title: fields.phrase_given(4)?,
        start,
        end,
    })
}

impl std::str::FromStr for Entry {
    type Err = LexiconError;

    /// Reads one line of a dictionary that is neither empty nor a comment.
    fn from_str(line: &str) -> Result<Self, LexiconError> {
        parse(line).map_err(|reason| LexiconError::Entry { reason })
    }
}

impl fmt::Display for Entry {
    /// Writes the line without its end; empty fields at the end are left out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut line = self.keyword().to_owned();
        for field in fields_of(self) {
            line.push('\t');
            line.push_str(&field);
        }
        f.write_str(line.trim_end_matches('\t'))
    }
}

fn fields_of(entry: &Entry) -> Vec<String> {
    match entry {
        Entry::Actor {
            id,
            name,
            country,
            sector,
        } => vec![
            id.to_string(),
            name.to_string(),
            shown(*country),
            shown(*sector),
        ],
        Entry::Alias { id, text } | Entry::Unalias { id, text } => {
            vec![id.to_string(), text.to_string()]
        }
        Entry::Role(role) => vec![
            role.id.to_string(),
            shown(role.country),
            shown(role.sector),
            shown(role.office.map(Office::name)),
            shown(role.title.as_ref()),
            shown(role.start),
            shown(role.end.map(span::last_day)),
        ],
        Entry::Agent(agent) => vec![
            agent.phrase.to_string(),
            shown(agent.plural.as_ref()),
            agent.sector.to_string(),
            shown(agent.country),
        ],
        Entry::Discard { phrase } | Entry::DiscardStory { phrase } => vec![phrase.to_string()],
        Entry::Merge { id, into } => vec![id.to_string(), into.to_string()],
        Entry::Split { id, text, new } => {
            vec![id.to_string(), text.to_string(), new.to_string()]
        }
    }
}

fn shown(value: Option<impl fmt::Display>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}
