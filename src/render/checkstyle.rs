//! Checkstyle's XML, which many code review tools read.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::xml::element;
use super::{account, address};
use crate::diagnostic::Diagnostic;
use crate::report::{Failure, Report};
use crate::severity::Severity;

/// Writes the whole report.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = Writer::new_with_indent(&mut *out, b' ', 2);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    writer.write_event(Event::Start(BytesStart::new("checkstyle").with_attributes([("version", "4.3")])))?;
    for of_one_article in report.diagnostics.chunk_by(|one, other| one.path == other.path) {
        writer.write_event(Event::Start(file(&address::plain(&of_one_article[0].path))))?;
        for it in of_one_article {
            writer.write_event(Event::Empty(finding(it)))?;
        }
        writer.write_event(Event::End(BytesEnd::new("file")))?;
    }
    for it in &report.failures {
        writer.write_event(Event::Start(file(&address::plain(&it.path))))?;
        writer.write_event(Event::Empty(failure(it)))?;
        writer.write_event(Event::End(BytesEnd::new("file")))?;
    }
    if report.diagnostics.is_empty() && report.failures.is_empty() {
        // An element without content would be written with no line of its own for its end.
        writer.write_event(Event::Text(BytesText::new("")))?;
    }
    writer.write_event(Event::End(BytesEnd::new("checkstyle")))?;
    writeln!(out)
}

fn file(path: &str) -> BytesStart<'static> {
    element("file", &[("name", path)])
}

fn finding(it: &Diagnostic) -> BytesStart<'static> {
    let severity = match it.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "info",
    };
    let at = it.place.start;
    element(
        "error",
        &[
            ("line", &at.line.to_string()),
            ("column", &at.column.to_string()),
            ("severity", severity),
            ("message", &account::one_line(it)),
            ("source", &format!("soreaid-lint.{}", it.rule)),
        ],
    )
}

fn failure(it: &Failure) -> BytesStart<'static> {
    // Readers want a line, so what is about a file as a whole stands on its first.
    let (line, column) = it.position.map_or((1, 1), |at| (at.line, at.column));
    element(
        "error",
        &[
            ("line", &line.to_string()),
            ("column", &column.to_string()),
            ("severity", "error"),
            ("message", &account::failure(it)),
            ("source", "soreaid-lint"),
        ],
    )
}
