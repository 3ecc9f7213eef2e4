//! Joining, signing in, and the five questions.

use super::{around_a_letter, signed_in_reader};
use crate::center::{
    AccessibilityPage, Around, JoinPage, Link, MessagePage, OfflinePage, PostButton, Problem, SessionsPage,
    Sign, SignInAskPage, SignInCodePage, SignedInPlace, Typed, WelcomeAnswer, WelcomePage, WelcomeProducts,
};

fn visiting() -> Around {
    Around { sign_in_href: Some("/sign-in".to_owned()), ..around_a_letter() }
}

pub(super) fn join() -> JoinPage {
    JoinPage {
        around: visiting(),
        consent: "Yes, send me about 2 e-mails a month from Lakeshore: lessons, help with what I have, and questions and \
                  answers of other customers. I can stop at any time with one press."
            .to_owned(),
        tracking_consent: "You may also see which of these e-mails and links I open.".to_owned(),
        members: Some("To check that our letters help, a small share of members gets fewer of them.".to_owned()),
        typed: Typed { from: "call".to_owned(), ..Typed::default() },
        ..JoinPage::default()
    }
}

pub(super) fn join_refused() -> JoinPage {
    let problem = |field, words: &str| Problem { field, words: words.to_owned() };
    JoinPage {
        typed: Typed {
            email: "maria@<mail>.example".to_owned(),
            number: "A-17".to_owned(),
            tracking: true,
            ..Typed::default()
        },
        problems: vec![
            problem("email", "Write your work e-mail, such as name@company.example"),
            problem("first_name", "Write your first name"),
            problem("number", "We found no company with this customer number"),
            problem("yes", "Tick the box if you want to join"),
        ],
        not_yet_href: Some("/join/not-yet".to_owned()),
        members: None,
        ..join()
    }
}

pub(super) fn sent() -> MessagePage {
    MessagePage {
        around: visiting(),
        sign: Sign::Mail,
        title: "Look in your inbox".to_owned(),
        lines: vec!["We sent an e-mail with one link.".to_owned(), "It comes within a minute.".to_owned()],
        button: None,
        next: Some(Link { label: "Go to the resource center".to_owned(), href: "/".to_owned() }),
        other: Some(Link { label: "Type the address again".to_owned(), href: "/join".to_owned() }),
    }
}

pub(super) fn confirm() -> MessagePage {
    let button =
        PostButton { label: "Yes, that is right".to_owned(), action: "/join/confirm/sample".to_owned() };
    MessagePage {
        title: "One press, and you are in".to_owned(),
        button: Some(button),
        next: None,
        other: None,
        ..sent()
    }
}

pub(super) fn too_many() -> MessagePage {
    MessagePage { sign: Sign::Alert, title: "Too many at once".to_owned(), other: None, ..sent() }
}

pub(super) fn sign_in_ask() -> SignInAskPage {
    SignInAskPage {
        around: around_a_letter(),
        email: "maria".to_owned(),
        problems: vec![Problem { field: "email", words: "Write your work e-mail".to_owned() }],
        join_href: Some("/join".to_owned()),
        words_kept: true,
    }
}

pub(super) fn sign_in_code() -> SignInCodePage {
    SignInCodePage {
        around: visiting(),
        action: "/sign-in/sample".to_owned(),
        problems: vec![Problem { field: "code", words: "That is not the code.".to_owned() }],
    }
}

pub(super) fn sessions() -> SessionsPage {
    let place = |agent: &str, here, which: &str| SignedInPlace {
        agent: agent.to_owned(),
        when: super::moment("Since 3 March 2026, last used 5 March 2026"),
        here,
        which: which.to_owned(),
    };
    SessionsPage {
        around: signed_in_reader(),
        places: vec![place("Firefox on Windows", true, "ab01"), place("Safari on iPhone", false, "ab02")],
        action: "/me/sessions/end".to_owned(),
    }
}

pub(super) fn welcome() -> WelcomePage {
    let answer = |value: &str, label: &str, given| WelcomeAnswer {
        value: value.to_owned(),
        label: label.to_owned(),
        given,
    };
    WelcomePage {
        around: signed_in_reader(),
        greeting: Some("Welcome, Maria.".to_owned()),
        number: 1,
        of: 5,
        question: "How long have you been in business?".to_owned(),
        hint: "Somebody who opens next week needs other things first.".to_owned(),
        action: "/welcome/life".to_owned(),
        answers: vec![
            answer("starting-up", "Just starting", false),
            answer("established", "A while", true),
            answer("growing", "Growing fast", false),
        ],
        skip_href: "/welcome/trade".to_owned(),
        products: Some(WelcomeProducts {
            names: vec!["Phones".to_owned(), "Backup".to_owned()],
            action: "/welcome/products".to_owned(),
            noted: false,
            undo_action: "/welcome/products/undo".to_owned(),
        }),
    }
}

pub(super) fn welcome_size() -> WelcomePage {
    let answers = ["1 to 4", "5 to 9", "10 to 24", "25 to 49", "50 to 99", "100 to 249"];
    WelcomePage {
        greeting: None,
        number: 3,
        question: "How many of you are there?".to_owned(),
        action: "/welcome/size".to_owned(),
        answers: answers
            .map(|label| WelcomeAnswer {
                value: label.replace(' ', "-"),
                label: label.to_owned(),
                given: false,
            })
            .to_vec(),
        products: Some(WelcomeProducts {
            names: vec!["Phones".to_owned()],
            action: "/p".to_owned(),
            noted: true,
            undo_action: "/welcome/products/undo".to_owned(),
        }),
        ..welcome()
    }
}

pub(super) fn offline() -> OfflinePage {
    OfflinePage { around: around_a_letter() }
}

pub(super) fn accessibility() -> AccessibilityPage {
    let around = Around {
        search_action: Some("/search".to_owned()),
        search_suggest: Some("/search/suggest".to_owned()),
        accessibility_href: Some("/accessibility".to_owned()),
        ..signed_in_reader()
    };
    AccessibilityPage { around }
}
