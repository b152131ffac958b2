//! From blocks of names and codes to actors.

use std::collections::{BTreeMap, BTreeSet};

use crate::lexicon::petrarch::block::{self, Block, DatedCode};
use crate::lexicon::petrarch::case::{Case, rewrite};
use crate::lexicon::petrarch::code::Body;
use crate::lexicon::petrarch::import::Importer;
use crate::lexicon::petrarch::source::Source;
use crate::lexicon::user::{Entry, RoleEntry};
use crate::model::{ActorId, ActorKind, CountryCode, Sector, fold};

/// Words by which the name of an organ of state is told from a person's.
const TELLING_WORDS: &[&str] = &[
    "academy",
    "administration",
    "agency",
    "army",
    "assembly",
    "authorities",
    "authority",
    "bank",
    "board",
    "brigade",
    "bureau",
    "cabinet",
    "chamber",
    "coastguard",
    "command",
    "commission",
    "committee",
    "congress",
    "consulate",
    "council",
    "court",
    "courts",
    "delegation",
    "department",
    "diet",
    "directorate",
    "division",
    "embassy",
    "fleet",
    "force",
    "forces",
    "gendarmerie",
    "government",
    "guard",
    "guards",
    "house",
    "inspectorate",
    "institute",
    "intelligence",
    "judiciary",
    "junta",
    "legislature",
    "marines",
    "military",
    "militia",
    "ministry",
    "mission",
    "navy",
    "office",
    "palace",
    "parliament",
    "police",
    "prosecution",
    "regiment",
    "secretariat",
    "senate",
    "service",
    "services",
    "squadron",
    "treasury",
    "tribunal",
    "troops",
];

/// What a block describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Design {
    /// Names of a state.
    State(CountryCode),
    /// An actor of this kind.
    Actor(ActorKind),
}

impl Design {
    const fn case(self) -> Case {
        match self {
            Self::Actor(ActorKind::Person) => Case::Person,
            Self::Actor(ActorKind::Igo | ActorKind::Ngo | ActorKind::Company) => Case::Body,
            Self::State(_) | Self::Actor(_) => Case::Name,
        }
    }
}

/// Reads the actors of a file.
pub(super) fn import(
    source: &Source,
    known: &dyn Fn(&str) -> Option<ActorId>,
    importer: &mut Importer<'_>,
) {
    let (blocks, faults) = block::read(source);
    for (line, reason) in faults {
        importer.lose(line, reason);
    }
    let mut reading = Reading {
        known,
        named: BTreeMap::new(),
        introduced: BTreeSet::new(),
        importer,
    };
    for block in &blocks {
        reading.take(block);
    }
}

struct Reading<'a, 'b> {
    known: &'a dyn Fn(&str) -> Option<ActorId>,
    /// Whom the folded names of the file mean, where the caller did not know them.
    named: BTreeMap<String, ActorId>,
    introduced: BTreeSet<ActorId>,
    importer: &'a mut Importer<'b>,
}

impl Reading<'_, '_> {
    fn take(&mut self, block: &Block) {
        let Some((line, head)) = block.names.first() else {
            return;
        };
        for code in &block.codes {
            for remark in &code.code.remarks {
                self.importer.remark(code.line, remark.clone());
            }
        }
        let codes: Vec<&DatedCode> = block
            .codes
            .iter()
            .filter(|code| code.code.body != Body::Null)
            .collect();
        if codes.is_empty() {
            if !block.codes.is_empty() {
                self.unname(block);
            } else if !block.has_fault {
                self.importer.lose(*line, format!("`{head}` has no code"));
            }
            return;
        }
        for null in block
            .codes
            .iter()
            .filter(|code| code.code.body == Body::Null)
        {
            let reason = "a code --- beside others is left out";
            self.importer.remark(null.line, reason);
        }
        let design = self.design(head, &codes);
        let Some(id) = self.identify(block, design, &codes) else {
            return;
        };
        self.name(block, design, &id);
        self.give_roles(design, &id, &codes);
    }

