//! One configuration, read, checked and joined with what it extends; what it says of a file.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;
use serde_json::{Map, Value};
use serde_saphyr::Spanned;

use super::file::{Entries, File, RuleEntry, position};
use super::globs::Globs;
use super::{
    ConfigError, Dialect, FailOn, Level, OptionKind, Profile, RuleOption, RuleShape, SchemaChoice, Settings,
};
use crate::locale::Locale;
use crate::source::Source;
use crate::spelling::suggestion;

/// A configuration that can be trusted: every key known, every pattern compiled, every path inside the project.
#[derive(Debug, Clone, Default)]
pub struct Configuration {
    files: Option<Globs>,
    exclude: Option<Globs>,
    locale: Option<Locale>,
    profile: Option<Profile>,
    dialect: Option<Dialect>,
    fail_on: Option<FailOn>,
    packs: Vec<PathBuf>,
    schemas: Vec<(Globs, SchemaChoice)>,
    rules: Rules,
    overrides: Vec<Override>,
    /// What holds for every file, where nothing distinguishes them.
    shared: OnceLock<Arc<Settings>>,
}

#[derive(Debug, Clone, Default)]
struct Rules {
    levels: BTreeMap<String, Level>,
    options: BTreeMap<String, Map<String, Value>>,
    non_suppressible: BTreeMap<String, bool>,
}

#[derive(Debug, Clone)]
struct Override {
    files: Globs,
    rules: Rules,
    locale: Option<Locale>,
}

/// Endings of the files that a folder is searched for.
const ENDINGS: [&str; 3] = ["md", "markdown", "mdx"];

impl Configuration {
    /// Reads a configuration and what it extends.
    pub fn load(path: &Path, rules: &[RuleShape]) -> Result<Self, ConfigError> {
        load(path, rules, &mut Vec::new())
    }

    /// Whether a file of a folder that is searched is an article to check; `path` is absolute.
    pub fn takes(&self, path: &Path) -> bool {
        let excluded = self.exclude.as_ref().is_some_and(|globs| globs.hold_for(path));
        !excluded
            && self.files.as_ref().map_or_else(|| has_article_ending(path), |globs| globs.hold_for(path))
    }

    /// What holds for a file; `path` is absolute.
    pub fn settings(&self, path: &Path, today: Date) -> Arc<Settings> {
        if !self.schemas.is_empty() || !self.overrides.is_empty() {
            return Arc::new(self.settings_of(path, today));
        }
        let shared = self.shared.get_or_init(|| Arc::new(self.settings_of(path, today)));
        if shared.today == today {
            return Arc::clone(shared);
        }
        // An editor was open over night.
        Arc::new(Settings { today, ..(**shared).clone() })
    }

    fn settings_of(&self, path: &Path, today: Date) -> Settings {
        let mut settings = Settings {
            locale: self.locale,
            profile: self.profile.unwrap_or_default(),
            dialect: self.dialect.unwrap_or_default(),
            fail_on: self.fail_on.unwrap_or_default(),
            packs: self.packs.clone(),
            schema: self
                .schemas
                .iter()
                .rev()
                .find(|(globs, _)| globs.hold_for(path))
                .map(|(_, schema)| schema.clone()),
            ..Settings::new(today)
        };
        let mut rules = self.rules.clone();
        for it in self.overrides.iter().filter(|it| it.files.hold_for(path)) {
            rules.extend(it.rules.clone());
            settings.locale = it.locale.or(settings.locale);
        }
        settings.levels = rules.levels;
        settings.options = rules.options;
        settings.non_suppressible =
            rules.non_suppressible.into_iter().filter(|&(_, it)| it).map(|(id, _)| id).collect();
        settings
    }

