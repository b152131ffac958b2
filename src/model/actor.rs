//! Actors: who acts and who is acted upon.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::model::closed_set::closed_set;
use crate::model::{CountryCode, Day, EventId, Fingerprint, ModelError};

closed_set! {
    /// What kind of actor an [`ActorId`] names; its name is the prefix of the id.
    ActorKind, "actor kind" {
        /// A named human being.
        Person = "person",
        /// An office, whoever holds it.
        Office = "office",
        /// A state: its government, ministries, military, police, courts and services.
        State = "state",
        /// Everything with one country; only a level of counting.
        Country = "country",
        /// An organisation of states.
        Igo = "igo",
        /// An agency of a state.
        Agency = "agency",
        /// An armed group.
        Group = "group",
        /// A political party.
        Party = "party",
        /// The opposition of a country.
        Opposition = "opposition",
        /// The protesters of a country.
        Protesters = "protesters",
        /// A part of a country's society or a branch outside its government: parliament, business,
        /// refugees, rebels without a name.
        Sector = "sector",
        /// A non-governmental organisation.
        Ngo = "ngo",
        /// A company.
        Company = "company",
        /// An actor as some text or data set wrote it, not resolved.
        Other = "other",
    }
}

closed_set! {
    /// The sector of an actor, as PLOVER names them.
    Sector, "sector" {
        /// Agriculture.
        Agr = "AGR",
        /// Business.
        Bus = "BUS",
        /// Police.
        Cop = "COP",
        /// Crime.
        Crm = "CRM",
        /// Civilians.
        Cvl = "CVL",
        /// Education.
        Edu = "EDU",
        /// Elites, former officials.
        Eli = "ELI",
        /// Government.
        Gov = "GOV",
        /// Health.
        Hlh = "HLH",
        /// Organisations of states.
        Igo = "IGO",
        /// Courts.
        Jud = "JUD",
        /// Labour.
        Lab = "LAB",
        /// Parliament.
        Leg = "LEG",
        /// Media.
        Med = "MED",
        /// Military.
        Mil = "MIL",
        /// Non-governmental organisations.
        Ngo = "NGO",
        /// Opposition.
        Opp = "OPP",
        /// Parties.
        Pty = "PTY",
        /// Rebels.
        Reb = "REB",
        /// Refugees.
        Ref = "REF",
        /// Religion.
        Rel = "REL",
        /// Intelligence services.
        Spy = "SPY",
        /// Unidentified armed force.
        Uaf = "UAF",
    }
}

impl Sector {
    /// Says whether an actor of this sector acts for the state (executive, ministries, military,
    /// police, courts, intelligence).
    #[must_use]
    pub const fn is_of_state(self) -> bool {
        matches!(
            self,
            Self::Gov | Self::Mil | Self::Cop | Self::Jud | Self::Spy
        )
    }
}

/// The stable, readable id of an actor: `person:vladimir-putin`, `state:RUS`, `igo:UN`.
///
/// A kind, a colon and one or more letters, digits, `-`, `_` or `.`, all ASCII, at most 120 bytes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ActorId(Cow<'static, str>);

const ID_BYTES_MAX: usize = 120;

/// Which bytes may stand after the colon; the dictionaries alone have half a million of them.
const FITS_ID: [bool; 256] = {
    let mut fits = [false; 256];
    let mut byte = 0u8;
    while byte < 128 {
        fits[byte as usize] = byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        byte += 1;
    }
    fits
};

impl ActorId {
    /// Parses an id.
    ///
    /// # Errors
    /// [`ModelError::Malformed`] where the kind is unknown or the rest has another form.
    pub fn parse(text: &str) -> Result<Self, ModelError> {
        Self::check(text)?;
        Ok(Self(text.to_owned().into()))
    }

    /// Parses an id that lives as long as the program, without a copy of it.
    ///
    /// # Errors
    /// As [`Self::parse`].
    pub fn of_static(text: &'static str) -> Result<Self, ModelError> {
        Self::check(text)?;
        Ok(Self(text.into()))
    }

    fn check(text: &str) -> Result<(), ModelError> {
        let malformed = |reason| ModelError::Malformed {
            what: "actor id",
            text: text.chars().take(ID_BYTES_MAX).collect(),
            reason,
        };
        let Some((kind, rest)) = text.split_once(':') else {
            return Err(malformed(
                "expected a kind and a name such as person:vladimir-putin",
            ));
        };
        if !ActorKind::ALL.iter().any(|known| known.name() == kind) {
            return Err(malformed("the part before the colon is no kind of actor"));
        }
        let fits = |byte: u8| FITS_ID.get(usize::from(byte)) == Some(&true);
        if rest.is_empty() || !rest.bytes().all(fits) || text.len() > ID_BYTES_MAX {
            return Err(malformed(
                "expected ASCII letters, digits and hyphens after the colon",
            ));
        }
        Ok(())
    }

    /// Builds the id of an actor of `kind` from its name: letters folded to lower-case ASCII, all
    /// else to hyphens. A name without any such letter gets a hash of itself.
    #[must_use]
    pub fn from_name(kind: ActorKind, name: &str) -> Self {
        let mut slug = slug(name);
        if slug.is_empty() {
            let hash = Fingerprint::new("actor name").field(name.as_bytes());
            slug = EventId::from_fingerprint(hash).to_string();
        }
        slug.truncate(ID_BYTES_MAX - kind.name().len() - 1);
        Self(format!("{kind}:{}", slug.trim_end_matches('-')).into())
    }

