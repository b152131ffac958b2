//! Articles: what was read.

use crate::model::{ArticleId, Day, EventDate, Fingerprint, Precision, Sketch};

/// When an article appeared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Published {
    /// The day, or the first day of the month or year.
    pub day: Day,
    /// How exactly it is known: day, month or year.
    pub precision: Precision,
}

impl Published {
    /// Returns the day if it is known to the day.
    #[must_use]
    pub fn exact_day(self) -> Option<Day> {
        (self.precision == Precision::Day).then_some(self.day)
    }

    /// Builds it from a parsed date; an unknown one is no date of publication.
    #[must_use]
    pub fn from_date(date: &EventDate) -> Option<Self> {
        date.start.map(|day| Self {
            day,
            precision: date.precision,
        })
    }
}

/// What a reader found of an article, before it has an id.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ArticleDraft {
    /// The id it came with, if any.
    pub doc_id: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Where it stands.
    pub url: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// When it appeared.
    pub published: Option<Published>,
    /// Its language as a code such as `en`, if the record says.
    pub language: Option<String>,
    /// Its text, without the title.
    pub text: String,
}

impl ArticleDraft {
    /// Gives the article its id, made from outlet, url, title, date of publication and text.
    ///
    /// The same article read twice, from whatever file, has the same id; a reprint by another
    /// outlet is another article.
    #[must_use]
    pub fn into_article(self) -> Article {
        let published = self
            .published
            .map(|published| format!("{} {}", published.day, published.precision));
        let fingerprint = Fingerprint::new("article")
            .optional(self.outlet.as_deref())
            .optional(self.url.as_deref())
            .optional(self.title.as_deref())
            .optional(published.as_deref())
            .field(self.text.as_bytes());
        Article {
            id: ArticleId::from_fingerprint(fingerprint),
            doc_id: self.doc_id,
            outlet: self.outlet,
            url: self.url,
            title: self.title,
            published: self.published,
            language: self.language,
            text: self.text,
        }
    }
}

/// An article with the id made from its content.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Article {
    /// The id.
    pub id: ArticleId,
    /// The id it came with, if any.
    pub doc_id: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Where it stands.
    pub url: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// When it appeared.
    pub published: Option<Published>,
    /// Its language as a code such as `en`, if the record says.
    pub language: Option<String>,
    /// Its text; all byte spans of mentions count in it.
    pub text: String,
}

impl Article {
    /// Returns the id it came with, else ours.
    #[must_use]
    pub fn shown_id(&self) -> String {
        self.doc_id.clone().unwrap_or_else(|| self.id.to_string())
    }

    /// Sketches its text, to know near-duplicates by.
    #[must_use]
    pub fn sketch(&self) -> Sketch {
        Sketch::of(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_depends_on_content_alone() {
        let draft = ArticleDraft {
            text: "Text.".to_owned(),
            ..ArticleDraft::default()
        };
        let renamed = ArticleDraft {
            doc_id: Some("7".to_owned()),
            ..draft.clone()
        };
        let reprint = ArticleDraft {
            outlet: Some("B".to_owned()),
            ..draft.clone()
        };
        let id = draft.into_article().id;
        assert_eq!(id, renamed.into_article().id);
        assert_ne!(id, reprint.into_article().id);
    }
}
