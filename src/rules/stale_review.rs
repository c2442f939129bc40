//! `stale-review`.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::declare_rule;
use crate::diagnostic::Finding;
use crate::document::yaml::Value;
use crate::rule::Article;
use crate::span::Span;

declare_rule! {
    /// ## What it flags
    ///
    /// A last review that is older than the limit (option `months`, 36 by default), or a next review that is past.
    ///
    /// ## Why it matters
    ///
    /// Advice on health changes. An old date says that nobody has looked.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// last_reviewed: 2019-03-01
    /// ```
    ///
    /// ## Instead
    ///
    /// Have the article reviewed, and set the date.
    "stale-review", Warning, "a review that is too long ago, or overdue",
    options: { "months": Count }
}

const LAST: &[&str] = &["last_reviewed", "lastReviewed", "reviewed", "review_date", "date_reviewed", "reviewed_on", "medically_reviewed_on"];
const NEXT: &[&str] = &["next_review", "nextReview", "review_due", "next_review_due", "review_by"];
const DEFAULT_MONTHS: i64 = 36;

fn check(article: Article<'_>) -> Vec<Finding> {
    let months = article.settings.option(RULE.id, "months").and_then(serde_json::Value::as_i64).unwrap_or(DEFAULT_MONTHS);
    let mut findings = Vec::new();
    if let Some((date, span)) = dated(article, LAST) {
        let limit = date.checked_add(months.months()).unwrap_or(Date::MAX);
        if limit < article.surroundings.today() {
            findings.push(
                Finding::new(span, format!("the last review, on {date}, is more than {months} months ago"))
                    .label("too long ago")
                    .help("have the article reviewed, and set the date"),
            );
        }
    }
    if let Some((date, span)) = dated(article, NEXT)
        && date < article.surroundings.today()
    {
        findings.push(
            Finding::new(span, format!("the next review was due on {date}"))
                .label("overdue")
                .help("have the article reviewed, and set both dates"),
        );
    }
    findings
}

fn dated(article: Article<'_>, keys: &[&str]) -> Option<(Date, Span)> {
    let entry = article.document.front_matter.as_ref()?.first_of(keys)?;
    let text = match &entry.value.value {
        Value::Text(text) => text.clone(),
        _ => return None,
    };
    parse_date(&text).map(|date| (date, entry.value.span))
}

/// The spellings of dates that front matter carries. One whose day and month could be exchanged is left alone.
fn parse_date(text: &str) -> Option<Date> {
    let text = text.trim();
    if let Some(day) = text.get(..10)
        && let Ok(date) = day.parse::<Date>()
    {
        return Some(date);
    }
    let formats = ["%B %d, %Y", "%d %B %Y", "%b %d, %Y", "%d %b %Y", "%B %d %Y", "%Y/%m/%d", "%d.%m.%Y"];
    formats.iter().find_map(|format| Date::strptime(format, text).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_usual_spellings() {
        for text in ["2024-01-30", "2024-01-30 09:12:44 +0700", "2024-01-30T09:12:44Z", "January 30, 2024", "30 January 2024"] {
            assert_eq!(parse_date(text), Some(jiff::civil::date(2024, 1, 30)), "{text}");
        }
        assert_eq!(parse_date("04/03/2025"), None);
    }
}
