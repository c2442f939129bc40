//! Pieces of other languages in Markdown: shortcodes of Hugo, tags of Liquid, imports of MDX.

use std::path::Path;

/// How many articles hold each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pieces {
    /// `{{< … >}}` or `{{% … %}}`.
    pub hugo: usize,
    /// `{% … %}` or `{{ … }}`.
    pub liquid: usize,
    /// `import … from` or `export …`, in files that do not end in `.mdx`.
    pub mdx: usize,
}

impl Pieces {
    /// What the body of one article holds, code aside.
    pub fn of(path: &Path, body: &str) -> Self {
        let mut pieces = Self::default();
        let mut fence: Option<&str> = None;
        for line in body.lines() {
            let trimmed = line.trim_start();
            let mark = ["```", "~~~"].into_iter().find(|it| trimmed.starts_with(it));
            match (fence, mark) {
                (None, Some(mark)) => fence = Some(mark),
                (Some(open), Some(mark)) if open == mark => fence = None,
                (None, None) => {
                    // Every second piece between backticks is code.
                    for text in line.split('`').step_by(2) {
                        pieces.hugo |=
                            usize::from(encloses(text, "{{<", ">}}") || encloses(text, "{{%", "%}}"));
                        pieces.liquid |= usize::from(is_liquid(text));
                    }
                    pieces.mdx |= usize::from(is_import(line));
                }
                _ => {}
            }
        }
        if path.extension().is_some_and(|it| it == "mdx") {
            pieces.mdx = 0;
        }
        pieces
    }

    /// What more articles hold.
    pub fn add(&mut self, other: Self) {
        self.hugo += other.hugo;
        self.liquid += other.liquid;
        self.mdx += other.mdx;
    }
}

fn encloses(text: &str, open: &str, close: &str) -> bool {
    text.find(open).is_some_and(|at| text[at + open.len()..].contains(close))
}

fn is_liquid(text: &str) -> bool {
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        let here = &rest[at..];
        let is_tag = here.starts_with("{%") && here[2..].contains("%}") && !rest[..at].ends_with('{');
        let is_value =
            here.starts_with("{{") && !here[2..].starts_with(['<', '%']) && here[2..].contains("}}");
        if is_tag || is_value {
            return true;
        }
        // A shortcode of Hugo opens with two.
        let skipped = if here.starts_with("{{") { 2 } else { 1 };
        rest = &here[skipped..];
        if rest.starts_with('%') {
            rest = &rest[1..];
        }
    }
    false
}

/// A line that no sentence looks like: `import Note from './note'`, `export const meta = {`.
fn is_import(line: &str) -> bool {
    let ends = |it: &str| it.trim_end().trim_end_matches(';').ends_with(['"', '\'']);
    let imports = line
        .strip_prefix("import ")
        .is_some_and(|it| ends(it) && (it.contains(" from ") || it.starts_with(['"', '\''])));
    imports || line.starts_with("export const ") || line.starts_with("export default ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(body: &str) -> (usize, usize, usize) {
        let pieces = Pieces::of(Path::new("a.md"), body);
        (pieces.hugo, pieces.liquid, pieces.mdx)
    }

    #[test]
    fn each_language_is_told_from_the_others() {
        assert_eq!(of("{{< figure src=\"a.jpg\" >}} and {{% note %}}x{{% /note %}}"), (1, 0, 0));
        assert_eq!(of("{% include a.html %}"), (0, 1, 0));
        assert_eq!(of("Hello {{ page.title }}"), (0, 1, 0));
        assert_eq!(of("import Note from './note';\n\n<Note />"), (0, 0, 1));
        assert_eq!(of("import the habit from your holidays\n\n{ a set }"), (0, 0, 0));
    }

    #[test]
    fn code_holds_none() {
        assert_eq!(of("Write `{{< figure >}}`.\n\n```\n{% raw %}\nimport a from 'b'\n```\n"), (0, 0, 0));
        assert_eq!(Pieces::of(Path::new("a.mdx"), "import a from 'b'").mdx, 0);
    }
}
