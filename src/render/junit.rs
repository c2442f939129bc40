//! JUnit XML: an article is a suite, a finding a failed test.
//!
//! Advice is a test that passed, with its text as output: readers of JUnit know no third state, and a note is no
//! failure. A report without a finding holds one test that passed, since many readers take a report without tests
//! for a job that went wrong.

use std::io::{self, Write};

use quick_junit::{NonSuccessKind, Report as Document, TestCase, TestCaseStatus, TestSuite};

use super::xml::allowed;
use super::{account, address};
use crate::diagnostic::Diagnostic;
use crate::report::{Failure, Report};
use crate::severity::Severity;

/// Writes the whole report.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut document = Document::new("soreaid-lint");
    for of_one_article in report.diagnostics.chunk_by(|one, other| one.path == other.path) {
        let name = allowed(&address::plain(&of_one_article[0].path));
        let mut suite = TestSuite::new(&name);
        suite.add_test_cases(of_one_article.iter().map(|it| finding(it, &name)));
        document.add_test_suite(suite);
    }
    for it in &report.failures {
        let name = allowed(&address::plain(&it.path));
        let mut suite = TestSuite::new(&name);
        suite.add_test_case(failure(it, &name));
        document.add_test_suite(suite);
    }
    if document.test_suites.is_empty() {
        let mut suite = TestSuite::new("soreaid-lint");
        suite.add_test_case(TestCase::new("no findings", TestCaseStatus::success()));
        document.add_test_suite(suite);
    }
    document.serialize(&mut *out).map_err(io::Error::other)
}

fn finding(it: &Diagnostic, article: &str) -> TestCase {
    let at = it.place.start;
    let name = format!("{} at {}:{}", it.rule, at.line, at.column);
    let place = format!("{article}:{}:{}", at.line, at.column);
    let account = format!("{place}: {}: {}", it.severity, allowed(&account::lines(it)));
    let mut case = if it.severity == Severity::Note {
        let mut case = TestCase::new(name, TestCaseStatus::success());
        case.set_system_out(account);
        case
    } else {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
        status.set_type(it.severity.word()).set_message(allowed(&it.message)).set_description(account);
        TestCase::new(name, status)
    };
    case.set_classname(article);
    case
}

fn failure(it: &Failure, name: &str) -> TestCase {
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
    status.set_type("failure").set_message(allowed(&account::failure(it)));
    let mut case = TestCase::new("soreaid-lint", status);
    case.set_classname(name);
    case
}
