//! Sources as a list: publisher, title, year, address, how far it was read, and when.

use super::Context;
use crate::knowledge::sources::{Source, SourceStatus};

/// One line for each source, in the order named.
pub(super) fn list(context: Context<'_>, ids: &[String], indent: &str) -> String {
    let sources = ids.iter().filter_map(|id| context.packs.sources.named(id));
    sources.flat_map(|source| [indent.to_owned(), "- ".to_owned(), line(source), "\n".to_owned()]).collect()
}

fn line(source: &Source) -> String {
    let year = source.year.map(|it| format!(" ({it})")).unwrap_or_default();
    let status = match source.status {
        SourceStatus::Confirmed => "",
        SourceStatus::Mirror => "; read as a copy or a report of it",
        SourceStatus::Memory => "; not read",
    };
    let checked = source.checked.as_ref().map(|day| format!("; checked on {day}")).unwrap_or_default();
    format!("{}, {}{year}, <{}>{status}{checked}", source.publisher, source.title, source.url)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use expect_test::expect;

    use super::*;
    use crate::explain::Form;
    use crate::knowledge::Packs;

    #[test]
    fn a_source_says_how_far_and_when_it_was_read() {
        const PACK: &str = "
sources:
  - {id: a, publisher: A body, title: A page, url: 'https://example.org/a', status: confirmed, checked: 2026-03-01}
  - {id: b, publisher: A body, title: A study, url: 'https://example.org/b', year: 2019, status: mirror}
  - {id: c, publisher: A body, title: A label, url: 'https://example.org/c', status: memory}
";
        let mut packs = Packs::default();
        packs.add(PACK, Path::new("my.yaml")).expect("a pack");
        let context = Context { packs: &packs, form: Form::Terminal };
        let ids = ["b", "a", "gone", "c"].map(str::to_owned);
        expect![[r"
            - A body, A study (2019), <https://example.org/b>; read as a copy or a report of it
            - A body, A page, <https://example.org/a>; checked on 2026-03-01
            - A body, A label, <https://example.org/c>; not read
        "]]
        .assert_eq(&list(context, &ids, ""));
    }
}
