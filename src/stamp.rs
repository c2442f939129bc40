//! What the file system says of a file that has to change when the file does, so that a file need not be read to tell that it
//! is still the same.

use std::fs::Metadata;
use std::path::Path;
use std::time::Duration;

use crate::clock::since_1970;

/// Where a file lies, its size, and when it was changed: its content, and anything about it. A program can set the first of
/// these times back, but not the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    device: u64,
    inode: u64,
    size: u64,
    modified: (i64, i64),
    changed: (i64, i64),
}

/// So old has a file to be for its stamp to tell anything: the clock of a file system ticks slowly, and within one tick a
/// file can change twice. Git calls such files racy.
const SETTLED: Duration = Duration::from_secs(2);

impl Stamp {
    /// The stamp of a file; `None` where there is none, or where the system does not say when it was changed.
    pub fn of_file(path: &Path) -> Option<Self> {
        path.metadata().ok().as_ref().and_then(Self::of)
    }

    /// The stamp of what has such metadata; `None` as for [`Stamp::of_file`].
    #[cfg(unix)]
    pub fn of(metadata: &Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt;
        // Some network file systems keep no such time.
        let is_dated = metadata.ctime() != 0;
        (metadata.is_file() && is_dated).then(|| Self {
            device: metadata.dev(),
            inode: metadata.ino(),
            size: metadata.size(),
            modified: (metadata.mtime(), metadata.mtime_nsec()),
            changed: (metadata.ctime(), metadata.ctime_nsec()),
        })
    }

    /// The stamp of what has such metadata; `None` as for [`Stamp::of_file`].
    #[cfg(not(unix))]
    pub fn of(_: &Metadata) -> Option<Self> {
        None
    }

    /// Whether the file has not changed for so long that its next change gives it another stamp.
    pub fn is_settled(&self) -> bool {
        let (seconds, _) = self.changed;
        let latest = since_1970().checked_sub(SETTLED).map_or(0, |it| it.as_secs());
        u64::try_from(seconds).is_ok_and(|it| it < latest)
    }

    /// All of it, as bytes.
    pub fn bytes(&self) -> [u8; 56] {
        let signed = [self.modified.0, self.modified.1, self.changed.0, self.changed.1];
        let [a, b, c, d] = signed.map(i64::cast_unsigned);
        let mut bytes = [0; 56];
        let numbers = [self.device, self.inode, self.size, a, b, c, d];
        for (place, number) in bytes.as_chunks_mut().0.iter_mut().zip(numbers) {
            *place = number.to_le_bytes();
        }
        bytes
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::thread::sleep;

    use super::*;

    #[test]
    fn another_text_of_the_same_size_and_time_has_another_stamp() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.md");
        let write = |text: &str| fs::write(&path, text).expect("it is written");
        write("one");
        let modified = path.metadata().and_then(|it| it.modified()).expect("a time");
        let first = Stamp::of_file(&path).expect("a stamp");
        assert!(!first.is_settled(), "it was written just now");
        // A tick of the clock of the file system.
        sleep(Duration::from_millis(50));
        write("two");
        let file = fs::File::options().write(true).open(&path).expect("a file");
        file.set_modified(modified).expect("it is set back");
        let second = Stamp::of_file(&path).expect("a stamp");
        assert_eq!((first.size, first.modified), (second.size, second.modified));
        assert_ne!(first.bytes(), second.bytes());
    }

    #[test]
    fn folders_and_nothing_have_no_stamp() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(Stamp::of_file(folder.path()), None);
        assert_eq!(Stamp::of_file(&folder.path().join("a.md")), None);
    }

    #[test]
    fn what_changed_long_ago_is_settled_and_what_changes_tomorrow_is_not() {
        let at = |seconds: u64| Stamp {
            device: 1,
            inode: 1,
            size: 1,
            modified: (0, 0),
            changed: (i64::try_from(seconds).expect("a time"), 0),
        };
        let now = since_1970().as_secs();
        assert!(at(now - 3600).is_settled());
        assert!(!at(now + 86_400).is_settled());
    }
}
