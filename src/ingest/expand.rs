//! From what a user typed to sources: files, folders, patterns and `-`.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use glob::{MatchOptions, Pattern};

use crate::ingest::source::Place;
use crate::ingest::{IngestError, Source};

/// How alike (0 to 1) a name must be to be offered in place of one that does not exist.
const LIKENESS_MIN: f64 = 0.8;

/// As a shell matches: `*` stays inside its folder and finds no hidden files.
const MATCHING: MatchOptions = MatchOptions {
    case_sensitive: true,
    require_literal_separator: true,
    require_literal_leading_dot: true,
};

/// Turns arguments into sources, in the order of the arguments.
///
/// A folder gives all files below it, sorted by name in each folder; hidden files and folders, and
/// what is neither file nor folder, are passed over; links are followed, but no folder is entered
/// twice. A path that does not exist is taken for a pattern if it has `*`, `?` or `[`; what
/// matches is sorted by name. `-` is standard input. The length of the result is the number of
/// files that a reader will open or skip. Files are looked at, not opened.
///
/// # Errors
/// [`IngestError::NotFound`] for a path that does not exist or a pattern without a match,
/// [`IngestError::Pattern`] for a malformed pattern, [`IngestError::Unreadable`] for a named path
/// that may not be looked at, [`IngestError::StandardInputTwice`].
pub fn expand(arguments: &[String]) -> Result<Vec<Source>, IngestError> {
    let inputs = arguments.iter().filter(|argument| *argument == "-");
    if inputs.count() > 1 {
        return Err(IngestError::StandardInputTwice);
    }
    let mut places = Vec::new();
    for argument in arguments {
        if argument == "-" {
            places.push(Place::StandardInput);
        } else {
            expand_path(argument, &mut places)?;
        }
    }
    Ok(places.into_iter().map(|place| Source { place }).collect())
}

fn expand_path(argument: &str, places: &mut Vec<Place>) -> Result<(), IngestError> {
    let path = PathBuf::from(argument);
    let unreadable = |error: &io::Error| IngestError::Unreadable {
        path: argument.to_owned(),
        message: error.to_string(),
    };
    match fs::metadata(&path) {
        Ok(metadata) if metadata.is_dir() => {
            walk(&path, &mut BTreeSet::new(), places).map_err(|error| unreadable(&error))
        }
        Ok(_) => {
            places.push(Place::Named(path));
            Ok(())
        }
        Err(error) => match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
                if argument.contains(['*', '?', '[']) =>
            {
                expand_pattern(argument, places)
            }
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Err(IngestError::NotFound {
                path: argument.to_owned(),
                hint: hint(&path),
            }),
            _ => Err(unreadable(&error)),
        },
    }
}

fn expand_pattern(argument: &str, places: &mut Vec<Place>) -> Result<(), IngestError> {
    let pattern = parse_pattern(argument, argument)?;
    let before = places.len();
    if argument.contains("**") {
        find_below(argument, places)?;
    } else {
        find_beside(&pattern, places);
    }
    if places.len() == before {
        return Err(IngestError::NotFound {
            path: argument.to_owned(),
            hint: Some("as a pattern it matches no file".to_owned()),
        });
    }
    Ok(())
}

/// Adds what matches a pattern of known depth.
fn find_beside(pattern: &Pattern, places: &mut Vec<Place>) {
    let mut entered = BTreeSet::new();
    // A pattern that was parsed is well formed, so that nothing is lost here.
    for found in glob::glob_with(pattern.as_str(), MATCHING)
        .into_iter()
        .flatten()
    {
        match found {
            Ok(path) => add(path, &mut entered, places),
            Err(error) => places.push(Place::Lost {
                path: error.path().to_owned(),
                message: error.error().to_string(),
            }),
        }
    }
}

