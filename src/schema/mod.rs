//! JSON Schemas that front matter is held to, and violations in a writer's words, each at its own place.
//!
//! No schema reaches the network: a reference leads to a bundled schema, into the schema itself, or to a file in the
//! folder of the schema. Patterns run on a linear-time engine.

mod bundled;
mod local;
mod violation;

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jsonschema::{PatternOptions, Validator};
use serde_json::Value as Json;

use bundled::Bundled;
use local::Local;
use violation::Place;

pub use violation::{Spelling, Violation};

use crate::config::{SchemaChoice, Settings};
use crate::document::Document;
use crate::document::yaml::{self, Node};
use crate::source::{Source, SourceError};
use crate::span::Span;

/// The schema that holds where none is chosen.
pub const DEFAULT: &str = "article";

/// Why a schema cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SchemaError {
    /// The file cannot be read.
    #[error("failed to read the schema {0}: {1}")]
    Unreadable(PathBuf, SourceError),
    /// It is neither JSON nor YAML.
    #[error("failed to read the schema {0}: it is neither JSON nor YAML: {1}")]
    Malformed(PathBuf, String),
    /// It is no valid schema, or refers to something out of reach.
    #[error("failed to use the schema {0}: {1}")]
    Unusable(String, String),
    /// No bundled schema has this name.
    #[error("no schema is called `{0}`; the program knows `article` and `reviewed-health-article`")]
    Unknown(String),
}

/// A schema, ready to use.
pub struct Schema {
    name: String,
    bundled: Option<&'static Bundled>,
    /// Of one that is bundled, first asked for where it refuses something.
    compiled: OnceLock<Compiled>,
}

/// A schema that can tell what is wrong.
struct Compiled {
    validator: Validator,
    /// Every key that the schema names anywhere, for the nearest spelling.
    keys: Vec<String>,
    json: Json,
}

/// The schemas of a run, each read once; shared by all threads.
#[derive(Default)]
pub struct Schemas {
    files: Mutex<HashMap<PathBuf, Result<Arc<Schema>, String>>>,
}

impl Schemas {
    /// The schema that holds for an article: the one that its front matter names, else the configuration's, else the
    /// default. An error comes with the place that names a schema that cannot be used.
    pub fn of_article(
        &self,
        document: &Document<'_>,
        settings: &Settings,
    ) -> Result<Arc<Schema>, (Span, String)> {
        let named = document.front_matter.as_ref().and_then(|it| it.get("$schema"));
        if let Some(entry) = named
            && let Some(name) = entry.value.as_text()
        {
            return self
                .named_in(document.source.path(), name)
                .map_err(|message| (entry.value.span, message));
        }
        let chosen = match &settings.schema {
            None => Schema::bundled(DEFAULT).map_err(|error| error.to_string()),
            Some(SchemaChoice::Named(name)) => Schema::bundled(name).map_err(|error| error.to_string()),
            Some(SchemaChoice::File(path)) => self.file(path),
        };
        chosen.map_err(|message| (document.first_line(), message))
    }

    /// An article names a bundled schema, or a file in its own folder or below: nothing further away.
    fn named_in(&self, article: &Path, name: &str) -> Result<Arc<Schema>, String> {
        if !name.contains(['.', '/', '\\']) {
            return Schema::bundled(name).map_err(|error| error.to_string());
        }
        let folder = article.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let path = folder.join(name);
        let leads_down =
            Path::new(name).components().all(|it| matches!(it, Component::Normal(_) | Component::CurDir));
        // A link leads wherever it likes; what leads nowhere is said when it is read.
        let leads_out = path
            .canonicalize()
            .is_ok_and(|real| !folder.canonicalize().is_ok_and(|folder| real.starts_with(folder)));
        if !leads_down || leads_out {
            return Err(format!("the schema `{name}` lies outside the folder of the article"));
        }
        self.file(&path)
    }

    fn file(&self, path: &Path) -> Result<Arc<Schema>, String> {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        let read = || Schema::read(path).map(Arc::new).map_err(|error| error.to_string());
        files.entry(path.to_owned()).or_insert_with(read).clone()
    }
}

/// Whether an article names a schema of its own.
pub fn is_named_in(document: &Document<'_>) -> bool {
    document.front_matter.as_ref().is_some_and(|it| it.get("$schema").is_some())
}

impl Schema {
    /// A schema of the program's own.
    pub fn bundled(name: &str) -> Result<Arc<Self>, SchemaError> {
        let bundled = Bundled::named(name).ok_or_else(|| SchemaError::Unknown(name.to_owned()))?;
        let made =
            || Arc::new(Self { name: name.to_owned(), bundled: Some(bundled), compiled: OnceLock::new() });
        Ok(Arc::clone(bundled.schema.get_or_init(made)))
    }

    /// A schema from a JSON or YAML file.
    pub fn read(path: &Path) -> Result<Self, SchemaError> {
        let json = read_json(path)?;
        let name = path.display().to_string();
        let compiled = Compiled::of(&name, json, Some(path))?;
        Ok(Self { name, bundled: None, compiled: OnceLock::from(compiled) })
    }

    /// # Panics
    ///
    /// Never: a test compiles every bundled schema.
    fn compiled(&self) -> &Compiled {
        self.compiled.get_or_init(|| {
            let text = self.bundled.map_or("true", |it| it.text);
            let json = serde_json::from_str(text).expect("a test compiles every bundled schema");
            Compiled::of(&self.name, json, None).expect("a test compiles every bundled schema")
        })
    }

