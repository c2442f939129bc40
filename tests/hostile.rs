//! What wants to do harm: articles, names, schemas, packs and patterns that try to break out, to reach further than they
//! may, or to keep the program busy for ever. What XML, JSON, GitHub and HTML make of hostile text is held where these
//! formats are tested.

mod program;

use std::fmt::Write as _;
use std::fs;
use std::io::ErrorKind;
use std::net::TcpListener;
use std::process::Command;

use program::{folder, run, status, text};

const TITLE: &str = "---\ntitle: Tea\n---\n\n";

/// What a terminal or the log of a job would act on.
fn acts(character: char) -> bool {
    let turns = matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    turns || (character.is_control() && character != '\n')
}

#[cfg(unix)]
#[test]
fn no_text_or_name_acts_on_a_terminal_or_begins_a_line_of_its_own() {
    const HOSTILE: &str = "x\n::error::y\r\u{1b}]0;title\u{7}\u{9b}31m\u{202e}\u{2066}";
    let in_line = HOSTILE.replace(['\n', '\r'], " ");
    let article = format!(
        "---\ntitle: \"{in_line}\"\nk: [\n---\n\n## {in_line}\n\n**How to try {in_line}**\n\nIt cures cancer {in_line}\n::error::z\n\n## End\n"
    );
    let place = folder(&[]);
    fs::write(place.path().join(format!("{HOSTILE}.md")), article).expect("a file");
    fs::write(place.path().join(format!("bad {HOSTILE}.md")), b"\xff").expect("a file");
    for arguments in [
        &["--format", "pretty", "."][..],
        &["--format", "pretty", "--statistics", "."],
        &["--format", "short", "."],
        &["--format", "github", "."],
        &["--fix", "--format", "short", "."],
        &["--format", "short", "--config", HOSTILE, "."],
        &["--format", "short", HOSTILE],
    ] {
        let output = run(place.path(), arguments);
        for said in [text(&output.stdout), text(&output.stderr)] {
            assert!(!said.contains(acts), "{arguments:?}: {said:?}");
            let is_github = arguments.contains(&"github");
            let is_command = |line: &&str| line.trim_start().starts_with("::");
            let own = |line: &&str| is_github && line.contains(" file=") && !line.starts_with("::error::");
            assert_eq!(said.lines().find(|it| is_command(it) && !own(it)), None, "{arguments:?}: {said:?}");
        }
        assert_eq!(status(&output), 2, "{arguments:?}");
    }
}

/// A listener that nobody should call, and its address.
fn listener() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.set_nonblocking(true).expect("no waiting");
    let address = format!("http://{}/schema.json", listener.local_addr().expect("an address"));
    (listener, address)
}

#[test]
fn no_schema_reaches_the_network_or_leaves_its_folder() {
    let (listener, address) = listener();
    let outside = folder(&[("secret.json", "{\"required\": [\"secret\"]}")]);
    let secret = outside.path().join("secret.json");
    let place = folder(&[
        ("a.md", "---\ntitle: Tea\n---\n\nHot.\n"),
        ("beside.json", "{\"required\": [\"secret\"]}"),
    ]);
    for (reference, complaint) in [
        (address.as_str(), "lies outside this machine"),
        ("https://example.org/x.json", "lies outside this machine"),
        (&format!("file://{}", secret.display()), "lies outside the folder of the schema"),
        ("../../../../../../../../etc/hostname", "lies outside the folder of the schema"),
        ("beside.json", "no `secret`"),
    ] {
        for schema in [
            serde_json::json!({"$ref": reference}),
            serde_json::json!({"properties": {"title": {"$ref": reference}}, "allOf": [{"$ref": reference}]}),
        ] {
            fs::create_dir_all(place.path().join("schemas")).expect("a folder");
            fs::write(place.path().join("schema.json"), schema.to_string()).expect("a file");
            let configuration = "root: true\nschemas: [{files: ['**'], schema: schema.json}]\n";
            fs::write(place.path().join("soreaid-lint.yaml"), configuration).expect("a file");
            let output = run(place.path(), &["--format", "short", "a.md"]);
            let said = text(&output.stdout) + &text(&output.stderr);
            assert!(said.contains(complaint), "{reference}: {said}");
            assert_ne!(status(&output), 0, "{reference}");
        }
    }
    let called = listener.accept().expect_err("nobody calls");
    assert_eq!(called.kind(), ErrorKind::WouldBlock);
}