/// Adds what matches a pattern of any depth (`**`).
///
/// WHY NOT `glob`: it follows links that loop as far as the system lets it, which for two links in
/// one folder is for ever. Our own walk enters every folder once.
fn find_below(argument: &str, places: &mut Vec<Place>) -> Result<(), IngestError> {
    let is_literal = |part: &Component<'_>| {
        let name = part.as_os_str().as_encoded_bytes();
        !name.iter().any(|byte| matches!(byte, b'*' | b'?' | b'['))
    };
    let parts = Path::new(argument).components();
    let base: PathBuf = parts.clone().take_while(is_literal).collect();
    let rest: PathBuf = parts.skip_while(is_literal).collect();
    let pattern = parse_pattern(&rest.to_string_lossy(), argument)?;
    let root = if base.as_os_str().is_empty() {
        Path::new(".")
    } else {
        &base
    };
    let mut found = Vec::new();
    add(root.to_owned(), &mut BTreeSet::new(), &mut found);
    for mut place in found {
        if let Place::Found(path) | Place::Lost { path, .. } = &mut place
            && let Ok(inner) = path.strip_prefix(root)
            && pattern.matches_path_with(inner, MATCHING)
        {
            *path = base.join(inner);
            places.push(place);
        }
    }
    Ok(())
}

fn parse_pattern(text: &str, argument: &str) -> Result<Pattern, IngestError> {
    Pattern::new(text).map_err(|error| IngestError::Pattern {
        pattern: argument.to_owned(),
        message: error.msg.to_owned(),
        position: error.pos,
    })
}

/// Adds the files of a folder that was not entered before.
fn walk(folder: &Path, entered: &mut BTreeSet<PathBuf>, places: &mut Vec<Place>) -> io::Result<()> {
    if !entered.insert(folder.canonicalize()?) {
        return Ok(());
    }
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        names.push(entry?.file_name());
    }
    names.sort();
    for name in names {
        if !name.as_encoded_bytes().starts_with(b".") {
            add(folder.join(name), entered, places);
        }
    }
    Ok(())
}

/// Adds a file, or the files of a folder; what cannot be looked at becomes a bad record later.
fn add(path: PathBuf, entered: &mut BTreeSet<PathBuf>, places: &mut Vec<Place>) {
    let result = match fs::metadata(&path) {
        Ok(metadata) if metadata.is_dir() => walk(&path, entered, places),
        Ok(metadata) => {
            // A pipe that lies about in a folder would block for ever.
            if metadata.is_file() {
                places.push(Place::Found(path));
            }
            return;
        }
        Err(error) => Err(error),
    };
    if let Err(error) = result {
        let message = error.to_string();
        places.push(Place::Lost { path, message });
    }
}