    fn accepts(&self, json: &Json) -> bool {
        self.bundled.map_or_else(|| self.compiled().validator.is_valid(json), |it| (it.accepts)(json))
    }

    /// What it is called: a bundled name, or its path.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether an article without front matter violates it.
    pub fn wants_front_matter(&self) -> bool {
        !self.accepts(&Json::Object(serde_json::Map::new()))
    }

    /// All violations, in source order. `fence` is where what is missing at the top level is reported.
    pub fn violations(&self, root: Option<&Node>, fence: Span) -> Vec<Violation> {
        let json = root.map_or_else(|| Json::Object(serde_json::Map::new()), Node::to_json);
        let mut found = Vec::new();
        if self.bundled.is_some_and(|it| (it.accepts)(&json)) {
            return found;
        }
        let schema = self.compiled();
        for error in schema.validator.iter_errors(&json) {
            let place = Place::of(root, fence, error.instance_path().as_str());
            place.violations(schema, &error, &mut found);
        }
        found.sort_by_key(|it| it.span);
        found.dedup();
        found
    }
}

impl Compiled {
    fn of(name: &str, json: Json, path: Option<&Path>) -> Result<Self, SchemaError> {
        let folder = path.and_then(Path::parent).map(Path::to_owned);
        let base = path.map_or_else(|| "bundled:///".to_owned(), |path| format!("file://{}", path.display()));
        let validator = jsonschema::options()
            .with_base_uri(base)
            .with_retriever(Local { folder })
            .with_pattern_options(PatternOptions::regex())
            .should_validate_formats(true)
            .build(&json)
            .map_err(|error| SchemaError::Unusable(name.to_owned(), error.to_string()))?;
        let mut keys = Vec::new();
        named_keys(&json, &mut keys);
        Ok(Self { validator, keys, json })
    }

    /// The keys that the schema knows at the place where a key is refused or missing; none where it refers elsewhere.
    fn keys_beside(&self, error: &jsonschema::ValidationError<'_>) -> Vec<&str> {
        let path = error.schema_path().as_str();
        let around = path.rsplit_once('/').map_or("", |(around, _)| around);
        let properties = self.json.pointer(around).and_then(|it| it.get("properties"));
        properties.and_then(Json::as_object).into_iter().flatten().map(|(key, _)| key.as_str()).collect()
    }
}

fn named_keys(schema: &Json, found: &mut Vec<String>) {
    match schema {
        Json::Object(object) => {
            if let Some(Json::Object(properties)) = object.get("properties") {
                found.extend(properties.keys().cloned());
            }
            object.values().for_each(|it| named_keys(it, found));
        }
        Json::Array(items) => items.iter().for_each(|it| named_keys(it, found)),
        _ => {}
    }
}

fn read_json(path: &Path) -> Result<Json, SchemaError> {
    let source = Source::read(path).map_err(|error| SchemaError::Unreadable(path.to_owned(), error))?;
    let parsed = yaml::parse(source.text(), 0);
    match (parsed.problems.first(), parsed.root) {
        (None, Some(root)) => Ok(root.to_json()),
        (problem, _) => {
            let message = problem.map_or_else(|| "it is empty".to_owned(), |problem| problem.message.clone());
            Err(SchemaError::Malformed(path.to_owned(), message))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(schema: &str, text: &str) -> Vec<String> {
        let root = yaml::parse(text, 0).root;
        let schema = Schema::bundled(schema).expect("bundled");
        schema.violations(root.as_ref(), Span::new(0, 3)).into_iter().map(|it| it.message).collect()
    }

    #[test]
    fn every_bundled_schema_compiles_and_finds_all_violations() {
        assert_eq!(messages("article", "title: x\n"), Vec::<String>::new());
        assert_eq!(
            messages("article", "draft: maybe\n"),
            ["the front matter has no `title`", "`draft` has to be `true` or `false`"]
        );
        assert_eq!(messages("reviewed-health-article", "title: x\nauthor: y\n").len(), 4);
        assert!(Schema::bundled("nothing").is_err());
    }

    #[test]
    fn what_the_build_made_of_a_schema_decides_as_the_schema_does() {
        let texts = [
            "title: x\n",
            "title: ''\n",
            "title: x\nauthor: [a, {name: b}]\nfaq: [{question: a}]\n",
            "title: x\ndescription: y\nauthor: z\nreviewed_by: z\nlast_reviewed: 2026-01-30\nsources: [a]\n",
            "title: x\ndescription: y\nauthor: z\nreviewed_by: null\nlast_reviewed: 2026-01-30\nsources: []\n",
            "title: x\ndescription: y\nauthor: z\nreviewed_by: z\nlast_reviewed: '1'\nsources: [a]\ndate: [1]\n",
        ];
        for name in ["article", "reviewed-health-article"] {
            let schema = Schema::bundled(name).expect("bundled");
            for text in texts {
                let json = yaml::parse(text, 0).root.expect("a mapping").to_json();
                let decided = schema.compiled().validator.is_valid(&json);
                assert_eq!(schema.accepts(&json), decided, "{name}: {text}");
            }
        }
    }

    #[test]
    fn a_wrong_spelling_is_named() {
        let root = yaml::parse("titel: x\n", 0).root;
        let found = Schema::bundled("article").expect("bundled").violations(root.as_ref(), Span::new(0, 3));
        assert_eq!(found[0].help, "rename `titel` to `title`");
        assert_eq!(found[0].span, Span::new(0, 5));
    }
}