    /// This one, with what it does not say taken from `base`.
    fn over(self, base: Self) -> Self {
        let mut rules = base.rules;
        rules.extend(self.rules);
        Self {
            files: self.files.or(base.files),
            exclude: self.exclude.or(base.exclude),
            locale: self.locale.or(base.locale),
            profile: self.profile.or(base.profile),
            dialect: self.dialect.or(base.dialect),
            fail_on: self.fail_on.or(base.fail_on),
            packs: base.packs.into_iter().chain(self.packs).collect(),
            schemas: base.schemas.into_iter().chain(self.schemas).collect(),
            rules,
            overrides: base.overrides.into_iter().chain(self.overrides).collect(),
            shared: OnceLock::new(),
        }
    }
}

impl Rules {
    fn extend(&mut self, later: Self) {
        self.levels.extend(later.levels);
        self.non_suppressible.extend(later.non_suppressible);
        for (rule, options) in later.options {
            self.options.entry(rule).or_default().extend(options);
        }
    }
}

fn has_article_ending(path: &Path) -> bool {
    path.extension()
        .and_then(|it| it.to_str())
        .is_some_and(|it| ENDINGS.iter().any(|ending| it.eq_ignore_ascii_case(ending)))
}

fn load(path: &Path, rules: &[RuleShape], above: &mut Vec<PathBuf>) -> Result<Configuration, ConfigError> {
    let unreadable = |error| ConfigError::unreadable(path.to_owned(), &error);
    let source = Source::read(path).map_err(unreadable)?;
    let real = path.canonicalize().map_err(|error| unreadable(error.into()))?;
    let folder = real.parent().unwrap_or(&real).to_owned();
    let file = File::parse(&source)?;
    let reader = Reader { source: &source, project: project_of(&folder, file.root), folder, rules };
    let extends = file.extends.as_ref().map(|it| Ok((reader.inside(it)?, it))).transpose()?;
    let configuration = reader.configuration(&file)?;
    above.push(real);
    let Some((base, named)) = extends else { return Ok(configuration) };
    if above.contains(&base) {
        return Err(reader.error(named, format!("`{}` extends this configuration in a circle", named.value)));
    }
    Ok(configuration.over(load(&super::discovery::shown(&base), rules, above)?))
}

/// Outside of this folder, a configuration reads nothing.
fn project_of(folder: &Path, root: bool) -> PathBuf {
    let repository = folder.ancestors().find(|it| it.join(".git").exists());
    if root { folder } else { repository.unwrap_or(folder) }.to_owned()
}

struct Reader<'a> {
    source: &'a Source,
    /// Where the configuration really stands, symbolic links resolved.
    folder: PathBuf,
    project: PathBuf,
    rules: &'a [RuleShape],
}

