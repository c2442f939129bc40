//! Data flows one way: each module uses only those above it in `lib.rs`, and a rule uses no other rule.

#![expect(clippy::disallowed_methods, reason = "a test may read files")]

mod tree;

use std::fs;
use std::path::Path;

/// The modules of `lib.rs`, in order.
fn layers() -> Vec<String> {
    let text = fs::read_to_string("src/lib.rs").expect("src/lib.rs");
    let names = text.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    names.map(str::to_owned).collect()
}

/// The first names after `crate::`.
fn used(text: &str) -> Vec<String> {
    text.split("crate::")
        .skip(1)
        .map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect())
        .collect()
}

#[test]
fn each_module_uses_only_those_above_it() {
    let layers = layers();
    let level = |name: &str| layers.iter().position(|it| it == name);
    let mut files = Vec::new();
    tree::files(Path::new("src"), "rs", &mut files);
    for path in files {
        let inside = path.strip_prefix("src").expect("inside src");
        let module = inside.components().next().expect("a name").as_os_str().to_string_lossy().into_owned();
        let module = module.trim_end_matches(".rs");
        let Some(own) = level(module) else { continue };
        // What a test uses is free.
        let text = fs::read_to_string(&path).expect("a source");
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        for name in used(text) {
            if let Some(other) = level(&name) {
                assert!(other <= own, "{} uses `{name}`, which stands below it", path.display());
            }
        }
    }
}

#[test]
fn a_rule_uses_no_other_rule_and_no_seam_is_crossed() {
    let mut files = Vec::new();
    tree::files(Path::new("src"), "rs", &mut files);
    for path in files {
        let text = fs::read_to_string(&path).expect("a source");
        let name = path.to_string_lossy().replace('\\', "/");
        if name.starts_with("src/rules/") && !name.ends_with("mod.rs") {
            assert!(!text.contains("crate::rules"), "{name} uses another rule");
        }
        if name != "src/render/pretty.rs" {
            assert!(!text.contains("codespan_reporting"), "{name} uses codespan");
        }
        if name != "src/document/markdown.rs" {
            assert!(!text.contains("pulldown_cmark"), "{name} uses pulldown-cmark");
        }
        let before_tests = text.split("#[cfg(test)]").next().unwrap_or_default();
        if !["src/source.rs", "src/stamp.rs", "src/overwrite.rs", "src/cli/mod.rs"].contains(&name.as_str()) {
            assert!(!before_tests.contains("std::fs"), "{name} touches the file system");
        }
        if name != "src/document/yaml.rs" {
            assert!(!text.contains("granit_parser"), "{name} uses granit-parser");
        }
        if !name.starts_with("src/lsp/") {
            for it in ["gen_lsp_types", "lsp_server"] {
                assert!(!text.contains(it), "{name} knows the protocol of editors");
            }
        }
        if name != "src/lsp/position.rs" {
            assert!(!text.to_lowercase().contains("utf16"), "{name} counts in UTF-16");
        }
        assert!(text.lines().count() <= 500, "{name} is too long: split it");
    }
}
