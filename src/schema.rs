//! JSON Schemas that front matter is held to, and violations in a writer's words, each at its own place.
//!
//! No schema reaches the network: a reference leads to a bundled schema, into the schema itself, or to a file in the
//! folder of the schema. Patterns run on a linear-time engine.

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::{PatternOptions, Retrieve, Uri, Validator};
use serde_json::Value as Json;

use crate::config::{SchemaChoice, Settings};
use crate::document::Document;
use crate::document::yaml::{self, Node};
use crate::source::{Source, SourceError};
use crate::span::Span;
use crate::spelling::{nearest, only_nearest};

/// The schema that holds where none is chosen.
pub const DEFAULT: &str = "article";

const BUNDLED: &[(&str, &str)] = &[
    ("article", include_str!("../schemas/article.schema.json")),
    ("reviewed-health-article", include_str!("../schemas/reviewed-health-article.schema.json")),
];

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

/// What front matter has wrong by a schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// The value, the key, or what holds a missing key.
    pub span: Span,
    /// One line.
    pub message: String,
    /// What to do.
    pub help: String,
    /// Set where the span is a key that one other spelling, and no second one, would put right.
    pub spelling: Option<Spelling>,
}

/// How a key is most likely meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spelling {
    /// The schema refuses the key, and knows this one, which is not given yet.
    Refused(String),
    /// The schema lets the key be, and misses this one.
    Missing(String),
}

impl Schema {
    /// A schema of the program's own, compiled once.
    ///
    /// # Panics
    ///
    /// Never: a test reads all that is built in.
    pub fn bundled(name: &str) -> Result<Arc<Self>, SchemaError> {
        static COMPILED: [OnceLock<Arc<Schema>>; BUNDLED.len()] = [const { OnceLock::new() }; BUNDLED.len()];
        let index = BUNDLED
            .iter()
            .position(|(known, _)| *known == name)
            .ok_or_else(|| SchemaError::Unknown(name.to_owned()))?;
        let compile = || {
            let json = serde_json::from_str(BUNDLED[index].1).expect("a test compiles every bundled schema");
            Arc::new(Self::compile(name, &json, None).expect("a test compiles every bundled schema"))
        };
        Ok(Arc::clone(COMPILED[index].get_or_init(compile)))
    }

    /// A schema from a JSON or YAML file.
    pub fn read(path: &Path) -> Result<Self, SchemaError> {
        let json = read_json(path)?;
        Self::compile(&path.display().to_string(), &json, Some(path))
    }

    fn compile(name: &str, json: &Json, path: Option<&Path>) -> Result<Self, SchemaError> {
        let folder = path.and_then(Path::parent).map(Path::to_owned);
        let base = path.map_or_else(|| "bundled:///".to_owned(), |path| format!("file://{}", path.display()));
        let validator = jsonschema::options()
            .with_base_uri(base)
            .with_retriever(Local { folder })
            .with_pattern_options(PatternOptions::regex())
            .should_validate_formats(true)
            .build(json)
            .map_err(|error| SchemaError::Unusable(name.to_owned(), error.to_string()))?;
        let mut keys = Vec::new();
        named_keys(json, &mut keys);
        Ok(Self { name: name.to_owned(), validator, keys, json: json.clone() })
    }

    /// What it is called: a bundled name, or its path.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether an article without front matter violates it.
    pub fn wants_front_matter(&self) -> bool {
        !self.validator.is_valid(&Json::Object(serde_json::Map::new()))
    }

    /// The keys that the schema knows at the place where a key is refused or missing; none where it refers elsewhere.
    fn keys_beside(&self, error: &jsonschema::ValidationError<'_>) -> Vec<&str> {
        let path = error.schema_path().as_str();
        let around = path.rsplit_once('/').map_or("", |(around, _)| around);
        let properties = self.json.pointer(around).and_then(|it| it.get("properties"));
        properties.and_then(Json::as_object).into_iter().flatten().map(|(key, _)| key.as_str()).collect()
    }

    /// All violations, in source order. `fence` is where what is missing at the top level is reported.
    pub fn violations(&self, root: Option<&Node>, fence: Span) -> Vec<Violation> {
        let json = root.map_or_else(|| Json::Object(serde_json::Map::new()), Node::to_json);
        let mut found = Vec::new();
        for error in self.validator.iter_errors(&json) {
            let place = Place::of(root, fence, error.instance_path().as_str());
            place.violations(self, &error, &mut found);
        }
        found.sort_by_key(|it| it.span);
        found.dedup();
        found
    }
}

/// The place of a value that a schema refuses.
struct Place<'n> {
    key: Option<String>,
    key_span: Span,
    node: Option<&'n Node>,
}

