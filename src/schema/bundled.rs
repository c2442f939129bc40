//! The schemas that come with the program. Whether front matter is as they ask is decided by code that is made of them when the
//! program is built: hardly any article has to wait until a schema is read.

use std::sync::{Arc, OnceLock};

use serde_json::Value as Json;

use super::Schema;

/// A schema of the program's own.
pub(super) struct Bundled {
    /// What configurations and articles call it.
    pub(super) name: &'static str,
    pub(super) text: &'static str,
    /// Whether it accepts a value.
    pub(super) accepts: fn(&Json) -> bool,
    /// The schema, which all threads share.
    pub(super) schema: OnceLock<Arc<Schema>>,
}

#[jsonschema::validator(
    path = "schemas/article.schema.json",
    methods = { validate = false, iter_errors = false }
)]
struct OfArticle;

#[jsonschema::validator(
    path = "schemas/reviewed-health-article.schema.json",
    base_uri = "bundled:///",
    resources = { "bundled:///article.schema.json" => { path = "schemas/article.schema.json" } },
    methods = { validate = false, iter_errors = false }
)]
struct OfReviewedArticle;

static ALL: [Bundled; 2] = [
    Bundled {
        name: "article",
        text: include_str!("../../schemas/article.schema.json"),
        accepts: OfArticle::is_valid,
        schema: OnceLock::new(),
    },
    Bundled {
        name: "reviewed-health-article",
        text: include_str!("../../schemas/reviewed-health-article.schema.json"),
        accepts: OfReviewedArticle::is_valid,
        schema: OnceLock::new(),
    },
];

impl Bundled {
    /// The one of this name.
    pub(super) fn named(name: &str) -> Option<&'static Self> {
        ALL.iter().find(|it| it.name == name)
    }
}
