//! JUnit XML: an article is a suite, a finding a failed test.
//!
//! Advice is a test that passed, with its text as output: readers of JUnit know no third state, and a note is no
//! failure. A report without a finding holds one test that passed, since many readers take a report without tests
//! for a job that went wrong.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, Event};

use super::xml::{element, text};
use super::{account, address};
use crate::diagnostic::Diagnostic;
use crate::report::{Failure, Report};
use crate::severity::Severity;

/// All that is said of one article; where nothing is, its one test passed.
struct Suite<'r> {
    name: String,
    findings: &'r [Diagnostic],
    failure: Option<&'r Failure>,
}

impl Suite<'_> {
    fn tests(&self) -> usize {
        (self.findings.len() + self.errors()).max(1)
    }

    fn failures(&self) -> usize {
        self.findings.iter().filter(|it| it.severity != Severity::Note).count()
    }

    fn errors(&self) -> usize {
        usize::from(self.failure.is_some())
    }
}

/// Writes the whole report.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let suites = suites(report);
    let mut writer = Writer::new_with_indent(&mut *out, b' ', 4);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let attributes = [
        ("name", "soreaid-lint"),
        ("tests", &sum(&suites, Suite::tests)),
        ("skipped", "0"),
        ("failures", &sum(&suites, Suite::failures)),
        ("errors", &sum(&suites, Suite::errors)),
    ];
    writer.write_event(Event::Start(element("testsuites", &attributes)))?;
    for it in &suites {
        suite(&mut writer, it)?;
    }
    writer.write_event(Event::End(BytesEnd::new("testsuites")))?;
    writeln!(out)
}

fn suites(report: &Report) -> Vec<Suite<'_>> {
    let of_findings = report.diagnostics.chunk_by(|one, other| one.path == other.path);
    let of_findings = of_findings.map(|findings| Suite {
        name: address::plain(&findings[0].path),
        findings,
        failure: None,
    });
    let of_failures = report.failures.iter().map(|failure| Suite {
        name: address::plain(&failure.path),
        findings: &[],
        failure: Some(failure),
    });
    let mut suites: Vec<Suite<'_>> = of_findings.chain(of_failures).collect();
    if suites.is_empty() {
        suites.push(Suite { name: "soreaid-lint".to_owned(), findings: &[], failure: None });
    }
    suites
}

fn sum<'r>(suites: &[Suite<'r>], count: fn(&Suite<'r>) -> usize) -> String {
    suites.iter().map(count).sum::<usize>().to_string()
}

fn suite(writer: &mut Writer<impl Write>, it: &Suite<'_>) -> io::Result<()> {
    let attributes = [
        ("name", it.name.as_str()),
        ("tests", &it.tests().to_string()),
        ("skipped", "0"),
        ("errors", &it.errors().to_string()),
        ("failures", &it.failures().to_string()),
    ];
    writer.write_event(Event::Start(element("testsuite", &attributes)))?;
    for diagnostic in it.findings {
        finding(writer, diagnostic, &it.name)?;
    }
    if let Some(failure) = it.failure {
        test(writer, "soreaid-lint", &it.name)?;
        let message = account::failure(failure);
        writer.write_event(Event::Empty(element("error", &[("message", &message), ("type", "failure")])))?;
        writer.write_event(Event::End(BytesEnd::new("testcase")))?;
    } else if it.findings.is_empty() {
        writer.write_event(Event::Empty(element("testcase", &[("name", "no findings")])))?;
    }
    writer.write_event(Event::End(BytesEnd::new("testsuite")))
}

fn finding(writer: &mut Writer<impl Write>, it: &Diagnostic, article: &str) -> io::Result<()> {
    let at = it.place.start;
    let account = format!("{article}:{}:{}: {}: {}", at.line, at.column, it.severity, account::lines(it));
    let (name, attributes) = match it.severity {
        Severity::Note => ("system-out", &[][..]),
        Severity::Warning | Severity::Error => {
            ("failure", &[("message", it.message.as_str()), ("type", it.severity.word())][..])
        }
    };
    test(writer, &format!("{} at {}:{}", it.rule, at.line, at.column), article)?;
    writer.write_event(Event::Start(element(name, attributes)))?;
    writer.write_event(Event::Text(text(&account)))?;
    writer.write_event(Event::End(BytesEnd::new(name)))?;
    writer.write_event(Event::End(BytesEnd::new("testcase")))
}

fn test(writer: &mut Writer<impl Write>, name: &str, article: &str) -> io::Result<()> {
    writer.write_event(Event::Start(element("testcase", &[("name", name), ("classname", article)])))
}