/// Says what may have been meant by a path that does not exist.
fn hint(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_string_lossy();
    let parent = path.parent()?;
    let folder = if parent.as_os_str().is_empty() {
        Path::new(".")
    } else {
        parent
    };
    let Ok(entries) = fs::read_dir(folder) else {
        return Some(format!("there is no folder `{}`", folder.display()));
    };
    let names: BTreeSet<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    let mut best = (LIKENESS_MIN, None);
    for candidate in names {
        let likeness = strsim::jaro_winkler(&name, &candidate);
        if likeness > best.0 {
            best = (likeness, Some(candidate));
        }
    }
    let candidate = parent.join(best.1?);
    Some(format!("did you mean `{}`?", candidate.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with the given files, each of which says its own name.
    fn folder(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, file).unwrap();
        }
        folder
    }

    fn expand_in(folder: &Path, arguments: &[&str]) -> Result<Vec<String>, String> {
        let shown = |text: &str| text.replace(&format!("{}/", folder.display()), "");
        let arguments: Vec<String> = arguments
            .iter()
            .map(|argument| match *argument {
                "-" => "-".to_owned(),
                path => folder.join(path).display().to_string(),
            })
            .collect();
        match expand(&arguments) {
            Ok(sources) => Ok(sources.iter().map(|source| shown(&source.name())).collect()),
            Err(error) => Err(shown(&error.to_string())),
        }
    }

    fn check(folder: &Path, arguments: &[&str], expected: Result<&[&str], &str>) {
        let found = expand_in(folder, arguments);
        let expected = expected
            .map(|names| names.iter().map(|name| (*name).to_owned()).collect())
            .map_err(str::to_owned);
        assert_eq!(found, expected, "{arguments:?}");
    }

    #[test]
    fn folders_are_walked_by_name() {
        let folder = folder(&[
            "b.txt",
            "a/2.txt",
            "a/1.txt",
            ".git/x",
            ".hidden.txt",
            "c.tsv",
        ]);
        let all = ["a/1.txt", "a/2.txt", "b.txt", "c.tsv"];
        check(folder.path(), &[""], Ok(&all));
        check(
            folder.path(),
            &["b.txt", "-", "a"],
            Ok(&["b.txt", "-", "a/1.txt", "a/2.txt"]),
        );
        check(folder.path(), &[".hidden.txt"], Ok(&[".hidden.txt"]));
    }

    #[test]
    fn patterns_stand_for_files_that_do_not_exist() {
        let folder = folder(&[
            "b.txt",
            "a.txt",
            "a/1.txt",
            "a/b/2.txt",
            ".c.txt",
            "x[1].txt",
        ]);
        check(
            folder.path(),
            &["*.txt"],
            Ok(&["a.txt", "b.txt", "x[1].txt"]),
        );
        check(
            folder.path(),
            &["**/*.txt"],
            Ok(&["a/1.txt", "a/b/2.txt", "a.txt", "b.txt", "x[1].txt"]),
        );
        check(folder.path(), &["x[1].txt"], Ok(&["x[1].txt"]));
        check(
            folder.path(),
            &["a/./**/[1-2].txt"],
            Ok(&["a/1.txt", "a/b/2.txt"]),
        );
        check(folder.path(), &["?"], Ok(&["a/1.txt", "a/b/2.txt"]));
        check(
            folder.path(),
            &["*.json"],
            Err("`*.json` does not exist; as a pattern it matches no file"),
        );
        let malformed = expand(&["no folder/a[.txt".to_owned()]).unwrap_err();
        assert_eq!(
            malformed.to_string(),
            "`no folder/a[.txt` does not exist and is no valid pattern: invalid range pattern at \
             character 11"
        );
    }

    #[test]
    fn a_typo_stops_before_anything_is_read() {
        let folder = folder(&["articles/a.txt", "other.txt"]);
        check(
            folder.path(),
            &["articles", "artcles"],
            Err("`artcles` does not exist; did you mean `articles`?"),
        );
        check(folder.path(), &["zzz"], Err("`zzz` does not exist"));
        check(
            folder.path(),
            &["other.txt/a"],
            Err("`other.txt/a` does not exist; there is no folder `other.txt`"),
        );
        check(
            folder.path(),
            &["-", "-"],
            Err("`-` (standard input) is named twice; name it once"),
        );
        check(folder.path(), &["-"], Ok(&["-"]));
        assert!(expand(&[String::new()]).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn links_that_loop_are_survived() {
        use std::os::unix::fs::symlink;

        let folder = folder(&["a/1.txt"]);
        symlink("..", folder.path().join("a/up")).unwrap();
        symlink("..", folder.path().join("a/up2")).unwrap();
        symlink("self", folder.path().join("self")).unwrap();
        symlink("a/1.txt", folder.path().join("b.txt")).unwrap();
        symlink("nowhere", folder.path().join("c.txt")).unwrap();
        check(
            folder.path(),
            &[""],
            Ok(&["a/1.txt", "b.txt", "c.txt", "self"]),
        );
        check(
            folder.path(),
            &["**/*.txt"],
            Ok(&["a/1.txt", "b.txt", "c.txt"]),
        );
    }
}
