//! An article as it stands in its line: with its text, its events, and what the store knows of it.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::backup::event::{Common, EventLine};
use crate::backup::named::{Dated, Named};
use crate::model::{Article, ArticleId, Day, Event, Precision, Published};
use crate::store::{RunNumber, StoredArticle};

/// An article with its events.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ArticleLine<'a> {
    article_id: Named<ArticleId>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    doc_id: Option<Cow<'a, str>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    outlet: Option<Cow<'a, str>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    url: Option<Cow<'a, str>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    title: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    published: Option<Dated>,
    /// `day` if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    published_precision: Option<Named<Precision>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    language: Option<Cow<'a, str>>,
    run: RunNumber,
    added: Dated,
    /// Of all mentions that do not say otherwise.
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    coder_version: Cow<'a, str>,
    /// Of all mentions that do not say otherwise.
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    dictionary_version: Cow<'a, str>,
    #[serde(borrow)]
    text: Cow<'a, str>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    events: Vec<EventLine<'a>>,
}

/// An article as it comes out of a backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RestoredArticle {
    pub(super) article: Article,
    pub(super) events: Vec<Event>,
    pub(super) run: RunNumber,
    pub(super) added: Day,
}

impl<'a> ArticleLine<'a> {
    pub(super) fn of(stored: &'a StoredArticle, events: &'a [Event]) -> Self {
        let article = &stored.article;
        let first = events.iter().flat_map(|event| &event.mentions).next();
        let common = Common {
            article: article.id,
            coder_version: first.map_or("", |mention| &mention.coder_version),
            dictionary_version: first.map_or("", |mention| &mention.dictionary_version),
        };
        let text = |text: &'a Option<String>| text.as_deref().map(Cow::Borrowed);
        let precision = article.published.map(|published| published.precision);
        Self {
            article_id: Named(article.id),
            doc_id: text(&article.doc_id),
            outlet: text(&article.outlet),
            url: text(&article.url),
            title: text(&article.title),
            published: article.published.map(|published| Dated(published.day)),
            published_precision: precision
                .filter(|precision| *precision != Precision::Day)
                .map(Named),
            language: text(&article.language),
            run: stored.run,
            added: Dated(stored.added),
            coder_version: Cow::Borrowed(common.coder_version),
            dictionary_version: Cow::Borrowed(common.dictionary_version),
            text: Cow::Borrowed(&article.text),
            events: events
                .iter()
                .map(|event| EventLine::of(event, common))
                .collect(),
        }
    }

    /// Returns the article, or what is wrong with it.
    pub(super) fn into_article(self) -> Result<RestoredArticle, &'static str> {
        let common = Common {
            article: self.article_id.0,
            coder_version: &self.coder_version,
            dictionary_version: &self.dictionary_version,
        };
        let events = self.events.into_iter();
        let events = events
            .map(|event| event.into_event(common))
            .collect::<Result<_, _>>()?;
        let text = |text: Option<Cow<'_, str>>| text.map(Cow::into_owned);
        let precision = self.published_precision.map(|named| named.0);
        let published = match (self.published, precision) {
            (Some(day), precision) => Some(Published {
                day: day.0,
                precision: precision.unwrap_or(Precision::Day),
            }),
            (None, None) => None,
            (None, Some(_)) => return Err("a date of publication has a precision and no day"),
        };
        Ok(RestoredArticle {
            article: Article {
                id: self.article_id.0,
                doc_id: text(self.doc_id),
                outlet: text(self.outlet),
                url: text(self.url),
                title: text(self.title),
                published,
                language: text(self.language),
                text: self.text.into_owned(),
            },
            events,
            run: self.run,
            added: self.added.0,
        })
    }
}