    /// Decides what a block describes.
    fn design(&mut self, head: &str, codes: &[&DatedCode]) -> Design {
        if let Some(country) = self.state_of(codes) {
            return Design::State(country);
        }
        let first = codes.first();
        if codes.iter().any(|code| code.is_dated()) {
            let lasting = codes.iter().find_map(|code| lasting_kind(code));
            return Design::Actor(lasting.unwrap_or(ActorKind::Person));
        }
        if let Some(second) = codes.get(1) {
            let reason = "of several codes without dates the first is taken";
            self.importer.remark(second.line, reason);
        }
        let Some(code) = first.map(|first| &first.code) else {
            return Design::Actor(ActorKind::Other);
        };
        let kind = match code.body {
            Body::Igo => ActorKind::Igo,
            Body::Ngo => ActorKind::Ngo,
            Body::Company => ActorKind::Company,
            Body::Group => ActorKind::Group,
            Body::Party => ActorKind::Party,
            Body::Organ if is_telling(head) => match (code.sector, code.country) {
                // A ministry stands for its state, as in the bundled dictionaries.
                (Some(Sector::Gov), Some(country)) => return Design::State(country),
                _ => ActorKind::Agency,
            },
            Body::Organ | Body::Other | Body::State | Body::Null => ActorKind::Other,
        };
        Design::Actor(kind)
    }

    /// Returns the state, where all codes are of countries alone: of several the last in time.
    fn state_of(&mut self, codes: &[&DatedCode]) -> Option<CountryCode> {
        if codes.iter().any(|code| code.code.body != Body::State) {
            return None;
        }
        let last = codes
            .iter()
            .max_by_key(|code| (code.end.is_none(), code.end, code.start))?;
        let country = last.code.country?;
        if codes.iter().any(|code| code.code.country != Some(country)) {
            let reason = format!("the name changes its country; it is taken for {country} always");
            self.importer.remark(last.line, reason);
        }
        Some(country)
    }

    /// Finds the actor of a block or introduces it.
    fn identify(&mut self, block: &Block, design: Design, codes: &[&DatedCode]) -> Option<ActorId> {
        let kind = match design {
            Design::State(country) => {
                self.importer.import.counts.actors_known += 1;
                return Some(ActorId::of_country(ActorKind::State, country));
            }
            Design::Actor(kind) => kind,
        };
        let spelt = |raw: &str| rewrite(raw, design.case()).text;
        let mut names = block.names.iter().map(|(_, raw)| spelt(raw));
        if let Some(id) = names.find_map(|name| (self.known)(&name)) {
            self.importer.import.counts.actors_known += 1;
            self.leave_default(&id, codes);
            return Some(id);
        }
        let (line, head) = block.names.first()?;
        let name = self.importer.phrase(*line, head, design.case())?;
        let folded = name.folded();
        let id = match self.named.get(&folded) {
            Some(id) => id.clone(),
            None => ActorId::from_name(kind, name.as_str()),
        };
        if !self.introduced.insert(id.clone()) {
            let reason = format!("`{name}` stands above already; both are taken for one actor");
            self.importer.remark(*line, reason);
            return Some(id);
        }
        self.named.insert(folded, id.clone());
        let (country, sector) = belonging(design, codes);
        self.importer.import.counts.actors_new += 1;
        self.importer.push(Entry::Actor {
            id: id.clone(),
            name,
            country,
            sector,
        });
        Some(id)
    }

    /// Says that the code without dates of someone who is known is not used.
    fn leave_default(&mut self, id: &ActorId, codes: &[&DatedCode]) {
        let has_dated = codes.iter().any(|code| code.is_dated());
        if let Some(code) = codes.iter().find(|code| has_dated && !code.is_dated()) {
            let reason = format!("the code without dates is left out, as {id} is known");
            self.importer.remark(code.line, reason);
        }
    }

