//! Which states belong to which groups, and when.

use std::collections::BTreeMap;

use crate::lexicon::{LexiconError, table};
use crate::model::{ActorId, CountryCode, Day};

/// A stretch of membership, half-open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Membership {
    /// The member.
    pub country: CountryCode,
    /// First day, if known.
    pub start: Option<Day>,
    /// First day after; nothing if still a member.
    pub end: Option<Day>,
}

/// The members of the European Union, NATO and other groups.
#[derive(Debug, Clone, Default)]
pub struct Memberships {
    by_group: BTreeMap<ActorId, Vec<Membership>>,
}

impl Memberships {
    /// Loads the table: group, country, first and last day (inclusive there).
    pub(crate) fn load(file: &'static str, text: &'static str) -> Result<Self, LexiconError> {
        let mut memberships = Self::default();
        for row in table::rows(file, text, 4) {
            let row = row?;
            let member = Membership {
                country: row.parse(1)?,
                start: row.first_day(2)?,
                end: row.day_after(3)?,
            };
            memberships
                .by_group
                .entry(row.parse(0)?)
                .or_default()
                .push(member);
        }
        Ok(memberships)
    }

    /// Returns the groups, by id.
    pub fn groups(&self) -> impl Iterator<Item = &ActorId> {
        self.by_group.keys()
    }

    /// Returns everyone who ever belonged to a group, by country.
    #[must_use]
    pub fn of_group(&self, group: &ActorId) -> &[Membership] {
        self.by_group.get(group).map_or(&[], Vec::as_slice)
    }

    /// Says whether a country belonged to a group on `day`.
    #[must_use]
    pub fn is_member(&self, group: &ActorId, country: CountryCode, day: Day) -> bool {
        self.of_group(group).iter().any(|member| {
            member.country == country
                && member.start.is_none_or(|start| start <= day)
                && member.end.is_none_or(|end| day < end)
        })
    }

    /// Returns the groups that a country belonged to on `day`, by id.
    pub fn groups_of(&self, country: CountryCode, day: Day) -> impl Iterator<Item = &ActorId> {
        let groups = self.by_group.keys();
        groups.filter(move |group| self.is_member(group, country, day))
    }
}
