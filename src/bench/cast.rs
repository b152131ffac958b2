//! Who takes part: invented actors, of whom a few are in the news every day.

use crate::bench::seeded::{Mix, Seeded};
use crate::bench::word::{CAUSES, COUNTRIES, FAMILY_HEADS, FAMILY_TAILS, GIVEN};
use crate::model::{ActorId, ActorKind, CountryCode, Participant, Role, Sector};

/// The weight of the first rank; the others follow Zipf's law, flattened at the top.
const WEIGHT: u64 = 1 << 32;
const RANKS_FLAT: u64 = 4;

/// How many partners an actor mostly deals with, and how often it is one of these.
const PARTNERS: u64 = 12;
const WITH_PARTNER_THOUSANDTHS: u64 = 750;

/// Shares a number with every count of names, so that stepping by it meets each once.
const NAME_STEP: usize = 7919;

/// An actor who may take part.
#[derive(Debug, Clone)]
pub(super) struct Player {
    actor: ActorId,
    name: String,
    country: Option<CountryCode>,
    sector: Option<Sector>,
    office: Option<ActorId>,
}

impl Player {
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn participant(&self, role: Role) -> Participant {
        Participant {
            actor: self.actor.clone(),
            role,
            name: self.name.clone(),
            country: self.country,
            sector: self.sector,
            office: self.office.clone(),
        }
    }
}

/// All actors, those most in the news first.
#[derive(Debug, Clone)]
pub(super) struct Cast {
    players: Vec<Player>,
    ranks: Mix<usize>,
    partners: Mix<u64>,
    seed: u64,
}

impl Cast {
    /// Invents `count` actors, two at least.
    pub(super) fn new(count: usize, seed: u64) -> Self {
        let count = count.max(2);
        let mut random = Seeded::new(seed ^ 0xca57);
        let players = (0..count).map(|rank| player(rank, &mut random)).collect();
        let ranks = (0_u64..).zip(0..count);
        let ranks = ranks.map(|(rank, place)| (place, WEIGHT / (rank + RANKS_FLAT)));
        let partners = (0..PARTNERS).map(|partner| (partner, WEIGHT / (partner + 1)));
        Self {
            players,
            ranks: Mix::new(0, ranks),
            partners: Mix::new(0, partners),
            seed,
        }
    }

    /// Draws who acts, by rank.
    pub(super) fn anyone(&self, random: &mut Seeded) -> usize {
        self.ranks.draw(random)
    }

    /// Draws with whom: mostly one of the few with whom this actor always deals.
    pub(super) fn partner_of(&self, rank: usize, random: &mut Seeded) -> usize {
        if random.happens(WITH_PARTNER_THOUSANDTHS) {
            let which = self.partners.draw(random);
            self.fixed_partner(rank, which)
        } else {
            self.someone_else(rank, self.anyone(random))
        }
    }

    /// Returns one of the few with whom an actor always deals, the first most.
    pub(super) fn fixed_partner(&self, rank: usize, which: u64) -> usize {
        let own = u64::try_from(rank).unwrap_or(0) * PARTNERS + which;
        // The first number of a generator is poor where seeds are neighbours.
        let mut fixed = Seeded::new(self.seed ^ Seeded::new(own).draw());
        self.someone_else(rank, self.anyone(&mut fixed))
    }

    fn someone_else(&self, rank: usize, partner: usize) -> usize {
        if partner == rank {
            (rank + 1) % self.players.len().max(1)
        } else {
            partner
        }
    }

    /// Returns the actor of a rank.
    pub(super) fn player(&self, rank: usize) -> Option<&Player> {
        self.players.get(rank)
    }
}

/// Invents the actor of a rank: states and their leaders first, then all kinds.
fn player(rank: usize, random: &mut Seeded) -> Player {
    if let Some((code, name)) = COUNTRIES.get(rank / 2) {
        let country = CountryCode::parse(code).ok();
        return if rank.is_multiple_of(2) {
            state(country, name)
        } else {
            person(rank, country, true)
        };
    }
    let (code, _) = COUNTRIES
        .get(random.place(COUNTRIES.len()))
        .copied()
        .unwrap_or(("USA", ""));
    let country = CountryCode::parse(code).ok();
    let (kind, sector, noun) = match random.below(100) {
        0..4 => (ActorKind::Agency, Sector::Mil, "Command"),
        4..7 => (ActorKind::Group, Sector::Reb, "Front"),
        7 => (ActorKind::Igo, Sector::Igo, "Union"),
        8..10 => (ActorKind::Party, Sector::Pty, "Party"),
        10..12 => (ActorKind::Ngo, Sector::Ngo, "Watch"),
        other => return person(rank, country, other < 40),
    };
    let name = format!("{} {noun} {rank}", random.word(CAUSES));
    Player {
        actor: ActorId::from_name(kind, &name),
        name,
        country: country.filter(|_| kind != ActorKind::Igo),
        sector: Some(sector),
        office: None,
    }
}

fn state(country: Option<CountryCode>, name: &str) -> Player {
    let country = country.unwrap_or(CountryCode::INTERNATIONAL);
    Player {
        actor: ActorId::of_country(ActorKind::State, country),
        name: name.to_owned(),
        country: Some(country),
        sector: Some(Sector::Gov),
        office: None,
    }
}

fn person(rank: usize, country: Option<CountryCode>, is_official: bool) -> Player {
    let word = |list: &[&'static str], at: usize| {
        let place = at.checked_rem(list.len()).unwrap_or(0);
        list.get(place).copied().unwrap_or("")
    };
    let number = rank.wrapping_mul(NAME_STEP);
    let rest = number / GIVEN.len().max(1);
    let name = format!(
        "{} {}{}",
        word(GIVEN, number),
        word(FAMILY_HEADS, rest),
        word(FAMILY_TAILS, rest / FAMILY_HEADS.len().max(1)),
    );
    let title = ["president", "foreign minister", "envoy"].get(rank % 3);
    Player {
        actor: ActorId::from_name(ActorKind::Person, &name),
        name,
        country,
        sector: Some(if is_official {
            Sector::Gov
        } else {
            Sector::Eli
        }),
        office: country
            .zip(title)
            .filter(|_| is_official)
            .map(|(country, title)| ActorId::office(country, title)),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_actor_is_someone_else() {
        let cast = Cast::new(20_000, 1);
        let ids: BTreeSet<_> = cast.players.iter().map(|player| &player.actor).collect();
        assert_eq!(ids.len(), 20_000);
        for id in ids {
            assert!(ActorId::parse(id.as_str()).is_ok(), "{id}");
        }
    }

    #[test]
    fn few_are_in_the_news_every_day() {
        let cast = Cast::new(20_000, 1);
        let mut random = Seeded::new(3);
        let ranks: Vec<usize> = (0..20_000).map(|_| cast.anyone(&mut random)).collect();
        let share = |top| ranks.iter().filter(|rank| **rank < top).count() / 200;
        assert!((20..45).contains(&share(100)), "{} %", share(100));
        assert!(share(10_000) < 98, "{} %", share(10_000));
    }

    #[test]
    fn nobody_deals_with_himself() {
        for count in [0, 2, 50] {
            let cast = Cast::new(count, 9);
            let mut random = Seeded::new(3);
            for _ in 0..500 {
                let one = cast.anyone(&mut random);
                assert_ne!(cast.partner_of(one, &mut random), one);
            }
        }
    }
}