    /// Gives the actor those names of the block that nobody bears.
    fn name(&mut self, block: &Block, design: Design, id: &ActorId) {
        for (line, raw) in &block.names {
            let spelt = rewrite(raw, design.case()).text;
            let folded = fold(&spelt);
            if let Some(bearer) = (self.known)(&spelt) {
                self.importer.import.counts.names_known += usize::from(bearer == *id);
                if bearer != *id {
                    let reason = format!("`{spelt}` is known as {bearer} and stays so");
                    self.importer.remark(*line, reason);
                }
                continue;
            }
            if let Some(bearer) = self.named.get(&folded) {
                if bearer != id {
                    let reason = format!("`{spelt}` names {bearer} above and is left out here");
                    self.importer.remark(*line, reason);
                }
                continue;
            }
            let Some(text) = self.importer.phrase(*line, raw, design.case()) else {
                continue;
            };
            self.named.insert(folded, id.clone());
            self.importer.import.counts.aliases += 1;
            self.importer.push(Entry::Alias {
                id: id.clone(),
                text,
            });
        }
    }

    /// Gives a person a role for each code with dates.
    fn give_roles(&mut self, design: Design, id: &ActorId, codes: &[&DatedCode]) {
        if matches!(design, Design::State(_)) {
            return;
        }
        let takes_roles = matches!(id.kind(), ActorKind::Person | ActorKind::Other);
        for code in codes.iter().filter(|code| code.is_dated()) {
            if !takes_roles {
                let reason = format!("the dates are left out, as {id} is no person");
                self.importer.remark(code.line, reason);
                return;
            }
            self.importer.import.counts.roles += 1;
            self.importer.push(Entry::Role(RoleEntry {
                id: id.clone(),
                country: code.code.country,
                sector: code.code.sector,
                office: None,
                title: None,
                start: code.start,
                end: code.end,
            }));
        }
    }

    /// Takes the names of a block with the code of nobody from whoever bears them.
    fn unname(&mut self, block: &Block) {
        for (line, raw) in &block.names {
            let Some(text) = self.importer.phrase(*line, raw, Case::Name) else {
                continue;
            };
            if let Some(id) = (self.known)(text.as_str()) {
                self.importer.import.counts.unaliases += 1;
                self.importer.push(Entry::Unalias { id, text });
            } else {
                let reason = format!("`{text}` has the code --- and is known as nobody anyway");
                self.importer.remark(*line, reason);
            }
        }
    }
}

/// Returns the kind of a code that no person bears, whatever its dates.
fn lasting_kind(code: &DatedCode) -> Option<ActorKind> {
    let code = &code.code;
    match code.body {
        Body::Igo => Some(ActorKind::Igo),
        Body::Party => Some(ActorKind::Party),
        Body::Ngo if code.country.is_none() => Some(ActorKind::Ngo),
        Body::Company if code.country.is_none() => Some(ActorKind::Company),
        Body::Group if code.country.is_none() => Some(ActorKind::Group),
        _ => None,
    }
}

/// Returns country and sector of a new actor: those of its code without dates; a person without such
/// a code has the country that all its roles agree in.
fn belonging(design: Design, codes: &[&DatedCode]) -> (Option<CountryCode>, Option<Sector>) {
    let lasting = codes.iter().find(|code| !code.is_dated());
    if let Some(code) = lasting {
        return (code.code.country, code.code.sector);
    }
    let Some(first) = codes.first().map(|first| &first.code) else {
        return (None, None);
    };
    if design != Design::Actor(ActorKind::Person) {
        return (first.country, first.sector);
    }
    let agree = codes.iter().all(|code| code.code.country == first.country);
    (first.country.filter(|_| agree), None)
}

fn is_telling(head: &str) -> bool {
    head.split(|c: char| !c.is_alphabetic())
        .any(|word| TELLING_WORDS.contains(&fold(word).as_str()))
}
