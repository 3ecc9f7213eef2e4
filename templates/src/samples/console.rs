//! The console's pages: landing, outbox, campaigns; each also empty.

use chrono::{DateTime, Utc};

use super::{Sample, frame};
use crate::{
    CampaignListPage, CampaignPage, CampaignRow, CampaignState, ConsoleHomePage, Face, HomeCard, MailHeader,
    OutboxListPage, OutboxMailPage, OutboxRow, Pager, Rail, RailLink, Reason, Tally,
};

pub(super) fn samples() -> Vec<Sample> {
    vec![
        Sample {
            name: "console-home",
            draw: |to, theme| to.console_home(&frame(Face::Console, theme), &home()),
        },
        Sample {
            name: "outbox-list",
            draw: |to, theme| to.outbox_list(&frame(Face::Console, theme), &outbox()),
        },
        Sample {
            name: "outbox-none",
            draw: |to, theme| to.outbox_list(&frame(Face::Console, theme), &nothing("")),
        },
        Sample {
            name: "outbox-not-found",
            draw: |to, theme| to.outbox_list(&frame(Face::Console, theme), &nothing("<b>@nowhere")),
        },
        Sample {
            name: "outbox-mail",
            draw: |to, theme| to.outbox_mail(&frame(Face::Console, theme), &mail()),
        },
        Sample {
            name: "outbox-bare-mail",
            draw: |to, theme| to.outbox_mail(&frame(Face::Console, theme), &bare_mail()),
        },
        Sample {
            name: "campaigns-list",
            draw: |to, theme| to.campaign_list(&frame(Face::Console, theme), &campaigns()),
        },
        Sample {
            name: "campaigns-none",
            draw: |to, theme| {
                let page = CampaignListPage { rail: rail("Campaigns"), campaigns: Vec::new() };
                to.campaign_list(&frame(Face::Console, theme), &page)
            },
        },
        Sample {
            name: "campaign-sending",
            draw: |to, theme| to.campaign(&frame(Face::Console, theme), &campaign(CampaignState::Sending)),
        },
        Sample {
            name: "campaign-paused",
            draw: |to, theme| to.campaign(&frame(Face::Console, theme), &campaign(CampaignState::Paused)),
        },
        Sample {
            name: "campaign-refused",
            draw: |to, theme| to.campaign(&frame(Face::Console, theme), &refused_campaign()),
        },
        Sample {
            name: "campaign-held",
            draw: |to, theme| to.campaign(&frame(Face::Console, theme), &held_campaign()),
        },
    ]
}

/// The rail with every place there is, this page marked.
pub(super) fn rail(current: &str) -> Rail {
    let link = |label: &str, href: &str, icon: &str, count: &str| RailLink {
        label: label.to_owned(),
        href: href.to_owned(),
        icon: icon.to_owned(),
        count: count.to_owned(),
        current: label == current,
    };
    Rail {
        links: vec![
            link("Today", "/console", "home", ""),
            link("Segments", "/console/segments", "layers", "12"),
            link("Campaigns", "/console/campaigns", "split", "3"),
            link("Outbox", "/console/outbox", "mail", "1,706"),
            link("Reports", "/reports", "chart", ""),
        ],
        sign_out_action: "/staff/sign-out".into(),
        form_token: "dG9rZW4".into(),
    }
}

fn home() -> ConsoleHomePage {
    let card = |title: &str, text: &str, href: &str, action: &str, icon: &str| HomeCard {
        title: title.to_owned(),
        text: text.to_owned(),
        href: href.to_owned(),
        action: action.to_owned(),
        icon: icon.to_owned(),
    };
    ConsoleHomePage {
        rail: rail("Today"),
        cards: vec![
            card(
                "Outbox",
                "1,706 letters, the last at 09:05.",
                "/console/outbox",
                "Read the letters",
                "mail",
            ),
            card("Campaigns", "One is going out now.", "/console/campaigns", "See how far it is", "split"),
            card(
                "Reports",
                "Yes, it works. About 5 more in 100 renewed.",
                "/reports",
                "Open the reports",
                "chart",
            ),
        ],
    }
}

fn at(minute: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_774_947_900 - minute * 60, 0).expect("a moment of the year 2026 exists")
}

fn outbox() -> OutboxListPage {
    let mail = |number: i64, to: &str, subject: &str, bytes| OutboxRow {
        href: format!("/console/outbox/{number}"),
        to: to.to_owned(),
        subject: subject.to_owned(),
        at: at(number),
        bytes,
    };
    OutboxListPage {
        rail: rail("Outbox"),
        search: String::new(),
        mails: vec![
            mail(1, "maria@brightsmile.example", "Your renewal, and three things worth ten minutes", 24_310),
            mail(
                2,
                "ann.with.a.very.long.address@construction-and-trades.example",
                "Set up your phone greeting",
                21_870,
            ),
            mail(3, "jo@cafe.example", "", 940),
        ],
        pager: Pager {
            first: 1,
            last: 3,
            total: 1706,
            previous_href: None,
            next_href: Some("?before=3".into()),
        },
    }
}

