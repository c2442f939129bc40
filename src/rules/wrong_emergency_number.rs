//! `wrong-emergency-number`.

use crate::locale::Locale;
use crate::declare_rule;
use crate::diagnostic::Finding;
use crate::reading::called::CalledNumber;
use crate::rule::Article;

declare_rule! {
    /// ## What it flags
    ///
    /// An emergency or urgent-advice number that is not of the locale of the configuration; without a locale, numbers
    /// of different countries in one article. A number with its region (`911 in the US`) is right.
    ///
    /// ## Why it matters
    ///
    /// A wrong number costs the minutes that count.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// Call 999 if someone faints. In the plunge pool, dial 911.
    /// ```
    ///
    /// ## Instead
    ///
    /// `Call 999 (911 in the US).`
    "wrong-emergency-number", Warning, "an emergency number of another country"
}

fn check(article: Article<'_>) -> Vec<Finding> {
    let knowledge = article.knowledge;
    let numbers = || article.reading.numbers.iter().filter(|it| !it.names_region);
    if let Some(locale) = article.settings.locale {
        let right: Vec<&str> = knowledge.numbers_of(locale);
        return numbers()
            .filter(|it| !knowledge.number_locales(&it.number).contains(&locale))
            .map(|it| {
                let message = format!("`{}` is no number to call in the locale {locale}", it.number);
                Finding::new(it.span, message)
                    .label("of another country")
                    .help(format!("write {}, or say for which country this number is", right.join(" or ")))
            })
            .collect();
    }
    mixed(article, &numbers().collect::<Vec<_>>()).into_iter().collect()
}

/// The first number that shares no country with those before it.
fn mixed(article: Article<'_>, numbers: &[&CalledNumber]) -> Option<Finding> {
    let first = numbers.first()?;
    let mut shared: Vec<Locale> = article.knowledge.number_locales(&first.number);
    for number in &numbers[1..] {
        let locales = article.knowledge.number_locales(&number.number);
        shared.retain(|locale| locales.contains(locale));
        if shared.is_empty() {
            let message = format!("`{}` and `{}` are numbers of different countries", first.number, number.number);
            let finding = Finding::new(number.span, message)
                .label("another country")
                .also(first.span, "the first number")
                .help("keep the numbers of one country, or say for which country each is");
            return Some(finding);
        }
    }
    None
}
