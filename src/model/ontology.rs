//! The closed sets of the event ontologies: CAMEO roots, PLOVER types, modes, contexts, quads.
//!
//! The facts behind them lie in `data/ontology/`; a test holds both together.

use crate::model::closed_set::closed_set;

closed_set! {
    /// The 20 root categories of CAMEO (Schrodt 2012).
    CameoRoot, "CAMEO root" {
        /// 01 Make public statement.
        MakePublicStatement = "01",
        /// 02 Appeal.
        Appeal = "02",
        /// 03 Express intent to cooperate.
        ExpressIntentToCooperate = "03",
        /// 04 Consult.
        Consult = "04",
        /// 05 Engage in diplomatic cooperation.
        DiplomaticCooperation = "05",
        /// 06 Engage in material cooperation.
        MaterialCooperation = "06",
        /// 07 Provide aid.
        ProvideAid = "07",
        /// 08 Yield.
        Yield = "08",
        /// 09 Investigate.
        Investigate = "09",
        /// 10 Demand.
        Demand = "10",
        /// 11 Disapprove.
        Disapprove = "11",
        /// 12 Reject.
        Reject = "12",
        /// 13 Threaten.
        Threaten = "13",
        /// 14 Protest.
        Protest = "14",
        /// 15 Exhibit force posture.
        ExhibitForcePosture = "15",
        /// 16 Reduce relations.
        ReduceRelations = "16",
        /// 17 Coerce.
        Coerce = "17",
        /// 18 Assault.
        Assault = "18",
        /// 19 Fight.
        Fight = "19",
        /// 20 Use unconventional mass violence.
        UnconventionalMassViolence = "20",
    }
}

impl CameoRoot {
    /// Returns the quad class by root: 01–05, 06–08, 09–13, 14–20.
    #[must_use]
    pub fn quad(self) -> QuadCameo {
        if self <= Self::DiplomaticCooperation {
            QuadCameo::VerbalCooperation
        } else if self <= Self::Yield {
            QuadCameo::MaterialCooperation
        } else if self <= Self::Threaten {
            QuadCameo::VerbalConflict
        } else {
            QuadCameo::MaterialConflict
        }
    }
}

closed_set! {
    /// The 16 event types of PLOVER.
    PloverType, "event type" {
        /// Offers, promises, agreements to do.
        Agree = "AGREE",
        /// Talks, calls, visits, meetings, negotiations, mediation.
        Consult = "CONSULT",
        /// Praise, recognition, signed agreements.
        Support = "SUPPORT",
        /// Yielding to demands, easing of restrictions.
        Concede = "CONCEDE",
        /// Material cooperation.
        Cooperate = "COOPERATE",
        /// Aid given.
        Aid = "AID",
        /// Withdrawals, releases, disarming.
        Retreat = "RETREAT",
        /// Appeals and demands.
        Request = "REQUEST",
        /// Criticism, accusations, investigations, lawsuits.
        Accuse = "ACCUSE",
        /// Refusals and vetoes.
        Reject = "REJECT",
        /// Threats and ultimatums.
        Threaten = "THREATEN",
        /// Demonstrations, strikes, riots.
        Protest = "PROTEST",
        /// Broken relations, expulsions, embargoes.
        Sanction = "SANCTION",
        /// Mobilisation of forces.
        Mobilize = "MOBILIZE",
        /// Arrests, seizures, curfews, blockades.
        Coerce = "COERCE",
        /// Use of force.
        Assault = "ASSAULT",
    }
}

impl PloverType {
    /// Returns the quad class of the type.
    #[must_use]
    pub const fn quad(self) -> QuadPlover {
        match self {
            Self::Agree | Self::Consult | Self::Support | Self::Concede => {
                QuadPlover::VerbalCooperation
            }
            Self::Cooperate | Self::Aid | Self::Retreat => QuadPlover::MaterialCooperation,
            Self::Request | Self::Accuse | Self::Reject | Self::Threaten => {
                QuadPlover::VerbalConflict
            }
            Self::Protest | Self::Sanction | Self::Mobilize | Self::Coerce | Self::Assault => {
                QuadPlover::MaterialConflict
            }
        }
    }
}

