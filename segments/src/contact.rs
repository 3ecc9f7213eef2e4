//! What we know about one person.

words! {
    /// How a person likes to learn.
    UserType, "user type":
    /// Works it through alone: lessons, reading.
    Learner = "learner",
    /// Asks and answers peers.
    Connector = "connector",
    /// Works it out with colleagues and experts.
    Collaborator = "collaborator",
}

words! {
    /// How sure of themselves a person is with what we teach.
    Level, "level":
    /// Has not begun.
    Starter = "starter",
    /// Knows the everyday parts.
    GettingBy = "getting-by",
    /// Teaches the others.
    Confident = "confident",
}

words! {
    /// How we came to know a user type.
    TypeSource, "source of a user type":
    /// The person said so.
    Said = "said",
    /// Their acts say so.
    Inferred = "inferred",
}

/// A need as it is kept and compared: in lower case, since people and files write the same words in either.
pub fn need(written: &str) -> String {
    written.trim().to_lowercase()
}
