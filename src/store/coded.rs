//! Articles together with their events: all that one article brings, in one value.

use crate::model::Event;
use crate::store::key::Key;
use crate::store::{RunRecord, Store, StoreError, StoredArticle, value};

/// An article with its events.
#[derive(Debug)]
pub struct CodedArticle {
    /// The article and what belongs to it.
    pub stored: StoredArticle,
    /// Its events, in the order in which they were given, but for those of [`Self::damaged`].
    pub events: Vec<Event>,
    /// Why some of its events cannot be read; empty for a sound article.
    pub damaged: Vec<StoreError>,
}

impl Store {
    /// Returns all articles by id, each with its events.
    ///
    /// A damaged record of an article is an error in its place and the others follow; damaged
    /// events are told with their article. After any other error there is nothing more.
    ///
    /// # Complexity
    /// A full scan of the articles with a seek for each event; memory for one article.
    pub fn coded_articles(&self) -> impl Iterator<Item = Result<CodedArticle, StoreError>> {
        let mut is_over = false;
        self.articles().map_while(move |stored| {
            if is_over {
                return None;
            }
            let coded = stored.and_then(|stored| self.with_events(stored));
            is_over = matches!(&coded, Err(error) if !error.is_of_one_record());
            Some(coded)
        })
    }

    fn with_events(&self, stored: StoredArticle) -> Result<CodedArticle, StoreError> {
        let mut coded = CodedArticle {
            events: Vec::with_capacity(stored.events.len()),
            damaged: Vec::new(),
            stored,
        };
        for id in &coded.stored.events {
            match self.event(*id) {
                Ok(Some(event)) => coded.events.push(event),
                Ok(None) => {
                    let missing = "its article lists it, and it is not there";
                    coded.damaged.push(value::damaged(Key::Event(*id), missing));
                }
                Err(error) if error.is_of_one_record() => coded.damaged.push(error),
                Err(error) => return Err(error),
            }
        }
        Ok(coded)
    }

    /// Says whether nothing was ever put: no article, no run, no dictionary.
    ///
    /// # Errors
    /// [`StoreError::Io`], [`StoreError::Unreadable`].
    ///
    /// # Complexity
    /// A few seeks.
    pub fn is_empty(&self) -> Result<bool, StoreError> {
        // A record that is damaged is one all the same.
        let article = self.articles().next().map(|found| found.map(drop));
        let event = self.events().next().map(|found| found.map(drop));
        let run = self.runs().next().map(|found| found.map(drop));
        for found in [article, event, run] {
            match found {
                None => {}
                Some(Err(error)) if !error.is_of_one_record() => return Err(error),
                Some(_) => return Ok(false),
            }
        }
        Ok(self.dictionary().is_ok_and(|text| text.is_none()))
    }

    /// Puts the record of a run as it stood in another store, under its number. Returns whether it
    /// was new; a run that is there stays as it is.
    ///
    /// # Errors
    /// [`StoreError::Io`], [`StoreError::Unreadable`].
    ///
    /// # Complexity
    /// One seek.
    pub fn put_run(&self, record: &RunRecord) -> Result<bool, StoreError> {
        let key = Key::Run(record.run);
        if self.backend.has(&key.encode())? {
            return Ok(false);
        }
        let entry = (key.encode(), value::encode(key, record)?);
        self.backend.write(vec![entry])?;
        Ok(true)
    }
}
