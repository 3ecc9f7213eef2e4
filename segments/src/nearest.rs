//! What somebody probably meant.

/// The known name nearest to what was written, when one is near enough to be worth suggesting.
pub fn nearest<'a>(written: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written = written.to_lowercase();
    let allowed = (written.chars().count() / 3).max(1);
    names
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(&written, &name.to_lowercase()), name))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_finds_its_name_and_a_stranger_finds_none() {
        let names = ["learner", "connector", "collaborator"];
        assert_eq!(nearest("lerner", names), Some("learner"));
        assert_eq!(nearest("Conector", names), Some("connector"));
        assert_eq!(nearest("wizard", names), None);
    }
}
