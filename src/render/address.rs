//! How an article's path is written for other programs: with `/`, from where they stand, or as a URI.

use std::path::Path;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};

/// What RFC 3986 leaves as it is in a path; the colon is encoded, as it could be taken for the end of a scheme.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// The path with `/` between its parts.
pub fn slashed(path: &Path) -> String {
    let path = path.to_string_lossy();
    // Elsewhere than on Windows a backslash is a character of the name.
    if cfg!(windows) { path.replace('\\', "/") } else { path.into_owned() }
}

/// As [`slashed`], without the `./` that a walk from the current folder puts before it.
pub fn plain(path: &Path) -> String {
    let path = slashed(path);
    let mut rest = path.as_str();
    while let Some(after) = rest.strip_prefix("./").filter(|it| !it.is_empty()) {
        rest = after.trim_start_matches('/');
    }
    rest.to_owned()
}

/// A relative URI reference; of an absolute path a `file` URI. Bytes that are no UTF-8 stay what they are.
pub fn uri(path: &Path) -> String {
    let encoded = if cfg!(windows) {
        percent_encode(plain(path).as_bytes(), KEPT).to_string()
    } else {
        let relative = path.strip_prefix(".").unwrap_or(path);
        percent_encode(relative.as_os_str().as_encoded_bytes(), KEPT).to_string()
    };
    match (path.is_absolute(), encoded.starts_with('/')) {
        (false, _) => encoded,
        (true, true) => format!("file://{encoded}"),
        (true, false) => format!("file:///{encoded}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_walk_from_the_current_folder_leaves_no_trace() {
        assert_eq!(plain(Path::new("./a/b.md")), "a/b.md");
        assert_eq!(plain(Path::new("../b.md")), "../b.md");
        assert_eq!(uri(Path::new("./a/b.md")), "a/b.md");
    }

    #[test]
    fn what_a_uri_cannot_hold_is_percent_encoded() {
        assert_eq!(uri(Path::new("a b/süß.md")), "a%20b/s%C3%BC%C3%9F.md");
        assert_eq!(uri(Path::new("javascript:x#1?.md")), "javascript%3Ax%231%3F.md");
        assert_eq!(uri(Path::new("100%.md")), "100%25.md");
    }

    #[cfg(unix)]
    #[test]
    fn names_that_are_no_text_keep_their_bytes() {
        use std::os::unix::ffi::OsStrExt as _;
        let path = Path::new(std::ffi::OsStr::from_bytes(b"/a\xff\\.md"));
        assert_eq!(uri(path), "file:///a%FF%5C.md");
    }
}