#[cfg(unix)]
#[test]
fn an_article_names_no_schema_beyond_its_folder() {
    use std::os::unix::fs::symlink;
    let (listener, address) = listener();
    let outside = folder(&[("secret.json", "{\"required\": [\"secret\"]}")]);
    let place = folder(&[("articles/in.json", "{\"required\": [\"secret\"]}"), ("up.json", "{}")]);
    let articles = place.path().join("articles");
    symlink(outside.path().join("secret.json"), articles.join("link.json")).expect("a link");
    symlink(outside.path(), articles.join("folder")).expect("a link");
    let absolute = outside.path().join("secret.json");
    for (name, complaint) in [
        ("in.json", "no `secret`"),
        ("link.json", "lies outside the folder of the article"),
        ("folder/secret.json", "lies outside the folder of the article"),
        ("../up.json", "lies outside the folder of the article"),
        (&absolute.display().to_string(), "lies outside the folder of the article"),
        (&address, "failed to read the schema"),
    ] {
        fs::write(articles.join("a.md"), format!("---\n$schema: \"{name}\"\ntitle: x\n---\n\nHot.\n"))
            .expect("a file");
        for (from, path) in [(place.path(), "articles/a.md"), (articles.as_path(), "a.md")] {
            let output = run(from, &["--isolated", "--format", "short", path]);
            let said = text(&output.stdout);
            assert!(said.contains(complaint), "{name}: {said}{}", text(&output.stderr));
        }
    }
    assert_eq!(listener.accept().expect_err("nobody calls").kind(), ErrorKind::WouldBlock);
}

#[cfg(unix)]
#[test]
fn a_configuration_reads_nothing_outside_its_project() {
    use std::os::unix::fs::symlink;
    let outside = folder(&[
        ("pack.yaml", "claims: []\n"),
        ("schema.json", "{}"),
        ("soreaid-lint.yaml", "root: true\n"),
    ]);
    let place = folder(&[("a.md", "---\ntitle: Tea\n---\n\nHot.\n")]);
    symlink(outside.path(), place.path().join("link")).expect("a link");
    for line in [
        "packs: [OUT/pack.yaml]",
        "extends: OUT/soreaid-lint.yaml",
        "schemas: [{files: ['**'], schema: OUT/schema.json}]",
    ] {
        for out in [outside.path().display().to_string(), "link".to_owned()] {
            let configuration = format!("root: true\n{}\n", line.replace("OUT", &out));
            fs::write(place.path().join("soreaid-lint.yaml"), configuration).expect("a file");
            let output = run(place.path(), &["."]);
            assert_eq!(status(&output), 2, "{line}");
            assert!(
                text(&output.stderr).contains("lies outside the project folder"),
                "{}",
                text(&output.stderr)
            );
        }
    }
}

#[test]
fn no_pattern_of_a_schema_keeps_the_program_busy() {
    let place = folder(&[("a.md", &format!("---\ntitle: {}!\n---\n\nHot.\n", "a".repeat(100_000)))]);
    let configuration = "root: true\nschemas: [{files: ['**'], schema: schema.json}]\n";
    fs::write(place.path().join("soreaid-lint.yaml"), configuration).expect("a file");
    for (pattern, complaint) in [
        ("^(a+)+$", "`title` does not have the form"),
        ("^(a|a)*$", "`title` does not have the form"),
        ("^(.*a){20}$", "`title` does not have the form"),
        // More than the engine can do in linear time or small space is refused.
        ("^(?=a)a$", "failed to use the schema"),
        (r"^(a)\1$", "failed to use the schema"),
        (r"^((\w{1000}){1000}){1000}$", "failed to use the schema"),
    ] {
        let schema = serde_json::json!({"properties": {"title": {"pattern": pattern}}});
        fs::write(place.path().join("schema.json"), schema.to_string()).expect("a file");
        let output = run(place.path(), &["--format", "short", "a.md"]);
        let said = text(&output.stdout) + &text(&output.stderr);
        assert!(said.contains(complaint), "{pattern}: {said:.2000}");
    }
}

#[cfg(unix)]
#[test]
fn pipes_and_devices_in_a_folder_are_no_articles() {
    use std::os::unix::fs::symlink;
    let place = folder(&[("good.md", "---\ntitle: Tea\n---\n\nHot.\n")]);
    let pipe = place.path().join("pipe.md");
    assert!(Command::new("mkfifo").arg(&pipe).status().expect("mkfifo runs").success());
    symlink("pipe.md", place.path().join("link.md")).expect("a link");
    symlink("/dev/zero", place.path().join("zero.md")).expect("a link");
    let output = run(place.path(), &["--isolated", "."]);
    assert_eq!(status(&output), 0, "{}", text(&output.stderr));
    assert_eq!(text(&output.stdout), "no findings in 1 article\n");
    let output = run(place.path(), &["--isolated", "/dev/zero"]);
    assert_eq!(status(&output), 2);
    assert!(text(&output.stderr).contains("too large to be an article"), "{}", text(&output.stderr));
}