impl<'n> Place<'n> {
    fn of(root: Option<&'n Node>, fence: Span, pointer: &str) -> Self {
        let found = root.and_then(|root| root.at(pointer));
        let key =
            pointer.rsplit('/').find(|it| !it.is_empty() && it.parse::<usize>().is_err()).map(str::to_owned);
        let key_span = found
            .and_then(|(key, _)| key)
            .or_else(|| found.filter(|_| !pointer.is_empty()).map(|it| it.1.span));
        Self { key, key_span: key_span.unwrap_or(fence), node: found.map(|(_, node)| node) }
    }

    fn value_span(&self) -> Span {
        self.node.map(|node| node.span).filter(|span| !span.is_empty()).unwrap_or(self.key_span)
    }

    fn violations(
        &self,
        schema: &Schema,
        error: &jsonschema::ValidationError<'_>,
        found: &mut Vec<Violation>,
    ) {
        let name = self.key.as_ref().map_or_else(|| "the front matter".to_owned(), |key| format!("`{key}`"));
        let mut at_value = |message: String, help: String| {
            found.push(Violation { span: self.value_span(), message, help, spelling: None });
        };
        match error.kind() {
            ValidationErrorKind::Required { property } => {
                let missing = property.as_str().unwrap_or_default();
                let near = self.keys().into_iter().find(|(key, _)| nearest(missing, [*key]).is_some());
                let help = match near {
                    Some((key, _)) => format!("rename `{key}` to `{missing}`"),
                    None => format!("add `{missing}:` with a value"),
                };
                let span = near.map_or(self.key_span, |(_, span)| span);
                let known = schema.keys_beside(error);
                let is_free = near.is_some_and(|(key, _)| !known.contains(&key));
                let spelling = is_free.then(|| Spelling::Missing(missing.to_owned()));
                found.push(Violation { span, message: format!("{name} has no `{missing}`"), help, spelling });
            }
            ValidationErrorKind::AdditionalProperties { unexpected }
            | ValidationErrorKind::UnevaluatedProperties { unexpected } => {
                for key in unexpected {
                    let span =
                        self.keys().into_iter().find(|(it, _)| it == key).map_or(self.key_span, |it| it.1);
                    let near = nearest(key, schema.keys.iter().map(String::as_str));
                    let help =
                        near.map_or_else(|| "remove it".to_owned(), |near| format!("did you mean `{near}`?"));
                    let given = self.keys();
                    let mut free = schema.keys_beside(error);
                    free.retain(|known| given.iter().all(|(key, _)| key != known));
                    let spelling =
                        only_nearest(key, &free).map(|wanted| Spelling::Refused(wanted.to_owned()));
                    let message = format!("`{key}` is no key of {name}");
                    found.push(Violation { span, message, help, spelling });
                }
            }
            ValidationErrorKind::Type { kind } => {
                let wanted = kinds(kind);
                at_value(format!("{name} has to be {wanted}"), format!("write {wanted}"));
            }
            ValidationErrorKind::Enum { options } => {
                let options: Vec<&str> =
                    options.as_array().into_iter().flatten().filter_map(Json::as_str).collect();
                let given = self.node.and_then(Node::as_text).unwrap_or_default();
                let near = nearest(given, options.iter().copied());
                let help = near.map_or_else(
                    || format!("write one of {}", listed(&options)),
                    |near| format!("did you mean `{near}`?"),
                );
                at_value(format!("{name} cannot be `{given}`; it is one of {}", listed(&options)), help);
            }
            ValidationErrorKind::Constant { expected_value } => {
                at_value(format!("{name} has to be `{expected_value}`"), format!("write `{expected_value}`"));
            }
            ValidationErrorKind::Pattern { pattern } => {
                at_value(
                    format!("{name} does not have the form that the schema asks for"),
                    format!("make it match `{pattern}`"),
                );
            }
            ValidationErrorKind::Format { format } => {
                let example = match format.as_str() {
                    "date" => "2026-01-30",
                    "date-time" => "2026-01-30T09:00:00Z",
                    "email" => "name@example.org",
                    "uri" => "https://example.org/",
                    _ => "",
                };
                let help = if example.is_empty() {
                    format!("write a {format}")
                } else {
                    format!("write it like `{example}`")
                };
                at_value(format!("{name} is no valid {format}"), help);
            }
            ValidationErrorKind::MinLength { limit: 1 } => {
                at_value(format!("{name} is empty"), "write a value".to_owned());
            }
            ValidationErrorKind::MinLength { limit } => {
                at_value(
                    format!("{name} is shorter than {limit} characters"),
                    format!("write at least {limit} characters"),
                );
            }
            ValidationErrorKind::MaxLength { limit } => {
                at_value(
                    format!("{name} is longer than {limit} characters"),
                    format!("shorten it to {limit} characters"),
                );
            }
            ValidationErrorKind::MinItems { limit } => {
                at_value(format!("{name} has fewer than {limit} entries"), format!("give at least {limit}"));
            }
            ValidationErrorKind::MaxItems { limit } => {
                at_value(format!("{name} has more than {limit} entries"), format!("keep at most {limit}"));
            }
            ValidationErrorKind::UniqueItems => {
                at_value(format!("{name} holds the same entry twice"), "remove one of them".to_owned());
            }
            ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } => {
                let wanted: Vec<String> = context
                    .iter()
                    .flatten()
                    .filter_map(|error| match error.kind() {
                        ValidationErrorKind::Type { kind }
                            if error.instance_path() == context[0][0].instance_path() =>
                        {
                            Some(kinds(kind))
                        }
                        _ => None,
                    })
                    .collect();
                let wanted =
                    if wanted.is_empty() { "another kind of value".to_owned() } else { wanted.join(" or ") };
                at_value(format!("{name} has to be {wanted}"), format!("write {wanted}"));
            }
            ValidationErrorKind::Not { .. } | ValidationErrorKind::FalseSchema => {
                at_value(
                    format!("{name} cannot have this value"),
                    "give another value, or remove the key".to_owned(),
                );
            }
            _ => {
                let message = error.to_string().split_whitespace().collect::<Vec<_>>().join(" ");
                at_value(format!("{name}: {message}"), "change it to what the schema asks for".to_owned());
            }
        }
    }

    fn keys(&self) -> Vec<(&'n str, Span)> {
        match self.node.map(|node| &node.value) {
            Some(yaml::Value::Mapping(entries)) => {
                entries.iter().map(|it| (it.key.as_str(), it.key_span)).collect()
            }
            _ => Vec::new(),
        }
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

fn listed(options: &[&str]) -> String {
    options.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ")
}

fn kinds(kind: &TypeKind) -> String {
    let words = |name: &str| match name {
        "string" => "text",
        "integer" => "a whole number",
        "number" => "a number",
        "boolean" => "`true` or `false`",
        "array" => "a list",
        "object" => "keys with values",
        _ => "empty",
    };
    match kind {
        TypeKind::Single(it) => words(&it.to_string()).to_owned(),
        TypeKind::Multiple(all) => {
            let mut names: Vec<&str> =
                all.iter().map(|it| words(&it.to_string())).filter(|it| *it != "empty").collect();
            names.dedup();
            names.join(" or ")
        }
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

/// Finds what schemas refer to, on this machine alone.
struct Local {
    /// References lead no further up than this folder.
    folder: Option<PathBuf>,
}

impl Retrieve for Local {
    fn retrieve(&self, uri: &Uri<String>) -> Result<Json, Box<dyn std::error::Error + Send + Sync>> {
        let uri = uri.as_str();
        let name = uri.rsplit('/').next().unwrap_or_default().trim_end_matches(".schema.json");
        if uri.starts_with("bundled:") || self.folder.is_none() {
            let (_, text) =
                BUNDLED.iter().find(|(known, _)| *known == name).ok_or("no such bundled schema")?;
            return Ok(serde_json::from_str(text)?);
        }
        let Some(path) = uri.strip_prefix("file://") else {
            return Err(format!(
                "`{uri}` lies outside this machine; schemas are read from the project alone"
            )
            .into());
        };
        let path =
            Path::new(path).canonicalize().map_err(|error| format!("failed to read {path}: {error}"))?;
        let folder =
            self.folder.as_deref().map(|it| if it.as_os_str().is_empty() { Path::new(".") } else { it });
        let is_inside = folder.and_then(|it| it.canonicalize().ok()).is_some_and(|it| path.starts_with(it));
        if !is_inside {
            return Err(format!("`{}` lies outside the folder of the schema", path.display()).into());
        }
        Ok(read_json(&path)?)
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
    fn a_schema_without_a_folder_in_its_path_lies_in_the_current_one() {
        let local = Local { folder: Some(PathBuf::new()) };
        let outside = tempfile::NamedTempFile::new().expect("a file");
        let uri = |path: &Path| Uri::parse(format!("file://{}", path.display())).expect("an address");
        let error = local.retrieve(&uri(outside.path())).expect_err("it lies outside");
        assert!(error.to_string().contains("lies outside the folder of the schema"), "{error}");
        let inside = Path::new("schemas/article.schema.json").canonicalize().expect("a file");
        assert!(local.retrieve(&uri(&inside)).is_ok());
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
    fn a_wrong_spelling_is_named() {
        let root = yaml::parse("titel: x\n", 0).root;
        let found = Schema::bundled("article").expect("bundled").violations(root.as_ref(), Span::new(0, 3));
        assert_eq!(found[0].help, "rename `titel` to `title`");
        assert_eq!(found[0].span, Span::new(0, 5));
    }
}
