//! The shape of `soreaid-lint.yaml`: exactly what may be written, with the place of every value.
//!
//! Does not say what it means; see `load`.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_saphyr::{Location, Options, Spanned};

use super::{ConfigError, FailOn, Level, Profile};
use crate::locale::Locale;
use crate::severity::Severity;
use crate::source::{Position, Source};
use crate::spelling::suggestion;

/// A whole file.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct File {
    #[serde(default)]
    pub(super) root: bool,
    pub(super) extends: Option<Spanned<String>>,
    pub(super) files: Option<Vec<Spanned<String>>>,
    pub(super) exclude: Option<Vec<Spanned<String>>>,
    pub(super) locale: Option<Locale>,
    pub(super) profile: Option<Profile>,
    pub(super) dialect: Option<Dialect>,
    pub(super) fail_on: Option<FailOn>,
    #[serde(default)]
    pub(super) packs: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) schemas: Vec<SchemaEntry>,
    #[serde(default)]
    pub(super) rules: Entries<RuleEntry>,
    #[serde(default)]
    pub(super) overrides: Vec<Override>,
    /// The schema that editors complete by.
    #[serde(rename = "$schema")]
    _schema: Option<String>,
}

/// What the Markdown of a site holds beside Markdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Dialect {
    /// Shortcodes of Hugo.
    pub hugo: bool,
    /// Tags of Liquid.
    pub liquid: bool,
    /// Components and expressions of MDX; files that end in `.mdx` have them anyway.
    pub mdx: bool,
}

impl Default for Dialect {
    fn default() -> Self {
        Self { hugo: true, liquid: true, mdx: false }
    }
}

/// What holds for some files only.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Override {
    pub(super) files: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) rules: Entries<RuleEntry>,
    pub(super) locale: Option<Locale>,
}

/// A schema for some files.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct SchemaEntry {
    pub(super) files: Vec<Spanned<String>>,
    pub(super) schema: Spanned<String>,
}

/// A mapping whose keys the writer chooses, each with its place.
#[derive(Debug)]
pub(super) struct Entries<T>(pub(super) Vec<(Spanned<String>, T)>);

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Entries<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Reader<T> {
            type Value = Entries<T>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a mapping")
            }

            fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
                Ok(Entries::default())
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_any(Reader(PhantomData))
    }
}

/// A rule's line: a severity, or a mapping that may hold one.
#[derive(Debug, Default)]
pub(super) struct RuleEntry {
    pub(super) level: Option<Level>,
    pub(super) non_suppressible: Option<bool>,
    pub(super) options: Vec<(Spanned<String>, Spanned<Value>)>,
}

impl<'de> Deserialize<'de> for RuleEntry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = RuleEntry;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(
                    "`error`, `warning`, `note`, `off`, or a mapping with `severity`, `non-suppressible` and options",
                )
            }

            fn visit_str<E: de::Error>(self, word: &str) -> Result<Self::Value, E> {
                let level = level(word).ok_or_else(|| E::custom(wrong_level(word)))?;
                Ok(RuleEntry { level: Some(level), ..RuleEntry::default() })
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entry = RuleEntry::default();
                while let Some(key) = map.next_key::<Spanned<String>>()? {
                    match key.value.as_str() {
                        "severity" => {
                            let word: LevelWord = map.next_value()?;
                            entry.level = Some(word.0);
                        }
                        "non-suppressible" => entry.non_suppressible = Some(map.next_value()?),
                        _ => entry.options.push((key, map.next_value()?)),
                    }
                }
                Ok(entry)
            }
        }
        deserializer.deserialize_any(Reader)
    }
}

struct LevelWord(Level);

impl<'de> Deserialize<'de> for LevelWord {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        level(&word).map(Self).ok_or_else(|| de::Error::custom(wrong_level(&word)))
    }
}

const LEVELS: [&str; 4] = ["error", "warning", "note", "off"];

fn level(word: &str) -> Option<Level> {
    Some(match word {
        "error" => Level::At(Severity::Error),
        "warning" => Level::At(Severity::Warning),
        "note" => Level::At(Severity::Note),
        "off" => Level::Off,
        _ => return None,
    })
}

fn wrong_level(word: &str) -> String {
    let hint = suggestion(word, LEVELS);
    format!("`{word}` is no severity; write one of `error`, `warning`, `note`, `off`{hint}")
}

impl File {
    /// Reads the text of a configuration.
    pub(super) fn parse(source: &Source) -> Result<Self, ConfigError> {
        let text = &source.text()[source.text_start()..];
        if is_empty(text) {
            return Ok(Self::default());
        }
        serde_saphyr::from_str_with_options(text, options()).map_err(|error| explained(source, &error))
    }
}

fn options() -> Options {
    let mut options = Options::default();
    options.strict_booleans = true;
    options.leading_zero_numbers_as_strings = true;
    options.underscored_numbers_as_strings = true;
    options.with_snippet = false;
    options
}

/// Nothing but comments is a configuration that says nothing.
fn is_empty(text: &str) -> bool {
    text.lines().map(str::trim).all(|line| line.is_empty() || line.starts_with('#') || line == "---")
}

fn explained(source: &Source, error: &serde_saphyr::Error) -> ConfigError {
    use serde_saphyr::Error;

    let error = error.without_snippet();
    let message = match error {
        Error::SerdeUnknownField { field, expected, .. } => {
            let allowed: Vec<&str> = expected.iter().copied().filter(|&it| it != "$schema").collect();
            format!(
                "unknown key `{field}`{}; allowed here: {}",
                suggestion(field, allowed.iter().copied()),
                quoted(&allowed)
            )
        }
        Error::SerdeUnknownVariant { variant, expected, .. } => {
            let hint = suggestion(variant, expected.iter().copied());
            format!("unknown value `{variant}`{hint}; allowed here: {}", quoted(expected))
        }
        Error::SerdeMissingField { field, .. } => format!("the key `{field}` is missing here"),
        Error::DuplicateMappingKey { key: Some(key), .. } => format!("the key `{key}` stands twice"),
        Error::InvalidBooleanStrict { .. } => "write `true` or `false` here".to_owned(),
        Error::Message { msg, .. } => msg.clone(),
        other => one_line(&other.to_string()),
    };
    let position = error.location().and_then(|location| position(source, location));
    ConfigError { path: source.path().to_owned(), position, message }
}

/// Where a place of the YAML stands in the file.
pub(super) fn position(source: &Source, location: Location) -> Option<Position> {
    if location == Location::UNKNOWN {
        return None;
    }
    location.span().byte_offset().map_or_else(
        || {
            let count = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
            Some(Position { line: count(location.line()), column: count(location.column()) })
        },
        |byte| Some(source.position(source.text_start() + usize::try_from(byte).unwrap_or(usize::MAX))),
    )
}

fn quoted(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
