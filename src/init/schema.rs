//! The JSON Schema that the front matter of the articles follows.
//!
//! It asks for what nearly all articles have, and refuses what nearly none does. A key that it does not name is allowed.
//! What is nested in a key, or in the items of its list, is looked at in the same way.

use serde_json::{Map, Value as Json, json};

use super::keys::{Key, Keys, Kind, Step};
use super::share::Share;
use super::survey::Survey;

/// More keys than anybody reads; the rarest are left out.
const MOST: usize = 100;
/// Among so many articles, a key of one alone is more likely a slip than a habit.
const MANY: usize = 20;
/// From fewer nested mappings than these, nothing follows for the next one.
const FEWEST_NESTED: usize = 3;

/// The text of the schema.
pub fn text(survey: &Survey) -> String {
    let articles = Mappings {
        keys: &survey.keys,
        place: Vec::new(),
        count: survey.articles,
        name: "articles".to_owned(),
    };
    let (required, properties) = articles.described();
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

/// Whether one of so many mappings without the key is refused. A key that is always empty is never missed.
pub fn is_required(key: &Key, mappings: usize) -> bool {
    !key.is_always_empty() && Share::of(key.count, mappings).is_nearly_all()
}

/// Whether it stands in one mapping alone, though there are many.
pub fn is_stray(key: &Key, mappings: usize) -> bool {
    key.count == 1 && mappings >= MANY
}

/// All mappings that stand in one place of the articles.
struct Mappings<'s> {
    keys: &'s Keys,
    place: Vec<Step>,
    count: usize,
    /// As descriptions call them: `articles`, ``articles with `seo` ``, ``items of `faq` ``.
    name: String,
}

impl Mappings<'_> {
    /// The keys that are asked for, and what is said of each.
    fn described(&self) -> (Vec<&str>, Map<String, Json>) {
        let named = self.named();
        let required = named.iter().filter(|(_, key)| self.ask_for(key)).map(|(name, _)| *name).collect();
        let properties =
            named.iter().map(|(name, key)| ((*name).to_owned(), self.property(name, key).into())).collect();
        (required, properties)
    }

    /// The keys that the schema names. Strays are not: they would be offered as the right spelling of others.
    fn named(&self) -> Vec<(&str, &Key)> {
        let all = self.keys.by_frequency(&self.place).into_iter();
        all.filter(|(name, key)| !name.is_empty() && !is_stray(key, self.count)).take(MOST).collect()
    }

    fn ask_for(&self, key: &Key) -> bool {
        let are_enough = self.place.is_empty() || self.count >= FEWEST_NESTED;
        are_enough && is_required(key, self.count)
    }

    fn property(&self, name: &str, key: &Key) -> Map<String, Json> {
        let mut property = Map::new();
        let mut set = |name: &str, value: Json| property.insert(name.to_owned(), value);
        set("description", json!(format!("In {} of {} {}.", key.count, self.count, self.name)));
        if key.is_always_empty() {
            return property;
        }
        let allowed = key.kinds.allowed();
        set("type", types(&allowed));
        if allowed.contains(&Kind::Text) {
            if self.ask_for(key) && !key.has_empty_text {
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
            && let Some(items) = self.items(name, key)
        {
            set("items", items.into());
        }
        if allowed.contains(&Kind::Mapping) {
            property.extend(self.below(name, key, None).nested());
        }
        property
    }

    fn items(&self, name: &str, key: &Key) -> Option<Map<String, Json>> {
        let allowed = key.items.allowed();
        if allowed.is_empty() || allowed == [Kind::Null] {
            return None;
        }
        let mut items = Map::new();
        items.insert("type".to_owned(), types(&allowed));
        if allowed.contains(&Kind::Mapping) {
            items.extend(self.below(name, key, Some(Step::Item)).nested());
        }
        Some(items)
    }

    /// Those that stand under a key, or in the items of its list.
    fn below(&self, name: &str, key: &Key, item: Option<Step>) -> Self {
        let count = if item.is_some() { key.items.mappings() } else { key.kinds.mappings() };
        let mut place = self.place.clone();
        place.push(Step::Key(name.to_owned()));
        place.extend(item);
        let name = named_place(&place);
        Mappings { keys: self.keys, place, count, name }
    }

    /// What a schema says of such a mapping, where any key of it is known.
    fn nested(&self) -> Map<String, Json> {
        let (required, properties) = self.described();
        let mut nested = Map::new();
        if !required.is_empty() {
            nested.insert("required".to_owned(), json!(required));
        }
        if !properties.is_empty() {
            nested.insert("properties".to_owned(), properties.into());
        }
        nested
    }
}

fn named_place(place: &[Step]) -> String {
    let keys: Vec<&str> = place
        .iter()
        .filter_map(|step| match step {
            Step::Key(name) => Some(name.as_str()),
            Step::Item => None,
        })
        .collect();
    let keys = keys.join(".");
    match place.last() {
        Some(Step::Item) => format!("items of `{keys}`"),
        _ if place.contains(&Step::Item) => format!("items with `{keys}`"),
        _ => format!("articles with `{keys}`"),
    }
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

fn types(allowed: &[Kind]) -> Json {
    match allowed {
        [one] => json!(one.schema_word()),
        all => all.iter().map(|it| json!(it.schema_word())).collect(),
    }
}
