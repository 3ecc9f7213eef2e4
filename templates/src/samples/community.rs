//! The console's pages about questions among customers.

use super::console::rail;
use super::{Sample, frame};
use crate::{
    CommunityButton, CommunityLine, CommunityPage, CommunityPicture, CommunityQuestionPage, CommunityReply,
    CommunityReport, Face, WaitingRow,
};

pub(super) fn samples() -> Vec<Sample> {
    vec![
        Sample {
            name: "community-list",
            draw: |to, theme| to.community(&frame(Face::Console, theme), &list()),
        },
        Sample {
            name: "community-none",
            draw: |to, theme| to.community(&frame(Face::Console, theme), &none()),
        },
        Sample {
            name: "community-question",
            draw: |to, theme| to.community_question(&frame(Face::Console, theme), &question()),
        },
        Sample {
            name: "community-hidden",
            draw: |to, theme| to.community_question(&frame(Face::Console, theme), &hidden()),
        },
    ]
}

fn none() -> CommunityPage {
    CommunityPage {
        rail: rail("Questions"),
        unanswered: Vec::new(),
        reports: Vec::new(),
        held: Vec::new(),
        first_posts: Vec::new(),
    }
}

fn list() -> CommunityPage {
    CommunityPage {
        unanswered: vec![
            WaitingRow { late: true, age: "3 days".to_owned(), expert: Some("Dana".to_owned()), ..row() },
            WaitingRow { badges: vec!["For experts only".to_owned(), "First post".to_owned()], ..row() },
        ],
        reports: vec![WaitingRow { about: "<b>It sells something</b>".to_owned(), ..row() }],
        held: vec![WaitingRow { badges: vec!["Very many came from there".to_owned()], ..row() }],
        first_posts: vec![row()],
        ..none()
    }
}

fn row() -> WaitingRow {
    WaitingRow {
        title: "Can the front desk move a call to a dentist’s cell?".to_owned(),
        href: "/console/community/can-the-front-desk-move-a-call-456789abcdef".to_owned(),
        about: "Jo · Health or dental · 5 to 9 people".to_owned(),
        age: "2 hours".to_owned(),
        late: false,
        badges: Vec::new(),
        expert: None,
    }
}

fn question() -> CommunityQuestionPage {
    let reply = |id: &str, who: &str, badges: &[&str]| CommunityReply {
        id: id.to_owned(),
        who: who.to_owned(),
        at: "3 March 2026, 12:00 UTC".to_owned(),
        badges: badges.iter().map(|badge| (*badge).to_owned()).collect(),
        body_html: "<p>Press <strong>Transfer</strong>.</p>".to_owned(),
        buttons: vec![CommunityButton::Hide, CommunityButton::Fix, CommunityButton::Ban],
    };
    CommunityQuestionPage {
        rail: rail("Questions"),
        title: "Can the front desk move a call to a dentist’s cell?".to_owned(),
        who: "Jo · Health or dental · 5 to 9 people".to_owned(),
        at: "3 March 2026, 09:00 UTC".to_owned(),
        standing: "Solved".to_owned(),
        tone: "good".to_owned(),
        facts: vec!["phones".to_owned(), "getting-by".to_owned()],
        details_html: "<p>The dentist is often in the other house.</p>".to_owned(),
        picture: Some(CommunityPicture {
            src: "/console/community/can-the-front-desk-move-a-call-456789abcdef/picture".to_owned(),
            alt: "The phone’s menu, with <Transfer> in grey".to_owned(),
            width: 900,
            height: 1600,
            hidden_why: None,
            button: CommunityButton::HidePicture,
        }),
        public_href: Some("/ask/can-the-front-desk-move-a-call-456789abcdef".to_owned()),
        action: "/console/community/can-the-front-desk-move-a-call-456789abcdef".to_owned(),
        buttons: vec![CommunityButton::Hide, CommunityButton::Ban],
        stands: true,
        replies: vec![
            reply("1", "Sam · Car repair", &["Solved it"]),
            CommunityReply { buttons: vec![CommunityButton::Hide], ..reply("2", "Dana, expert", &[]) },
            CommunityReply {
                buttons: vec![CommunityButton::Show, CommunityButton::Unban],
                ..reply("3", "Al", &["Taken down: it sells something"])
            },
            CommunityReply {
                buttons: vec![CommunityButton::Publish],
                ..reply("4", "Al", &["Very many came from there"])
            },
        ],
        reports: vec![
            CommunityReport {
                about: "The reply of Al".to_owned(),
                reply: "3".to_owned(),
                why: "<b>It sells something</b>".to_owned(),
                at: "3 March 2026, 13:00 UTC".to_owned(),
            },
            CommunityReport {
                about: "The question".to_owned(),
                reply: String::new(),
                why: String::new(),
                at: "3 March 2026, 13:05 UTC".to_owned(),
            },
        ],
        log: vec![CommunityLine {
            by: "kim@lakeshore.example".to_owned(),
            act: "Taken down".to_owned(),
            why: "It sells something".to_owned(),
            at: "3 March 2026, 13:10 UTC".to_owned(),
        }],
        problem: Some("Write an answer of 5,000 letters at most, without deeply nested lists.".to_owned()),
        typed: "<too long>".to_owned(),
    }
}

fn hidden() -> CommunityQuestionPage {
    CommunityQuestionPage {
        standing: "Taken down".to_owned(),
        tone: "bad".to_owned(),
        picture: question().picture.map(|picture| CommunityPicture {
            hidden_why: Some("It shows a password".to_owned()),
            button: CommunityButton::ShowPicture,
            ..picture
        }),
        public_href: None,
        buttons: vec![CommunityButton::Publish, CommunityButton::Show, CommunityButton::Unban],
        stands: false,
        replies: Vec::new(),
        reports: Vec::new(),
        log: Vec::new(),
        problem: None,
        typed: String::new(),
        ..question()
    }
}
