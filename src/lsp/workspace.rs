//! Where documents stand: folders of the client, and the paths behind its URIs.

use std::path::{Path, PathBuf};

use gen_lsp_types::{InitializeParams, Uri, WorkspaceFolder, WorkspaceFolders};
use percent_encoding::percent_decode_str;

/// What a document without a file is called.
const UNTITLED: &str = "stdin.md";

/// The folders that a client starts with, the first one first.
pub(super) fn folders(params: &InitializeParams) -> Vec<PathBuf> {
    let named = &params.workspace_folders_initialize_params.workspace_folders;
    if let Some(WorkspaceFolders::WorkspaceFolderList(folders)) = named
        && !folders.is_empty()
    {
        return folders.iter().filter_map(folder).collect();
    }
    #[expect(deprecated, reason = "older clients send nothing else")]
    let root = params.root_uri.as_ref().and_then(file);
    root.into_iter().collect()
}

/// The path of a folder.
pub(super) fn folder(folder: &WorkspaceFolder) -> Option<PathBuf> {
    file(&folder.uri)
}

/// The path of a document: of a file its own, else a name in the first folder, so that its configuration holds.
pub(super) fn path(uri: &Uri, folders: &[PathBuf]) -> PathBuf {
    file(uri).unwrap_or_else(|| match folders.first() {
        Some(folder) => folder.join(UNTITLED),
        None => std::path::absolute(UNTITLED).unwrap_or_else(|_| PathBuf::from(UNTITLED)),
    })
}

/// The path of a `file` URI on this machine.
pub(super) fn file(uri: &Uri) -> Option<PathBuf> {
    let uri = uri.as_ref();
    let (scheme, rest) = uri.split_once(':')?;
    if !scheme.eq_ignore_ascii_case("file") {
        return None;
    }
    let path = match rest.strip_prefix("//") {
        Some(rest) => {
            let (host, _) = rest.split_at(rest.find('/')?);
            let is_here = host.is_empty() || host.eq_ignore_ascii_case("localhost");
            is_here.then(|| &rest[host.len()..])?
        }
        None => rest,
    };
    let path = path.split(['?', '#']).next()?;
    path.starts_with('/').then(|| decoded(path))
}

#[cfg(unix)]
fn decoded(path: &str) -> PathBuf {
    use std::os::unix::ffi::OsStringExt as _;
    // A name may hold bytes that are no UTF-8.
    PathBuf::from(std::ffi::OsString::from_vec(percent_decode_str(path).collect()))
}

#[cfg(not(unix))]
fn decoded(path: &str) -> PathBuf {
    let path = percent_decode_str(path).decode_utf8_lossy().into_owned();
    let is_drive = path.as_bytes().get(2) == Some(&b':');
    PathBuf::from(if is_drive { &path[1..] } else { &path })
}

/// Whether a document is Markdown, by what the client calls it or by its ending.
pub(super) fn is_article(language: &str, path: &Path) -> bool {
    ["markdown", "mdx"].iter().any(|it| language.eq_ignore_ascii_case(it)) || has_article_ending(path)
}

/// Whether a path ends as articles do.
pub(super) fn has_article_ending(path: &Path) -> bool {
    has_ending(path, &["md", "markdown", "mdx"])
}

/// Whether a path may be a configuration, a pack or a schema.
pub(super) fn may_configure(path: &Path) -> bool {
    has_ending(path, &["yaml", "yml", "json"])
}

fn has_ending(path: &Path, endings: &[&str]) -> bool {
    let ending = path.extension().and_then(|it| it.to_str());
    ending.is_some_and(|it| endings.iter().any(|ending| it.eq_ignore_ascii_case(ending)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file_of(uri: &str) -> Option<String> {
        let path = file(&Uri(uri.to_owned()))?;
        Some(path.to_string_lossy().into_owned())
    }

    #[test]
    fn file_uris_are_decoded() {
        assert_eq!(file_of("file:///a%20b/s%C3%BC%C3%9F.md").as_deref(), Some("/a b/süß.md"));
        assert_eq!(file_of("file:///100%25/%23.md").as_deref(), Some("/100%/#.md"));
        assert_eq!(file_of("file://localhost/a.md").as_deref(), Some("/a.md"));
        assert_eq!(file_of("FILE:/a.md").as_deref(), Some("/a.md"));
        assert_eq!(file_of("file://elsewhere/a.md"), None);
        assert_eq!(file_of("untitled:Untitled-1"), None);
        assert_eq!(file_of("https://example.org/a.md"), None);
    }

    #[test]
    fn a_document_without_a_file_stands_in_the_first_folder() {
        let uri = Uri("untitled:Untitled-1".to_owned());
        assert_eq!(
            path(&uri, &[PathBuf::from("/site"), PathBuf::from("/other")]),
            Path::new("/site/stdin.md")
        );
        assert!(path(&uri, &[]).ends_with("stdin.md"));
    }

    #[test]
    fn markdown_is_told_by_language_or_ending() {
        assert!(is_article("markdown", Path::new("/a.txt")));
        assert!(is_article("plaintext", Path::new("/a.MD")));
        assert!(!is_article("yaml", Path::new("/a.yaml")));
    }
}
