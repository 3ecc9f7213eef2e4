//! Names somebody may have meant.

/// `; did you mean "…"?` when something known is near, else nothing.
pub fn nearest<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> String {
    known
        .map(|other| {
            (strsim::normalized_damerau_levenshtein(&name.to_lowercase(), &other.to_lowercase()), other)
        })
        .filter(|(likeness, _)| *likeness >= 0.4)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map_or_else(String::new, |(_, other)| format!("; did you mean \"{other}\"?"))
}
