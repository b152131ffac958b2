//! What the user says of names, over what the dictionaries say of them.

use std::collections::HashMap;

use crate::lexicon::{Lexicon, NotActor, USER_FILE, UserMeaning};
use crate::mention::finder::MentionFinder;
use crate::mention::mention::Basis;
use crate::mention::phrase::{PhraseIndex, PhraseMatch, Sense};
use crate::mention::reader::Reading;
use crate::mention::scene::Scene;
use crate::model::{ActorId, ActorKind, CountryCode, fold};

impl PhraseIndex {
    /// Puts the user's sense alone on the phrases that the user decided, and removes senses that
    /// the user took from a phrase.
    pub(crate) fn add_user(&mut self, lexicon: &Lexicon) {
        let user = lexicon.user_names();
        if user.is_empty() {
            return;
        }
        for (name, ids) in user.taken() {
            self.retain(name, |sense| {
                !id_of(lexicon, sense).is_some_and(|id| ids.contains(&id))
            });
        }
        let known = Known::new(lexicon);
        for name in user.decided() {
            let sense = match &name.meaning {
                UserMeaning::Actor(id) => known.actor(lexicon, id, &name.text),
                UserMeaning::Role => known.roles.get(&folded(&name.text)).copied(),
                UserMeaning::NotActor => known.not_actors.get(&folded(&name.text)).copied(),
            };
            if let Some(sense) = sense {
                self.decide(&name.text, sense, name.line);
            }
        }
    }
}

/// The numbers of the entries that the user's phrases can mean.
struct Known<'a> {
    /// Rows of the user, by actor and folded name.
    of_user: HashMap<(&'a ActorId, String), usize>,
    /// The first row of each organisation.
    rows: HashMap<&'a ActorId, usize>,
    roles: HashMap<String, Sense>,
    not_actors: HashMap<String, Sense>,
}

impl<'a> Known<'a> {
    fn new(lexicon: &'a Lexicon) -> Self {
        let (mut of_user, mut rows) = (HashMap::new(), HashMap::new());
        for (number, row) in lexicon.organisations.iter().enumerate() {
            rows.entry(&row.id).or_insert(number);
            if row.line == 0 {
                for name in row.aliases.iter().chain([&row.name]) {
                    of_user.insert((&row.id, folded(name)), number);
                }
            }
        }
        let roles = lexicon.roles.iter().enumerate();
        let not_actors = lexicon.not_actors.iter().enumerate();
        Self {
            of_user,
            rows,
            roles: roles
                .map(|(number, word)| (folded(&word.phrase), Sense::Role(number)))
                .collect(),
            not_actors: not_actors
                .map(|(number, phrase)| (folded(&phrase.phrase), Sense::NotActor(number)))
                .collect(),
        }
    }

    fn actor(&self, lexicon: &Lexicon, id: &ActorId, text: &str) -> Option<Sense> {
        if let Some(number) = self.of_user.get(&(id, folded(text))) {
            return Some(Sense::Organisation(*number));
        }
        if let Some(person) = lexicon.persons.find(id) {
            return Some(Sense::Person(person));
        }
        if id.kind() == ActorKind::State {
            return CountryCode::parse(id.rest()).ok().map(Sense::State);
        }
        self.rows.get(id).copied().map(Sense::Organisation)
    }
}

fn folded(phrase: &str) -> String {
    fold(phrase).replace('-', " ")
}

/// Returns the actor that a sense means, if it means one by name.
fn id_of(lexicon: &Lexicon, sense: Sense) -> Option<ActorId> {
    match sense {
        Sense::Person(index) | Sense::Surname(index) => {
            lexicon.persons.get(index).map(|person| person.id.clone())
        }
        Sense::Organisation(number) => {
            let row = lexicon.organisations.get(number);
            row.map(|row| row.id.clone())
        }
        Sense::State(country)
        | Sense::Adjective(country)
        | Sense::Capital(country)
        | Sense::People(country) => Some(ActorId::of_country(ActorKind::State, country)),
        Sense::Role(_) | Sense::Epithet(_) | Sense::NotActor(_) => None,
    }
}

impl Reading {
    /// Says that the user's dictionary is why, where it decided the phrase that was found.
    pub(crate) fn by_user(mut self, at: usize, found: PhraseMatch<'_>) -> Self {
        if let Some(line) = found.line_of_user()
            && matches!(self.basis, Basis::Dictionary { .. })
            && self.start == at
        {
            self.basis = Basis::Dictionary {
                file: USER_FILE,
                line,
            };
        }
        self
    }
}

impl MentionFinder<'_> {
    /// Says whether a sentence holds a phrase for which the user discards the article.
    pub(crate) fn discards_story(&self, scene: &Scene<'_>) -> bool {
        self.has_not_actor(scene, |phrase| phrase.discards_story)
    }

    /// Says whether a sentence holds a phrase for which the user passes over it.
    pub(crate) fn discards_sentence(&self, scene: &Scene<'_>) -> bool {
        self.has_not_actor(scene, |phrase| phrase.discards_sentence)
    }

    fn has_not_actor(&self, scene: &Scene<'_>, is_meant: fn(&NotActor) -> bool) -> bool {
        let phrases = &self.lexicon().not_actors;
        // Most users discard nothing: then the sentence need not be looked through.
        phrases.iter().any(is_meant)
            && (0..scene.units.len()).any(|at| {
                let matches = self.index.matches(&scene.units, at);
                let mut senses = matches.into_iter().flat_map(PhraseMatch::senses);
                senses.any(|sense| match sense {
                    Sense::NotActor(number) => phrases.get(number).is_some_and(is_meant),
                    _ => false,
                })
            })
    }
}
