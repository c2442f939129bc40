//! The JSON Schema that the front matter of the articles follows.
//!
//! It asks for what nearly all articles have, and refuses what nearly none does. A key that it does not name is allowed.

use serde_json::{Map, Value as Json, json};

use super::keys::{Key, Kind, Kinds};
use super::share::Share;
use super::survey::Survey;

/// More keys than anybody reads; the rarest are left out.
const MOST: usize = 100;
/// In so many articles, a key of one alone is more likely a slip than a habit.
const MANY_ARTICLES: usize = 20;

/// The text of the schema.
pub fn text(survey: &Survey) -> String {
    let named = named(survey);
    let required: Vec<&str> =
        named.iter().filter(|(_, key)| is_required(key, survey)).map(|(name, _)| *name).collect();
    let properties: Map<String, Json> = named
        .iter()
        .map(|(name, key)| ((*name).to_owned(), Json::Object(property(name, key, survey))))
        .collect();
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Front matter of an article",
        "description": format!("Written by `soreaid-lint init` from {} articles. Change it as you like.", survey.articles),
        "type": "object",
        "required": required,
        "properties": properties,
        "additionalProperties": true,
    });
    format!("{schema:#}\n")
}

/// Whether an article without it is refused. A key that is always empty is never missed.
pub fn is_required(key: &Key, survey: &Survey) -> bool {
    !key.is_always_empty() && Share::of(key.articles, survey.articles).is_nearly_all()
}

/// Whether it stands in one article alone, though there are many.
pub fn is_stray(key: &Key, survey: &Survey) -> bool {
    key.articles == 1 && survey.articles >= MANY_ARTICLES
}

/// The keys that the schema names. Strays are not: they would be offered as the right spelling of others.
fn named(survey: &Survey) -> Vec<(&str, &Key)> {
    let all = survey.keys.by_frequency().into_iter();
    all.filter(|(name, key)| !name.is_empty() && !is_stray(key, survey)).take(MOST).collect()
}

fn property(name: &str, key: &Key, survey: &Survey) -> Map<String, Json> {
    let mut property = Map::new();
    let mut set = |name: &str, value: Json| property.insert(name.to_owned(), value);
    set("description", json!(format!("In {} of {} articles.", key.articles, survey.articles)));
    if key.is_always_empty() {
        return property;
    }
    let allowed = key.kinds.allowed();
    set("type", types(&allowed));
    if allowed.contains(&Kind::Text) {
        if is_required(key, survey) && !key.has_empty_text {
            set("minLength", json!(1));
        }
        for (name, value) in key.dates.constraint() {
            set(&name, value);
        }
    }
    if let Some(choice) = choice(name, key) {
        let empty = allowed.contains(&Kind::Null).then_some(Json::Null);
        set("enum", choice.into_iter().map(Json::from).chain(empty).collect());
    }
    if allowed.contains(&Kind::List)
        && let Some(items) = items(&key.items)
    {
        set("items", items);
    }
    property
}

/// Its texts, where they are a fixed choice and all that it holds. People, dates and empty texts are none: next year there are others.
pub fn choice<'k>(name: &str, key: &'k Key) -> Option<Vec<&'k str>> {
    const PEOPLE: &[&str] = &["author", "review", "editor", "writer", "contributor", "by"];
    let name = name.to_lowercase();
    let is_person = PEOPLE.iter().any(|word| match *word {
        "by" => name.ends_with("by"),
        word => name.contains(word),
    });
    let only_texts = key.kinds.allowed().iter().all(|kind| matches!(kind, Kind::Text | Kind::Null));
    if is_person || !only_texts || key.dates.are_all() {
        return None;
    }
    key.choice()
}

fn items(kinds: &Kinds) -> Option<Json> {
    let allowed = kinds.allowed();
    (!allowed.is_empty() && allowed != [Kind::Null]).then(|| json!({ "type": types(&allowed) }))
}

fn types(allowed: &[Kind]) -> Json {
    match allowed {
        [one] => json!(one.schema_word()),
        all => all.iter().map(|it| json!(it.schema_word())).collect(),
    }
}