fn nothing(search: &str) -> OutboxListPage {
    OutboxListPage {
        rail: rail("Outbox"),
        search: search.to_owned(),
        mails: Vec::new(),
        pager: Pager::default(),
    }
}

fn mail() -> OutboxMailPage {
    let header = |name: &str, value: &str| MailHeader { name: name.to_owned(), value: value.to_owned() };
    OutboxMailPage {
        rail: rail("Outbox"),
        subject: "Your renewal, and three things worth ten minutes".into(),
        to: "maria@brightsmile.example".into(),
        from: "Priya at Lakeshore <priya@lakeshore.example>".into(),
        at: at(1),
        bytes: 24_310,
        headers: vec![
            header("Message-ID", "<0197f2c4.1@lakeshore.example>"),
            header("List-Unsubscribe", "<https://rapport.example/u/dG9rZW4>"),
            header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        ],
        text: "Hello Maria,\n\nyour phones renew on 14 June. Three things worth ten minutes before then:\n\n1. Set up a \
               greeting for out of hours\n2. See which seats nobody uses\n3. Ask someone who did it\n\nPriya"
            .into(),
        html_href: Some("/console/outbox/1/html".into()),
        raw_href: Some("/console/outbox/1/raw".into()),
        attachments: Vec::new(),
    }
}

fn bare_mail() -> OutboxMailPage {
    OutboxMailPage {
        subject: String::new(),
        text: String::new(),
        html_href: None,
        raw_href: None,
        headers: Vec::new(),
        attachments: vec!["<plan>.pdf".into(), "map.png".into()],
        ..mail()
    }
}

fn tally() -> Tally {
    let skipped = |reason: &str, people| Reason { reason: reason.to_owned(), people };
    Tally {
        planned: 412,
        claimed: 20,
        handing_over: 2,
        sent: 1251,
        failed: 3,
        unknown: 1,
        skipped: vec![
            skipped("In the comparison group", 257),
            skipped("No consent for training", 88),
            skipped("A partner bills them and has not agreed", 14),
        ],
        failed_because: vec![skipped("the mail server refused it for good", 3)],
    }
}

fn campaigns() -> CampaignListPage {
    let row = |name: &str, state, tally| CampaignRow {
        name: name.to_owned(),
        href: format!("/console/campaigns/{}", name.to_lowercase().replace(' ', "-")),
        program: "Renewal program, spring 2026".into(),
        paused_because: None,
        state,
        tally,
    };
    CampaignListPage {
        rail: rail("Campaigns"),
        campaigns: vec![
            row("Renew early", CampaignState::Sending, tally()),
            row("First win", CampaignState::Done, Tally { sent: 1706, ..Tally::default() }),
            row("Summer hours", CampaignState::Scheduled, Tally { planned: 980, ..Tally::default() }),
            row("Peers", CampaignState::Paused, tally()),
            CampaignRow {
                paused_because: Some(PAUSED.to_owned()),
                ..row("Backups", CampaignState::Paused, tally())
            },
            row("Seats", CampaignState::Held, tally()),
            row("Old notice", CampaignState::Stopped, Tally { sent: 12, failed: 3, ..Tally::default() }),
            row("Autumn", CampaignState::Draft, Tally::default()),
        ],
    }
}

fn campaign(state: CampaignState) -> CampaignPage {
    let sending = state == CampaignState::Sending;
    let action = |verb: &str| Some(format!("/console/campaigns/renew-early/{verb}"));
    CampaignPage {
        rail: rail("Campaigns"),
        name: "Renew early".into(),
        program: "Renewal program, spring 2026".into(),
        state,
        when: "Began 31 March 2026, 09:00 UTC".into(),
        pace: if sending { "about 23 a second, under a minute left".into() } else { String::new() },
        paused_because: None,
        held: None,
        report_href: None,
        tally: tally(),
        pause_action: action("pause").filter(|_| sending),
        resume_action: action("resume").filter(|_| !sending),
    }
}

/// A mail server's words are a stranger's.
const PAUSED: &str =
    "the mail server does not take letters from dana@lakeshore.example: permanent error (550): <b>listed</b>";

fn refused_campaign() -> CampaignPage {
    CampaignPage { paused_because: Some(PAUSED.to_owned()), ..campaign(CampaignState::Paused) }
}

fn held_campaign() -> CampaignPage {
    CampaignPage {
        state: CampaignState::Held,
        held: Some("Letters of this program have paused since 3 March 2026. A lead decides.".into()),
        report_href: Some("/reports/renewal-2026".into()),
        pace: String::new(),
        pause_action: Some("/console/campaigns/renew-early/pause".into()),
        resume_action: None,
        ..campaign(CampaignState::Sending)
    }
}
