//! `demarche contacts`

use std::io::{self, Write};

use anyhow::Result;
use clap::Args;
use demarche::graph::{ContactRow, ContactsQuestion, Scope, default_level};
use demarche::model::EventDate;

use crate::cli::exit::Exit;
use crate::cli::filter::{FilterArgs, LevelArg, tell_left_out, tell_nothing};
use crate::cli::output::{Format, Table, counted};
use crate::cli::session::{Asked, Session};

/// Who contacted an actor or was contacted, how often, when first and last
///
/// Contacts are consultations (CAMEO 04: calls, letters, visits, meetings, talks) and signed
/// agreements (057) that took place; --type asks for other acts. Units: events are acts, each
/// once however often reported; reports are articles.
#[derive(Debug, Args)]
pub(crate) struct ContactsArgs {
    /// Whose: a name, a code or an id (putin, Russia, RUS, person:vladimir-putin)
    #[arg(value_name = "ACTOR")]
    pub(crate) actor: String,
    /// With whom only
    #[arg(long, value_name = "ACTOR")]
    pub(crate) with: Option<String>,
    /// How far partners are rolled up [default: state if a state is asked about, else person]
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub(crate) level: Option<LevelArg>,
    #[command(flatten)]
    pub(crate) filter: FilterArgs,
}

pub(crate) fn run(args: &ContactsArgs, session: &Session) -> Result<Exit> {
    let asked = session.asked()?;
    let actor = asked.resolve(&args.actor)?;
    let with = args
        .with
        .as_deref()
        .map(|with| asked.resolve(with))
        .transpose()?;
    let graph = match &with {
        Some(with) => asked.graph_between(&[actor.clone(), with.clone()])?,
        None => asked.graph_of_deeds(&actor)?,
    };
    let Asked { store, lexicon, .. } = &asked;
    let filter = args.filter.understood(Scope::Contacts, store, lexicon)?;
    let asked: Vec<_> = std::iter::once(&actor).chain(&with).collect();
    let level = args.level.map_or_else(|| default_level(&asked), Into::into);
    let question = ContactsQuestion {
        actor: actor.clone(),
        with: with.clone(),
        level,
        filter,
    };
    let contacts = graph.contacts(&question);
    let rows: Vec<_> = contacts
        .rows
        .iter()
        .take(args.filter.limit.unwrap_or(usize::MAX))
        .collect();
    if rows.is_empty() {
        tell_nothing("contacts", &asked)?;
    } else {
        let format = Format::or_default(session.format);
        table(&rows, matches!(format, Format::Table | Format::Md)).print(Some(format))?;
        writeln!(
            io::stderr(),
            "{} with {} of {actor}",
            counted(contacts.events, "event"),
            counted(contacts.rows.len(), "partner")
        )?;
    }
    tell_left_out(rows.len(), contacts.rows.len(), contacts.uncertain_left_out)?;
    Ok(if rows.is_empty() {
        Exit::Nothing
    } else {
        Exit::Done
    })
}

/// People see names alone; ids are for programs.
fn table(rows: &[&ContactRow], is_for_people: bool) -> Table {
    let columns = [
        "partner",
        "partner_id",
        "events",
        "reports",
        "first",
        "last",
        "initiated",
        "received",
        "kinds",
    ];
    let columns: Vec<_> = columns
        .into_iter()
        .filter(|name| !is_for_people || *name != "partner_id")
        .collect();
    let mut table = Table::new(&columns);
    let date = |date: Option<EventDate>| date.map(|date| date.to_string());
    for row in rows {
        let kinds: Vec<String> = row
            .kinds
            .iter()
            .map(|(kind, count)| format!("{kind} {count}"))
            .collect();
        let mut cells = vec![row.name.clone().into()];
        if !is_for_people {
            cells.push(row.partner.to_string().into());
        }
        cells.extend([
            row.events.into(),
            row.reports.into(),
            date(row.first).into(),
            date(row.last).into(),
            row.initiated.into(),
            row.received.into(),
            kinds.into(),
        ]);
        table.push(cells);
    }
    table
}
