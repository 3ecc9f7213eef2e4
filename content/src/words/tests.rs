use super::*;

fn wrong(source: &str) -> Vec<String> {
    let Err(Refused(findings)) = Words::parse("words/phones.toml", source) else { return Vec::new() };
    findings.iter().map(ToString::to_string).collect()
}

#[test]
fn each_line_maps_their_phrase_to_ours() {
    let source = "# Phones.\n\"Goes  straight to voicemail\" = [\"forwarding\", \"do not disturb\"]\nwifi = \"internet\"\n";
    let words = Words::parse("words/phones.toml", source).unwrap();
    let told: Vec<_> = words.iter().map(|(lay, ours)| (lay, ours.join("/"))).collect();
    assert_eq!(
        told,
        [
            ("goes straight to voicemail", "forwarding/do not disturb".to_owned()),
            ("wifi", "internet".to_owned())
        ]
    );
    assert_eq!(words.get("  WiFi ").unwrap(), ["internet"]);
    assert_eq!(words.get("wi"), None);
    assert_eq!(words.phrases().map(|phrase| phrase.line).collect::<Vec<_>>(), [Some(2), Some(3)]);
}

#[test]
fn what_stands_for_nothing_or_for_itself_is_refused_at_its_line() {
    assert_eq!(
        wrong("wifi = []\n\"no ring\" = [\" \"]\nsplit = 3\n"),
        [
            "words/phones.toml:2: error: “no ring” stands for nothing. Write `\"their phrase\" = [\"our phrase\"]`, with one phrase of ours or several.",
            "words/phones.toml:3: error: “split” stands for nothing. Write `\"their phrase\" = [\"our phrase\"]`, with one phrase of ours or several.",
            "words/phones.toml:1: error: “wifi” stands for nothing. Write `\"their phrase\" = [\"our phrase\"]`, with one phrase of ours or several.",
        ]
    );
    assert!(wrong("router = [\"box\", \"Router\"]")[0].contains("“router” stands for itself."));
    assert!(wrong("wifi = [\"a\"]\nWiFi = [\"b\"]")[0].contains("stands in words/phones.toml:"));
    assert!(wrong("wifi =")[0].contains("not sound TOML"));
}

#[test]
fn a_phrase_in_two_files_is_a_finding_and_the_first_stays() {
    let mut words = Words::parse("words/a.toml", "wifi = [\"internet\"]").unwrap();
    let findings =
        words.add(Words::parse("words/b.toml", "\n\"wifi\" = [\"Wi-Fi\"]\nhub = [\"box\"]").unwrap());
    assert_eq!(words.get("wifi").unwrap(), ["internet"]);
    assert_eq!((words.len(), findings.len()), (2, 1));
    assert_eq!(
        findings[0].to_string(),
        "words/b.toml:2: error: “wifi” stands in words/a.toml:1 already. Put both into one line."
    );
}

#[test]
fn the_starter_words_are_many() {
    assert!(starter_words().len() >= 150);
}
