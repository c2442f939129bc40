//! `uninformative-alt-text`.

use crate::declare_rule;
use crate::diagnostic::Finding;
use crate::document::blocks::Image;
use crate::rule::Article;

declare_rule! {
    /// ## What it flags
    ///
    /// A picture whose alternative text is missing, is a file name, or repeats the title of the article. `alt=""` in
    /// HTML marks a picture as decorative and is fine; empty brackets in Markdown look like words that were forgotten.
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

/// Alternative texts that would fit every picture.
const NOTHING: &[&str] = &[
    "image", "photo", "picture", "img", "pic", "screenshot", "alt text", "alt", "untitled", "graphic", "figure",
    "image description", "photo description", "image of", "featured image", "image alt text", "placeholder",
    "description", "banner", "thumbnail", "stock photo",
];

fn fault(image: &Image, title: Option<&str>) -> Option<String> {
    let Some(alt) = image.alt.as_deref().map(str::trim) else {
        return Some("the picture has no alternative text".to_owned());
    };
    if alt.is_empty() {
        // An empty attribute in HTML says that the picture is decoration; empty brackets in Markdown say nothing.
        return (!image.html).then(|| "the picture has no alternative text".to_owned());
    }
    if is_file_name(alt) || is_name_of(alt, &image.url) {
        return Some(format!("the alternative text `{alt}` is a file name"));
    }
    if title.is_some_and(|title| title == comparable(alt)) {
        return Some("the alternative text repeats the title of the article".to_owned());
    }
    let says_nothing = NOTHING.contains(&comparable(alt).as_str());
    says_nothing.then(|| format!("the alternative text `{alt}` says nothing of the picture"))
}

/// `IMG_4471.JPG`, `DSC 0912`, `shutterstock_398237221`, `Wrap-a-Knee_step_3`.
fn is_file_name(alt: &str) -> bool {
    const ENDINGS: &[&str] =
        &[".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".avif", ".heic", ".bmp", ".tif", ".tiff"];
    // How cameras, phones, agencies and editors begin the names of their files.
    const BEGINNINGS: &[&str] = &[
        "img", "dsc", "dscn", "dscf", "pxl", "image", "photo", "picture", "pic", "screenshot", "screen shot", "pexels",
        "unsplash", "shutterstock", "istock", "istockphoto", "adobestock", "gettyimages", "depositphotos", "pixabay",
        "dreamstime", "untitled", "whatsapp image", "scan", "pexels photo", "unnamed", "download",
    ];
    let lower = alt.to_lowercase();
    if ENDINGS.iter().any(|ending| lower.ends_with(ending)) {
        return true;
    }
    let is_numbered = BEGINNINGS.iter().any(|beginning| {
        lower.strip_prefix(beginning).is_some_and(|rest| {
            rest.contains(|c: char| c.is_ascii_digit())
                && rest
                    .split(|c: char| !c.is_alphabetic())
                    .all(|word| matches!(word, "" | "at" | "am" | "pm" | "photo" | "image" | "copy" | "final" | "edited" | "scaled" | "x"))
        })
    });
    let one_word = !alt.contains(char::is_whitespace);
    let digits = alt.chars().filter(char::is_ascii_digit).count();
    let slug = one_word
        && alt.len() > 12
        && (alt.matches('_').count() >= 2 || (alt.matches('-').count() >= 3 && digits > 0));
    is_numbered || slug
}

/// Whether it is the name of the picture's own file, as it stands there: `woman-massage-spa`.
fn is_name_of(alt: &str, url: &str) -> bool {
    let file = url.split(['?', '#']).next().unwrap_or_default().rsplit('/').next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    !alt.contains(char::is_whitespace) && alt.contains(['-', '_']) && stem.eq_ignore_ascii_case(alt)
}

fn comparable(text: &str) -> String {
    let letters = text.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' });
    let lower: String = letters.flat_map(char::to_lowercase).collect();
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}