/// Defines a quad class; both scales have the same four names and must not be mixed, so they are
/// two types.
macro_rules! quad {
    ($(#[$meta:meta])* $name:ident) => {
        closed_set! {
            $(#[$meta])*
            $name, "quad class" {
                /// 1: words of cooperation.
                VerbalCooperation = "verbal cooperation",
                /// 2: deeds of cooperation.
                MaterialCooperation = "material cooperation",
                /// 3: words of conflict.
                VerbalConflict = "verbal conflict",
                /// 4: deeds of conflict.
                MaterialConflict = "material conflict",
            }
        }

        impl $name {
            /// Returns the number of the class, from 1 to 4.
            #[must_use]
            pub const fn number(self) -> u8 {
                match self {
                    Self::VerbalCooperation => 1,
                    Self::MaterialCooperation => 2,
                    Self::VerbalConflict => 3,
                    Self::MaterialConflict => 4,
                }
            }
        }
    };
}

quad!(
    /// The quad class of a PLOVER type.
    QuadPlover
);
quad!(
    /// The quad class of a CAMEO root.
    QuadCameo
);

closed_set! {
    /// The modes of PLOVER 2.0: how an event of some type was carried out.
    Mode, "mode" {
        /// `abduct`.
        Abduct = "abduct",
        /// `access`.
        Access = "access",
        /// `allege`.
        Allege = "allege",
        /// `arrest`.
        Arrest = "arrest",
        /// `assassinate`.
        Assassinate = "assassinate",
        /// `assist`.
        Assist = "assist",
        /// `ban`.
        Ban = "ban",
        /// `beat`.
        Beat = "beat",
        /// `boycott`.
        Boycott = "boycott",
        /// `ceasefire`.
        Ceasefire = "ceasefire",
        /// `censor`.
        Censor = "censor",
        /// `change`.
        Change = "change",
        /// `cleansing`.
        Cleansing = "cleansing",
        /// `convict`.
        Convict = "convict",
        /// `crowd-control`.
        CrowdControl = "crowd-control",
        /// `curfew`.
        Curfew = "curfew",
        /// `cyber`.
        Cyber = "cyber",
        /// `demo`.
        Demo = "demo",
        /// `deport`.
        Deport = "deport",
        /// `destroy`.
        Destroy = "destroy",
        /// `disapprove`.
        Disapprove = "disapprove",
        /// `disarm`.
        Disarm = "disarm",
        /// `discontinue`.
        Discontinue = "discontinue",
        /// `execute`.
        Execute = "execute",
        /// `expel`.
        Expel = "expel",
        /// `explosives`.
        Explosives = "explosives",
        /// `firearms`.
        Firearms = "firearms",
        /// `heavy-weapons`.
        HeavyWeapons = "heavy-weapons",
        /// `hunger`.
        Hunger = "hunger",
        /// `investigate`.
        Investigate = "investigate",
        /// `martial-law`.
        MartialLaw = "martial-law",
        /// `massacre`.
        Massacre = "massacre",
        /// `meet`.
        Meet = "meet",
        /// `militia`.
        Militia = "militia",
        /// `misinformation`.
        Misinformation = "misinformation",
        /// `multilateral`.
        Multilateral = "multilateral",
        /// `obstruct`.
        Obstruct = "obstruct",
        /// `phone`.
        Phone = "phone",
        /// `police`.
        Police = "police",
        /// `primitive`.
        Primitive = "primitive",
        /// `relations`.
        Relations = "relations",
        /// `release`.
        Release = "release",
        /// `resign`.
        Resign = "resign",
        /// `restrict`.
        Restrict = "restrict",
        /// `return`.
        Return = "return",
        /// `riot`.
        Riot = "riot",
        /// `seize`.
        Seize = "seize",
        /// `sexual`.
        Sexual = "sexual",
        /// `strike`.
        Strike = "strike",
        /// `suicide-attack`.
        SuicideAttack = "suicide-attack",
        /// `territory`.
        Territory = "territory",
        /// `third-party`.
        ThirdParty = "third-party",
        /// `torture`.
        Torture = "torture",
        /// `troops`.
        Troops = "troops",
        /// `unconventional`.
        Unconventional = "unconventional",
        /// `violence`.
        Violence = "violence",
        /// `visit`.
        Visit = "visit",
        /// `weapons`.
        Weapons = "weapons",
        /// `withdraw`.
        Withdraw = "withdraw",
        /// `withhold`.
        Withhold = "withhold",
        /// `yield`.
        Yield = "yield",
    }
}

closed_set! {
    /// The contexts that the crosswalk from CAMEO to PLOVER uses: topics of an event.
    Context, "context" {
        /// `asylum`.
        Asylum = "asylum",
        /// `cbrn`.
        Cbrn = "cbrn",
        /// `corruption`.
        Corruption = "corruption",
        /// `crime`.
        Crime = "crime",
        /// `democracy`.
        Democracy = "democracy",
        /// `diplomatic`.
        Diplomatic = "diplomatic",
        /// `economic`.
        Economic = "economic",
        /// `executive`.
        Executive = "executive",
        /// `human_rights`.
        HumanRights = "human_rights",
        /// `human_security`.
        HumanSecurity = "human_security",
        /// `humanitarian`.
        Humanitarian = "humanitarian",
        /// `intelligence`.
        Intelligence = "intelligence",
        /// `legal`.
        Legal = "legal",
        /// `military`.
        Military = "military",
        /// `peacekeeping`.
        Peacekeeping = "peacekeeping",
        /// `political_institutions`.
        PoliticalInstitutions = "political_institutions",
        /// `pro_autocracy`.
        ProAutocracy = "pro_autocracy",
        /// `religion_ethnicity`.
        ReligionEthnicity = "religion_ethnicity",
        /// `rights_freedoms`.
        RightsFreedoms = "rights_freedoms",
    }
}
