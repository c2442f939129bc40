//! What schemas refer to: found on this machine alone, and no further up than the schema itself.

use std::path::{Path, PathBuf};

use jsonschema::{Retrieve, Uri};
use serde_json::Value as Json;

use super::bundled::Bundled;
use super::read_json;

/// Finds what schemas refer to, on this machine alone.
pub(super) struct Local {
    /// References lead no further up than this folder.
    pub(super) folder: Option<PathBuf>,
}

impl Retrieve for Local {
    fn retrieve(&self, uri: &Uri<String>) -> Result<Json, Box<dyn std::error::Error + Send + Sync>> {
        let uri = uri.as_str();
        let name = uri.rsplit('/').next().unwrap_or_default().trim_end_matches(".schema.json");
        if uri.starts_with("bundled:") || self.folder.is_none() {
            let bundled = Bundled::named(name).ok_or("no such bundled schema")?;
            return Ok(serde_json::from_str(bundled.text)?);
        }
        let Some(path) = uri.strip_prefix("file://") else {
            return Err(format!(
                "`{uri}` lies outside this machine; schemas are read from the project alone"
            )
            .into());
        };
        let path =
            Path::new(path).canonicalize().map_err(|error| format!("failed to read {path}: {error}"))?;
        let folder =
            self.folder.as_deref().map(|it| if it.as_os_str().is_empty() { Path::new(".") } else { it });
        let is_inside = folder.and_then(|it| it.canonicalize().ok()).is_some_and(|it| path.starts_with(it));
        if !is_inside {
            return Err(format!("`{}` lies outside the folder of the schema", path.display()).into());
        }
        Ok(read_json(&path)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schema_without_a_folder_in_its_path_lies_in_the_current_one() {
        let local = Local { folder: Some(PathBuf::new()) };
        let outside = tempfile::NamedTempFile::new().expect("a file");
        let uri = |path: &Path| Uri::parse(format!("file://{}", path.display())).expect("an address");
        let error = local.retrieve(&uri(outside.path())).expect_err("it lies outside");
        assert!(error.to_string().contains("lies outside the folder of the schema"), "{error}");
        let inside = Path::new("schemas/article.schema.json").canonicalize().expect("a file");
        assert!(local.retrieve(&uri(&inside)).is_ok());
    }
}