/// Text of `count` parts, each with its number.
fn numbered(count: usize, part: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |mut text, number| {
        text.push_str(&part(number));
        text
    })
}

/// Articles on which a careless reader takes the square of their length, or all of the stack.
fn endless_articles() -> Vec<(&'static str, String)> {
    const N: usize = 10_000;
    let in_body = |body: String| format!("{TITLE}{body}\n");
    let in_front_matter = |yaml: String| format!("---\ntitle: x\n{yaml}\n---\n\nText.\n");
    vec![
        ("quotes", in_body("> ".repeat(N) + "deep")),
        ("brackets", in_body("[".repeat(N))),
        ("links", in_body("[".repeat(N) + "a" + &"](b)".repeat(N))),
        ("ticks", in_body(numbered(N / 100, |it| "`".repeat(it + 1) + " "))),
        ("stars", in_body("*a_b ".repeat(N))),
        ("headings", in_body("## Same text\n\n".repeat(N / 10))),
        ("html-lists", in_body("<dl><dt>a<dd>".repeat(N / 4))),
        ("comments", in_body("<!-- soreaid-lint: allow(duplicate-heading) -->\n".repeat(N / 10))),
        ("shortcodes", in_body("{{< a ".repeat(N))),
        ("tags", in_body("{% a ".repeat(N))),
        ("numbers", in_body("10-".repeat(N) + " minutes")),
        ("remedies", in_body("use an ice pack for 20 minutes and ".repeat(N / 20))),
        ("comment-line", in_body("<!-- soreaid-lint: allow(empty-section) --> a ".repeat(N / 10))),
        ("images", in_body("![red, green, blue](a.png) ".repeat(N / 10))),
        ("tag-list", in_body("- red, green, blue\n".repeat(N / 10))),
        ("signs", in_body("Chest pain is normal.\n\n".repeat(N / 4))),
        ("tablets", in_body("Take two ibuprofen 200 mg tablets every 4 hours. ".repeat(N / 20))),
        ("drops", in_body("Add six drops of lavender oil. ".repeat(N / 20))),
        ("practices", in_body("Massage the swollen calf. ".repeat(N / 20))),
        ("sections", in_body("## Ice pack\n\nFor 20 minutes.\n\n".repeat(N / 20))),
        ("table", in_body(format!("| a | b |\n| - | - |\n{}", "| Ice | 40 minutes |\n".repeat(N / 20)))),
        ("credits", in_body("Photo by Ann Lee on Unsplash\n\n".repeat(N / 20))),
        ("studies", in_body("Studies show it works. ".repeat(N / 20))),
        ("line", in_body("walk a little and drink ".repeat(N / 4))),
        ("yaml-comments", in_front_matter("# soreaid-lint: allow(empty-section) reason: x\n".repeat(N / 4))),
        ("keys", in_front_matter(numbered(N, |it| format!("k{it}: v\n")))),
        ("anchors", in_front_matter(numbered(N, |it| format!("k{it}: &a{it} v\n")))),
        ("key", in_front_matter("k".repeat(1_000_000) + ": v")),
        ("flow", in_front_matter("k: ".to_owned() + &"[".repeat(N))),
        ("carriage-returns", in_body("\r".repeat(N) + "\0\r\u{feff}\r")),
        ("marks", "\u{feff}".repeat(3) + TITLE),
    ]
}

#[test]
fn endless_articles_end_in_a_report() {
    let articles = endless_articles();
    let names: Vec<String> = articles.iter().map(|(name, _)| format!("{name}.md")).collect();
    let files: Vec<(&str, &str)> =
        names.iter().zip(&articles).map(|(name, (_, text))| (name.as_str(), text.as_str())).collect();
    let place = folder(&files);
    fs::write(place.path().join("braces.mdx"), in_mdx()).expect("a file");
    let output = run(place.path(), &["--isolated", "--format", "json", "--fail-on", "never", "."]);
    assert_eq!(status(&output), 0, "{}", text(&output.stderr));
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(report["summary"]["files"], articles.len() + 1);
}

fn in_mdx() -> String {
    let mut text = TITLE.to_owned();
    for number in 0..10_000 {
        write!(text, "<A b{number}={{").expect("a string takes all");
    }
    text
}
