//! On whom the reports of a happening rest.

use std::collections::BTreeSet;

use crate::graph::Happening;
use crate::model::{Event, Role, Status};

/// Whose word stands for a happening.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// That of who acts.
    Source,
    /// That of who is acted upon.
    Target,
    /// Someone else's, but no news agency's.
    Third,
}

impl Side {
    /// Returns its name for people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Source => "source side",
            Self::Target => "target side",
            Self::Third => "third party",
        }
    }
}

/// The key of what rests on a news agency begins so.
const AGENCY: &str = "agency:";

impl Happening {
    /// Returns the sides and agencies that the texts name as their source, by key; ten rewrites of one
    /// readout have one.
    #[must_use]
    pub fn origins(&self) -> BTreeSet<&str> {
        let mentions = self.event.mentions.iter();
        mentions
            .filter_map(|mention| mention.origin.as_deref())
            .collect()
    }

    /// Returns the sides that say that it takes or took place; what a side denies or only alleges it
    /// does not confirm.
    #[must_use]
    pub fn confirmed_by(&self) -> BTreeSet<Side> {
        let confirms = |status| matches!(status, Status::Actual | Status::Planned);
        let mentions = self.event.mentions.iter();
        mentions
            .filter(|mention| confirms(mention.status))
            .filter_map(|mention| mention.origin.as_deref())
            .filter(|origin| !origin.starts_with(AGENCY))
            .map(|origin| side(&self.event, origin))
            .collect()
    }
}

fn side(event: &Event, origin: &str) -> Side {
    let is_of = |role| {
        let mut parties = event.in_role(role);
        parties.any(|party| party.at_state().as_str() == origin || party.actor.as_str() == origin)
    };
    if is_of(Role::Source) {
        Side::Source
    } else if is_of(Role::Target) {
        Side::Target
    } else {
        Side::Third
    }
}
