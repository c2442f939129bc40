//! What a schema has against front matter, in a writer's words and each at its own place.

use jsonschema::error::{TypeKind, ValidationErrorKind};
use serde_json::Value as Json;

use super::Compiled;
use crate::document::yaml::{self, Node};
use crate::span::Span;
use crate::spelling::{nearest, only_nearest};

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

/// The place of a value that a schema refuses.
pub(super) struct Place<'n> {
    key: Option<String>,
    key_span: Span,
    node: Option<&'n Node>,
}

impl<'n> Place<'n> {
    pub(super) fn of(root: Option<&'n Node>, fence: Span, pointer: &str) -> Self {
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

    pub(super) fn violations(
        &self,
        schema: &Compiled,
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
