//! Offices: what one person at a time holds in a country or an organisation.

use crate::model::Sector;

/// Declares the offices with their names in tables and in actor ids.
macro_rules! offices {
    ($( $(#[$docs:meta])* $name:ident = $table:literal, $slug:literal, $sector:ident; )+) => {
        /// The offices that the dictionary of persons knows, the weightiest first.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Office { $( $(#[$docs])* $name ),+ }

        impl Office {
            /// Every office, the weightiest first.
            pub const ALL: &'static [Self] = &[ $( Self::$name ),+ ];

            /// Returns the name that the tables use.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $( Self::$name => $table ),+ }
            }

            /// Returns the office that a name of the tables means, such as `head_of_state`.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                match name {
                    $( $table => Some(Self::$name), )+
                    "president" => Some(Self::President),
                    "prime_minister" => Some(Self::PrimeMinister),
                    _ => None,
                }
            }

            /// Returns the name of the office in actor ids.
            #[must_use]
            pub const fn slug(self) -> &'static str {
                match self { $( Self::$name => $slug ),+ }
            }

            /// Returns the sector of whoever holds the office.
            #[must_use]
            pub const fn sector(self) -> Sector {
                match self { $( Self::$name => Sector::$sector ),+ }
            }
        }
    };
}

offices! {
    /// The head of state: president, monarch, emir, pope.
    President = "head_of_state", "president", Gov;
    /// The head of government, where that is another office.
    PrimeMinister = "head_of_government", "prime-minister", Gov;
    /// Whoever leads: head of state or of government.
    Leader = "leader", "leader", Gov;
    /// Supreme leader.
    SupremeLeader = "supreme_leader", "supreme-leader", Gov;
    /// Leads without holding a formal office.
    DeFactoLeader = "de_facto_leader", "de-facto-leader", Gov;
    /// Represents a monarch who reigns elsewhere.
    GovernorGeneral = "governor_general", "governor-general", Gov;
    /// Foreign minister, secretary of state.
    ForeignMinister = "foreign_minister", "foreign-minister", Gov;
    /// Defence minister.
    DefenceMinister = "defence_minister", "defence-minister", Gov;
    /// Crown prince.
    CrownPrince = "crown_prince", "crown-prince", Gov;
    /// Vice president.
    VicePresident = "vice_president", "vice-president", Gov;
    /// Deputy prime minister.
    DeputyPrimeMinister = "deputy_prime_minister", "deputy-prime-minister", Gov;
    /// Head of an organisation of states.
    IoHead = "io_head", "head", Igo;
    /// The European Union's foreign policy chief.
    ForeignPolicyChief = "foreign_policy_chief", "foreign-policy-chief", Igo;
    /// National security adviser.
    NationalSecurityAdviser = "national_security_adviser", "national-security-adviser", Gov;
    /// Finance minister.
    FinanceMinister = "finance_minister", "finance-minister", Gov;
    /// Interior minister.
    InteriorMinister = "interior_minister", "interior-minister", Gov;
    /// Leader of a party.
    PartyLeader = "party_leader", "party-leader", Pty;
    /// Leader of the opposition.
    OppositionLeader = "opposition_leader", "opposition-leader", Opp;
    /// Leader of an armed group.
    ArmedGroupLeader = "armed_group_leader", "armed-group-leader", Reb;
    /// Chief of the armed forces.
    MilitaryChief = "military_chief", "military-chief", Mil;
    /// Chief of intelligence.
    IntelligenceChief = "intelligence_chief", "intelligence-chief", Spy;
    /// Speaker of parliament.
    Speaker = "speaker", "speaker", Leg;
    /// Ambassador to the United Nations.
    AmbassadorUn = "ambassador_un", "ambassador-un", Gov;
    /// Envoy for one matter.
    Envoy = "envoy", "envoy", Gov;
    /// Any other minister.
    Minister = "minister", "minister", Gov;
    /// Spokesperson.
    Spokesperson = "spokesperson", "spokesperson", Gov;
    /// Chief of staff of a head.
    ChiefOfStaff = "chief_of_staff", "chief-of-staff", Gov;
    /// Deputy of a minister.
    DeputyMinister = "deputy_minister", "deputy-minister", Gov;
    /// Ambassador to a state.
    Ambassador = "ambassador", "ambassador", Gov;
    /// Governor of the central bank.
    CentralBankGovernor = "central_bank_governor", "central-bank-governor", Gov;
    /// Chief justice.
    ChiefJustice = "chief_justice", "chief-justice", Jud;
    /// Chief prosecutor.
    ProsecutorGeneral = "prosecutor_general", "prosecutor-general", Jud;
    /// Governor of a part of a country.
    Governor = "governor", "governor", Gov;
    /// Religious leader.
    ReligiousLeader = "religious_leader", "religious-leader", Rel;
    /// Husband or wife of a monarch or president.
    Consort = "monarch_consort", "consort", Eli;
    /// Any other.
    Other = "other", "official", Gov;
}

impl Office {
    /// Reads the name that the tables use; an unknown one is [`Office::Other`].
    pub(crate) fn parse(name: &str) -> Self {
        Self::from_name(name).unwrap_or(Self::Other)
    }

    /// Says whether with a title it is an office at all: what stands for a country alone has none.
    pub(crate) fn names_office(self, title: &str) -> bool {
        self != Self::Other || !title.is_empty()
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
                | Self::DeFactoLeader
                | Self::ForeignMinister
                | Self::CrownPrince
                | Self::IoHead
                | Self::ForeignPolicyChief
        )
    }

    /// Says whether one person at a time holds it in a country.
    #[must_use]
    pub const fn is_held_by_one(self) -> bool {
        matches!(
            self,
            Self::President
                | Self::PrimeMinister
                | Self::Leader
                | Self::SupremeLeader
                | Self::DeFactoLeader
                | Self::GovernorGeneral
                | Self::ForeignMinister
                | Self::DefenceMinister
                | Self::CrownPrince
                | Self::NationalSecurityAdviser
                | Self::FinanceMinister
                | Self::InteriorMinister
                | Self::MilitaryChief
                | Self::AmbassadorUn
                | Self::CentralBankGovernor
                | Self::ChiefJustice
                | Self::ProsecutorGeneral
        )
    }

    /// Says whether its holder leads a state.
    #[must_use]
    pub const fn leads_state(self) -> bool {
        matches!(
            self,
            Self::President
                | Self::PrimeMinister
                | Self::Leader
                | Self::SupremeLeader
                | Self::DeFactoLeader
        )
    }
}
