//! Writes made articles to a folder.
//!
//! ```sh
//! make-articles FIXTURES FOLDER COUNT      # COUNT articles as long as articles are
//! make-articles FIXTURES FILE --bytes N    # one article of about N bytes
//! ```

#[path = "../articles.rs"]
mod articles;

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use articles::Material;

/// Few enough in a folder that looking into it is no part of what is measured.
const ARTICLES_IN_A_FOLDER: usize = 500;

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let wrong = |what: &str| io::Error::new(io::ErrorKind::InvalidInput, what.to_owned());
    let number = |text: &str| text.parse().map_err(|_| wrong("how many?"));
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [fixtures, folder, count] => write_all(&Material::read(Path::new(fixtures))?, folder, number(count)?),
        [fixtures, file, "--bytes", length] => {
            fs::write(file, Material::read(Path::new(fixtures))?.article_of(0, number(length)?))
        }
        _ => Err(wrong("make-articles FIXTURES FOLDER COUNT, or FIXTURES FILE --bytes N")),
    }
}

fn write_all(material: &Material, folder: &str, count: usize) -> io::Result<()> {
    let mut bytes = 0;
    for number in 0..count {
        let folder = Path::new(folder).join(format!("{:03}", number / ARTICLES_IN_A_FOLDER));
        if number % ARTICLES_IN_A_FOLDER == 0 {
            fs::create_dir_all(&folder)?;
        }
        let text = material.article(number);
        bytes += text.len();
        fs::write(folder.join(format!("article-{number:06}.md")), text)?;
    }
    writeln!(io::stdout(), "{count} articles, {bytes} bytes")
}
