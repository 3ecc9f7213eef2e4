//! What the documents say is so.

use super::tree::{file, root, rust, texts};

/// The words between single backticks, outside fenced blocks.
fn quoted(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut fenced = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            words.extend(line.split('`').skip(1).step_by(2));
        }
    }
    words
}

/// The lines of fenced blocks.
fn fenced(text: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        if line.starts_with("```") {
            inside = !inside;
        } else if inside {
            lines.push(line.trim());
        }
    }
    lines
}

/// Whether a quoted word names a file or a folder of the house.
fn is_a_path(word: &str) -> bool {
    let begins = ["content/", "migrations/", "segments/", "server/", "templates/", "tests/", ".ci/"];
    let top = [
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "LICENSE",
        "deny.toml",
        "clippy.toml",
    ];
    !word.contains([' ', '*', '<', '{'])
        && (begins.iter().any(|begin| word.starts_with(begin)) || top.contains(&word))
}

#[test]
fn every_path_that_a_document_names_is_there() {
    for name in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"] {
        let paths: Vec<_> = quoted(&file(name).text).into_iter().filter(|word| is_a_path(word)).collect();
        for path in &paths {
            assert!(root().join(path).exists(), "{name}: there is no {path}");
        }
        assert!(name != "ARCHITECTURE.md" || paths.len() > 20, "{name} names only {} paths", paths.len());
    }
}

#[test]
fn every_picture_and_link_of_a_document_is_there() {
    for name in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"] {
        for link in file(name).text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let path = link.split('#').next().unwrap_or_default();
            let away = link.starts_with("https://") || path.is_empty();
            assert!(away || root().join(path).exists(), "{name}: there is no {path}");
        }
    }
}

#[test]
fn the_readme_s_test_command_is_the_one_that_ci_runs() {
    let test = "bash .ci/test";
    assert!(fenced(&file("README.md").text).contains(&test), "the README does not give `{test}`");
    let runs = file(".ci/run").text.lines().any(|line| line.trim_start().starts_with(test));
    assert!(runs, ".ci/run does not run `{test}`");
}

#[test]
fn the_readme_s_first_command_starts_the_one_program() {
    let demo = "cargo run --release -- demo";
    assert_eq!(fenced(&file("README.md").text).first(), Some(&demo), "the README begins with it");
    assert!(
        file("Cargo.toml").text.contains("default-members = [\"server\"]"),
        "cargo would start another crate"
    );
    assert!(
        file("server/Cargo.toml").text.contains("default-run = \"rapport\""),
        "cargo would ask which program"
    );
    let crates = texts().iter().filter(|text| text.path.ends_with("Cargo.toml"));
    let (proof, house): (Vec<_>, Vec<_>) = crates.partition(|text| text.path.starts_with("tests/"));
    let programs: usize = house.iter().map(|text| text.text.matches("[[bin]]").count()).sum();
    assert_eq!(programs, 1, "there is one program");
    let copies = proof.iter().flat_map(|text| text.text.split("[[bin]]").skip(1));
    for copy in copies {
        assert!(copy.contains("path = \"../server/src/main.rs\""), "the tests start another program");
    }
}

/// Every `rapport NAME` of a fenced block, with the line it stands in.
fn commands(text: &str) -> Vec<(&str, &str)> {
    let lines = fenced(text).into_iter();
    lines.filter_map(|line| Some((line.strip_prefix("rapport ")?.split(' ').next()?, line))).collect()
}

#[test]
fn every_command_of_the_readme_is_a_command_of_the_program() {
    let list = file("server/src/cli.rs");
    let known: Vec<String> =
        list.code().filter_map(|(_, line)| Some(first_word(line)?.to_lowercase())).collect();
    let given = commands(&file("README.md").text);
    assert!(given.len() > 10, "the README gives only {} commands", given.len());
    for (name, line) in given {
        assert!(known.iter().any(|word| word == name), "README.md: `{line}`: there is no command {name}");
    }
}

/// The name of an enum's case, such as `Demo(demo::Arguments),`.
fn first_word(line: &str) -> Option<&str> {
    let word = line.split(['(', ',']).next()?;
    word.starts_with(|letter: char| letter.is_ascii_uppercase()).then_some(word)
}

/// What takes in a whole folder of examples: the kind's name on disk.
const WALKED: [&str; 9] =
    ["library", "rules", "segments", "shelves", "words", "drawings", "emails", "programs", "journeys"];

#[test]
fn every_example_file_is_read_by_a_test() {
    let reader = file("server/src/catalogue/tests.rs");
    assert!(reader.text.contains("content/examples"), "{} no longer reads the examples", reader.path);
    for example in texts().iter().filter(|text| text.is_in("content/examples")) {
        let inside = example.path.trim_start_matches("content/examples/");
        let walked = inside.split_once('/').is_some_and(|(kind, _)| WALKED.contains(&kind));
        let read = walked || inside == "README.md" || reader.text.contains(inside);
        assert!(read, "{}: no test reads it", example.path);
    }
}

#[test]
fn every_test_that_the_architecture_names_is_there() {
    let promises = quoted(&file("ARCHITECTURE.md").text);
    let tests =
        promises.into_iter().filter(|word| word.matches('_').count() > 2 && !word.contains(['/', '.', ' ']));
    let mut seen = 0;
    for test in tests {
        seen += 1;
        let there = rust().any(|file| file.text.contains(&format!("fn {test}(")));
        assert!(there, "ARCHITECTURE.md: there is no test called {test}");
    }
    assert!(seen > 10, "only {seen} tests are named");
}
