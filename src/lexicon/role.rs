//! Words for roles: titles, and nouns that stand for a state.

use crate::lexicon::LexiconError;
use crate::lexicon::table;
use crate::model::Sector;

/// What a role word makes of the country before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RoleKind {
    /// One person holds it; resolved by date.
    Title(Office),
    /// It stands for the state.
    Agent,
    /// It stands for the country's opposition.
    Opposition,
    /// It stands for the country's protesters.
    Protesters,
    /// It stands for the country's rebels.
    Rebels,
}

/// The offices that the dictionary of persons knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Office {
    /// The head of state.
    President,
    /// The head of government, where that is another office.
    PrimeMinister,
    /// Whoever leads: head of state or of government.
    Leader,
    /// Supreme leader.
    SupremeLeader,
    /// Foreign minister, secretary of state.
    ForeignMinister,
    /// Defence minister.
    DefenceMinister,
    /// Vice president.
    VicePresident,
    /// Deputy prime minister.
    DeputyPrimeMinister,
    /// Crown prince.
    CrownPrince,
    /// Speaker of parliament.
    Speaker,
    /// National security adviser.
    NationalSecurityAdviser,
    /// Chief of the armed forces.
    MilitaryChief,
    /// Chief of intelligence.
    IntelligenceChief,
    /// Head of an organisation of states.
    IoHead,
    /// The European Union's foreign policy chief.
    ForeignPolicyChief,
    /// Ambassador to the United Nations.
    AmbassadorUn,
    /// Leader of an armed group.
    ArmedGroupLeader,
    /// Any other.
    Other,
}

impl Office {
    /// Reads the name that the tables use.
    pub(crate) fn parse(name: &str) -> Self {
        match name {
            "head_of_state" | "president" | "governor_general" => Self::President,
            "head_of_government" | "prime_minister" => Self::PrimeMinister,
            "leader" | "de_facto_leader" | "party_leader" => Self::Leader,
            "supreme_leader" => Self::SupremeLeader,
            "foreign_minister" => Self::ForeignMinister,
            "defence_minister" => Self::DefenceMinister,
            "vice_president" => Self::VicePresident,
            "deputy_prime_minister" => Self::DeputyPrimeMinister,
            "crown_prince" => Self::CrownPrince,
            "speaker" => Self::Speaker,
            "national_security_adviser" => Self::NationalSecurityAdviser,
            "military_chief" => Self::MilitaryChief,
            "intelligence_chief" => Self::IntelligenceChief,
            "io_head" => Self::IoHead,
            "foreign_policy_chief" => Self::ForeignPolicyChief,
            "ambassador_un" => Self::AmbassadorUn,
            "armed_group_leader" => Self::ArmedGroupLeader,
            _ => Self::Other,
        }
    }

    /// Returns the sector of whoever holds the office.
    #[must_use]
    pub const fn sector(self) -> Sector {
        match self {
            Self::Speaker => Sector::Leg,
            Self::MilitaryChief => Sector::Mil,
            Self::IntelligenceChief => Sector::Spy,
            Self::IoHead | Self::ForeignPolicyChief => Sector::Igo,
            Self::ArmedGroupLeader => Sector::Reb,
            _ => Sector::Gov,
        }
    }

    /// Says whether the office is worth a surname alone: its holders are named without a title.
    #[must_use]
    pub const fn is_prominent(self) -> bool {
        matches!(
            self,
            Self::President
                | Self::PrimeMinister
                | Self::Leader
                | Self::SupremeLeader
                | Self::ForeignMinister
                | Self::CrownPrince
                | Self::IoHead
        )
    }

    /// Returns the name of the office in actor ids.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::President => "president",
            Self::PrimeMinister => "prime-minister",
            Self::Leader => "leader",
            Self::SupremeLeader => "supreme-leader",
            Self::ForeignMinister => "foreign-minister",
            Self::DefenceMinister => "defence-minister",
            Self::VicePresident => "vice-president",
            Self::DeputyPrimeMinister => "deputy-prime-minister",
            Self::CrownPrince => "crown-prince",
            Self::Speaker => "speaker",
            Self::NationalSecurityAdviser => "national-security-adviser",
            Self::MilitaryChief => "military-chief",
            Self::IntelligenceChief => "intelligence-chief",
            Self::IoHead => "head",
            Self::ForeignPolicyChief => "foreign-policy-chief",
            Self::AmbassadorUn => "ambassador-un",
            Self::ArmedGroupLeader => "armed-group-leader",
            Self::Other => "official",
        }
    }
}

/// A role word or phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleWord {
    /// The phrase, folded, words divided by spaces.
    pub phrase: String,
    /// What it makes of the country before it.
    pub kind: RoleKind,
    /// The sector it puts its actor in.
    pub sector: Sector,
}

/// Loads the table of role words.
pub(crate) fn load(file: &str, text: &str) -> Result<Vec<RoleWord>, LexiconError> {
    let mut words = Vec::new();
    for row in table::rows(file, text, 4)? {
        let kind = match row.field(1) {
            "title" => RoleKind::Title(Office::parse(row.field(2))),
            "agent" => RoleKind::Agent,
            "opposition" => RoleKind::Opposition,
            "protesters" => RoleKind::Protesters,
            "rebels" => RoleKind::Rebels,
            other => return Err(row.error(format!("unknown kind of role `{other}`"))),
        };
        words.push(RoleWord {
            phrase: row.field(0).to_owned(),
            kind,
            sector: row.parse(3)?,
        });
    }
    Ok(words)
}
