//! `uninformative-alt-text`.

use crate::declare_rule;
use crate::diagnostic::Finding;
use crate::document::blocks::Image;
use crate::rule::Article;

declare_rule! {
    /// ## What it flags
    ///
    /// A picture whose alternative text is missing, is a file name, or repeats the title of the article. `alt=""` in
    /// HTML marks a picture as decorative and is fine.
    ///
    /// ## Why it matters
    ///
    /// It is all that readers get who cannot see the picture.
    ///
    /// ## Example
    ///
    /// ```markdown
    /// ![IMG_4471.JPG](/img/wrap.jpg)
    /// ```
    ///
    /// ## Instead
    ///
    /// `![A knee wrapped in a striped tea towel](/img/wrap.jpg)`
    "uninformative-alt-text", Warning, "a picture without a description that helps"
}

fn check(article: Article<'_>) -> Vec<Finding> {
    let document = article.document;
    let title = document.title.map(|title| comparable(document.block(title).prose.text()));
    document
        .content
        .images
        .iter()
        .filter_map(|image| {
            let message = fault(image, title.as_deref())?;
            let span = image.alt_span.filter(|span| !span.is_empty()).unwrap_or(image.span);
            let help = "say what the picture shows, in a few words";
            Some(Finding::new(span, message).label("describes nothing").help(help))
        })
        .collect()
}

fn fault(image: &Image, title: Option<&str>) -> Option<String> {
    let Some(alt) = image.alt.as_deref().map(str::trim) else {
        return Some("the picture has no alternative text".to_owned());
    };
    if alt.is_empty() {
        // An empty attribute in HTML says that the picture is decoration; empty brackets in Markdown say nothing.
        return (!image.html).then(|| "the picture has no alternative text".to_owned());
    }
    if is_file_name(alt) {
        return Some(format!("the alternative text `{alt}` is a file name"));
    }
    if title.is_some_and(|title| title == comparable(alt)) {
        return Some("the alternative text repeats the title of the article".to_owned());
    }
    let says_nothing = matches!(comparable(alt).as_str(), "image" | "photo" | "picture" | "img" | "screenshot" | "alt text" | "untitled");
    says_nothing.then(|| format!("the alternative text `{alt}` says nothing of the picture"))
}

/// `IMG_4471.JPG`, `wrap-a-knee-step-3.webp`, `DSC_0912`.
fn is_file_name(alt: &str) -> bool {
    const ENDINGS: &[&str] = &[".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".avif", ".heic", ".bmp", ".tif", ".tiff"];
    let lower = alt.to_lowercase();
    let has_ending = ENDINGS.iter().any(|ending| lower.ends_with(ending));
    let one_word = !alt.contains(char::is_whitespace);
    let digits = alt.chars().filter(char::is_ascii_digit).count();
    let camera = one_word && digits >= 3 && (lower.starts_with("img") || lower.starts_with("dsc") || lower.starts_with("pxl")
        || lower.starts_with("image") || lower.starts_with("photo") || lower.starts_with("screenshot") || lower.starts_with("pexels"));
    let slug = one_word && alt.len() > 12 && (alt.matches('_').count() >= 2 || (alt.matches('-').count() >= 3 && digits > 0));
    has_ending || camera || slug
}

fn comparable(text: &str) -> String {
    let letters = text.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' });
    let lower: String = letters.flat_map(char::to_lowercase).collect();
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}