    /// Builds the id of an actor that a country code names (`state:RUS`, `opposition:VEN`).
    #[must_use]
    pub fn of_country(kind: ActorKind, country: CountryCode) -> Self {
        Self(format!("{kind}:{country}").into())
    }

    /// Builds the id of a sector of a country outside its government: `sector:SYR-REF`.
    #[must_use]
    pub fn of_sector(country: CountryCode, sector: Sector) -> Self {
        Self(format!("{}:{country}-{sector}", ActorKind::Sector).into())
    }

    /// Builds the id of an office: `office:IRN-president`.
    #[must_use]
    pub fn office(country: CountryCode, title: &str) -> Self {
        Self(format!("office:{country}-{}", slug(title)).into())
    }

    /// Returns the whole id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the kind of actor.
    #[must_use]
    pub fn kind(&self) -> ActorKind {
        let prefix = self.0.split(':').next().unwrap_or_default();
        ActorKind::ALL
            .iter()
            .copied()
            .find(|kind| kind.name() == prefix)
            .unwrap_or(ActorKind::Other)
    }

    /// Returns what stands after the kind.
    #[must_use]
    pub fn rest(&self) -> &str {
        self.0.split_once(':').map_or("", |(_, rest)| rest)
    }
}

/// Folds a name to lower-case ASCII letters and digits with single hyphens between.
fn slug(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    let mut gap = false;
    for c in name.nfkd().filter(|c| !is_combining_mark(*c)) {
        let folded = match c {
            'ı' => "i",
            'ł' | 'Ł' => "l",
            'ø' | 'Ø' => "o",
            'đ' | 'Đ' | 'ð' | 'Ð' => "d",
            'ß' => "ss",
            'æ' | 'Æ' => "ae",
            'œ' | 'Œ' => "oe",
            'þ' | 'Þ' => "th",
            '\'' | '’' | '‘' | 'ʼ' | '`' => continue,
            c if c.is_ascii_alphanumeric() => {
                if std::mem::take(&mut gap) && !slug.is_empty() {
                    slug.push('-');
                }
                slug.push(c.to_ascii_lowercase());
                continue;
            }
            _ => {
                gap = true;
                continue;
            }
        };
        if std::mem::take(&mut gap) && !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(folded);
    }
    slug
}

impl TryFrom<String> for ActorId {
    type Error = ModelError;

    fn try_from(text: String) -> Result<Self, ModelError> {
        Self::parse(&text)
    }
}

impl From<ActorId> for String {
    fn from(id: ActorId) -> Self {
        id.0.into_owned()
    }
}

impl FromStr for ActorId {
    type Err = ModelError;

    fn from_str(text: &str) -> Result<Self, ModelError> {
        Self::parse(text)
    }
}

impl fmt::Display for ActorId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for ActorId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One stretch of time in which a person held an office.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Tenure {
    /// The office.
    pub office: ActorId,
    /// The title for people ("President").
    pub title: String,
    /// The country that the office belongs to.
    pub country: Option<CountryCode>,
    /// First day; nothing if unknown.
    pub start: Option<Day>,
    /// First day after; nothing if still held or unknown.
    pub end: Option<Day>,
}

impl Tenure {
    /// Says whether the office was held on `day`; open ends count as held.
    #[must_use]
    pub fn holds_on(&self, day: Day) -> bool {
        self.start.is_none_or(|start| start <= day) && self.end.is_none_or(|end| day < end)
    }
}

/// What is known of an actor.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Actor {
    /// The id.
    pub id: ActorId,
    /// The name for people.
    pub name: String,
    /// The country it belongs to, if one.
    pub country: Option<CountryCode>,
    /// Its sector where that does not depend on a role held.
    pub sector: Option<Sector>,
    /// Other names, sorted.
    pub aliases: Vec<String>,
    /// Offices held, by start; empty for all but persons.
    pub tenures: Vec<Tenure>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_readable() {
        let check = |kind, name, expected: &str| {
            assert_eq!(ActorId::from_name(kind, name).as_str(), expected);
        };
        check(ActorKind::Person, "Vladimir Putin", "person:vladimir-putin");
        check(
            ActorKind::Person,
            "Recep Tayyip Erdoğan",
            "person:recep-tayyip-erdogan",
        );
        check(ActorKind::Person, "Gideon Sa'ar", "person:gideon-saar");
        check(
            ActorKind::Person,
            "  Łukasz  Øst-Ærø ",
            "person:lukasz-ost-aero",
        );
        check(ActorKind::Group, "Lashkar-e-Taiba", "group:lashkar-e-taiba");
        let hashed = ActorId::from_name(ActorKind::Other, "日本");
        assert!(ActorId::parse(hashed.as_str()).is_ok(), "{hashed}");
        let long = ActorId::from_name(ActorKind::Other, &"x ".repeat(500));
        assert!(ActorId::parse(long.as_str()).is_ok(), "{long}");
    }

    #[test]
    fn malformed_ids_are_refused() {
        for text in [
            "",
            "putin",
            "person:",
            "planet:mars",
            "person:a b",
            "person:ä",
            "state:R:U",
        ] {
            assert!(ActorId::parse(text).is_err(), "{text}");
        }
        assert_eq!(
            ActorId::parse("state:RUS").map(|id| id.kind()),
            Ok(ActorKind::State)
        );
    }
}