impl Reader<'_> {
    fn configuration(&self, file: &File) -> Result<Configuration, ConfigError> {
        let globs = |it: &Option<Vec<Spanned<String>>>| it.as_deref().map(|it| self.globs(it)).transpose();
        Ok(Configuration {
            files: globs(&file.files)?,
            exclude: globs(&file.exclude)?,
            locale: file.locale,
            profile: file.profile,
            dialect: file.dialect,
            fail_on: file.fail_on,
            packs: file.packs.iter().map(|it| self.inside(it)).collect::<Result<_, _>>()?,
            schemas: file
                .schemas
                .iter()
                .map(|it| Ok((self.globs(&it.files)?, self.schema(&it.schema)?)))
                .collect::<Result<_, _>>()?,
            rules: self.rules(&file.rules)?,
            overrides: file
                .overrides
                .iter()
                .map(|it| {
                    Ok(Override {
                        files: self.globs(&it.files)?,
                        rules: self.rules(&it.rules)?,
                        locale: it.locale,
                    })
                })
                .collect::<Result<_, _>>()?,
            shared: OnceLock::new(),
        })
    }

    fn globs(&self, patterns: &[Spanned<String>]) -> Result<Globs, ConfigError> {
        let words: Vec<&str> = patterns.iter().map(|it| it.value.as_str()).collect();
        Globs::new(&self.folder, &words).map_err(|(index, why)| {
            let pattern = &patterns[index];
            self.error(pattern, format!("`{}` is no pattern for paths: {why}", pattern.value))
        })
    }

    /// A name without a dot and a slash is one of the program's own schemas.
    fn schema(&self, schema: &Spanned<String>) -> Result<SchemaChoice, ConfigError> {
        if schema.value.contains(['.', '/']) {
            self.inside(schema).map(SchemaChoice::File)
        } else {
            Ok(SchemaChoice::Named(schema.value.clone()))
        }
    }

    /// A path that the configuration names: it has to exist, inside the project.
    fn inside(&self, path: &Spanned<String>) -> Result<PathBuf, ConfigError> {
        let real = self
            .folder
            .join(&path.value)
            .canonicalize()
            .map_err(|error| self.error(path, format!("failed to find `{}`: {error}", path.value)))?;
        if real.starts_with(&self.project) {
            return Ok(real);
        }
        let project = super::discovery::shown(&self.project);
        let message = format!("`{}` lies outside the project folder `{}`", path.value, project.display());
        Err(self.error(path, message))
    }

    fn rules(&self, entries: &Entries<RuleEntry>) -> Result<Rules, ConfigError> {
        let mut rules = Rules::default();
        for (id, entry) in &entries.0 {
            let Some(rule) = self.rules.iter().find(|rule| rule.id == id.value) else {
                let hint = suggestion(&id.value, self.rules.iter().map(|rule| rule.id));
                return Err(self.error(id, format!("there is no rule `{}`{hint}", id.value)));
            };
            if let Some(level) = entry.level {
                rules.levels.insert(id.value.clone(), level);
            }
            if let Some(non_suppressible) = entry.non_suppressible {
                rules.non_suppressible.insert(id.value.clone(), non_suppressible);
            }
            for (name, value) in &entry.options {
                self.check_option(rule, name, value)?;
                let options = rules.options.entry(id.value.clone()).or_default();
                options.insert(name.value.clone(), value.value.clone());
            }
        }
        Ok(rules)
    }

    fn check_option(
        &self,
        rule: &RuleShape,
        name: &Spanned<String>,
        value: &Spanned<Value>,
    ) -> Result<(), ConfigError> {
        let Some(option) = rule.options.iter().find(|it| it.name == name.value) else {
            let known =
                || ["severity", "non-suppressible"].into_iter().chain(rule.options.iter().map(|it| it.name));
            let allowed = known().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ");
            let hint = suggestion(&name.value, known());
            let message = format!(
                "the rule `{}` has no option `{}`{hint}; allowed here: {allowed}",
                rule.id, name.value
            );
            return Err(self.error(name, message));
        };
        if option.permits(&value.value) {
            return Ok(());
        }
        Err(self.error(value, format!("the option `{}` takes {}", option.name, option.expects())))
    }

    fn error<T>(&self, place: &Spanned<T>, message: String) -> ConfigError {
        ConfigError {
            path: self.source.path().to_owned(),
            position: position(self.source, place.referenced),
            message,
        }
    }
}

impl RuleOption {
    fn permits(&self, value: &Value) -> bool {
        match self.kind {
            OptionKind::OneOf(words) => value.as_str().is_some_and(|it| words.contains(&it)),
            OptionKind::Count => value.is_u64(),
            OptionKind::Switch => value.is_boolean(),
            OptionKind::Texts => {
                value.as_array().is_some_and(|it| it.iter().all(serde_json::Value::is_string))
            }
        }
    }

    /// What it may be, in words.
    pub fn expects(&self) -> String {
        match self.kind {
            OptionKind::OneOf(words) => {
                let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
                words.join(" or ")
            }
            OptionKind::Count => "a whole number".to_owned(),
            OptionKind::Switch => "`true` or `false`".to_owned(),
            OptionKind::Texts => "a list of texts".to_owned(),
        }
    }
}
