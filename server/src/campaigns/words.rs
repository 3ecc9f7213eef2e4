//! Why somebody was not written to, in words: the same on every page and on the command line.

/// The words for a reason as the store keeps it. One that has none is said as it is.
pub fn reason(kept: &str) -> &str {
    match kept {
        "comparison" => "in the comparison group",
        "on-no-side" => "on no side of the comparison group yet",
        "no-consent" => "no consent for this kind of letter",
        "suppressed" => "stopped, complained, or does not exist",
        "paused" => "taking a break from letters",
        "wants-none" => "wants no letters for now, and stays a member",
        "too-soon" => "had a letter less than 7 or 30 days ago, as often as they want one",
        "billed-by-a-partner" => "billed by a partner, who has not agreed to selling letters",
        "nothing-fits" => "nothing in the library fits them now",
        "already-finished" => "they finished what the letter is about",
        "facts-missing" => "the letter says things that are not known of them",
        "ended" => "the program’s letters were ended first",
        "already-in" => "got it, or is owed it, from an earlier launch",
        "refused" => "the mail server refused it for good",
        "expired" => "the mail server put it off until the last try",
        "render" => "the letter could not be drawn",
        "needs-smtputf8" => {
            "the address has letters beyond a to z before the @, and the mail server takes no such address (it offers no SMTPUTF8)"
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_that_is_kept_has_words_of_its_own() {
        let kept = [
            "comparison",
            "on-no-side",
            "no-consent",
            "suppressed",
            "paused",
            "wants-none",
            "too-soon",
            "billed-by-a-partner",
            "nothing-fits",
            "already-finished",
            "facts-missing",
            "ended",
            "already-in",
            "refused",
            "expired",
            "render",
            "needs-smtputf8",
        ];
        let words: std::collections::BTreeSet<_> = kept.into_iter().map(reason).collect();
        assert_eq!(words.len(), kept.len());
        assert!(kept.into_iter().all(|kept| reason(kept).contains(' ')), "{words:?}");
        assert_eq!(reason("something else"), "something else");
    }
}
