//! How a customer is asked to join without a program letter.

words! {
    /// The way on which a customer is asked to join.
    AskChannel, "channel":
    /// The screen after a product is switched on.
    Activation = "activation",
    /// A line in an invoice or another service mail.
    ServiceMail = "service-mail",
    /// A call, ours or theirs.
    Call = "call",
    /// A fair, a class, an open house.
    Event = "event",
    /// A partner asks for us.
    Partner = "partner",
    /// A form on paper.
    Paper = "paper",
}
