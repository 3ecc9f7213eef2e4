//! The marketer's workplace.

use axum::extract::State;
use axum::response::Html;
use templates::{ConsoleHomePage, Face, Frame, HomeCard, Rail, RailLink};

use super::error::PageError;
use super::forms;
use super::frame::{self, Visit};
use super::visitor::Staff;
use crate::app::App;
use crate::campaigns::plan;
use crate::router;
use crate::store::{journeys, outbox as mailbox, questions};

pub(crate) mod campaigns;
pub(crate) mod community;
pub(crate) mod feedback;
pub(crate) mod heard;
pub(crate) mod incidents;
pub(crate) mod outbox;

/// The places of the rail, from top to bottom. A role sees those that open to it.
const PLACES: [(&str, &str, &str); 7] = [
    ("/console", "Today", "home"),
    ("/console/campaigns", "Campaigns", "mail"),
    (community::HERE, "Questions", "chat"),
    (feedback::FEEDBACK, "Feedback", "thumbu"),
    (incidents::INCIDENTS, "Out of order", "alert"),
    ("/console/outbox", "Outbox", "task"),
    ("/reports", "Reports", "chart"),
];

/// The landing page: where things stand, in one sentence each.
pub async fn show(State(app): State<App>, visit: Visit, staff: Staff) -> Result<Html<String>, PageError> {
    let mut cards = Vec::new();
    let open = |path: &str| router::opens(staff.member.role, path);
    if open("/console/campaigns") {
        let journeys = journeys::all(app.db.read()).await?;
        let (mut running, mut held) = (0, 0);
        for one in journeys.iter().filter(|one| one.state == journeys::State::Running) {
            let paused = plan::held(app.db.read(), &one.draft.program).await?.is_some();
            (running, held) = if paused { (running, held + 1) } else { (running + 1, held) };
        }
        let text = match (journeys.len(), running) {
            (0, _) => "There is none yet. A campaign is one letter to an audience you choose.".to_owned(),
            (all, 0) => format!("{all} in all, none of them sending now."),
            (all, now) => format!("{all} in all, {now} sending now."),
        };
        let text = if held == 0 { text } else { format!("{text} {held} held until a lead decides.") };
        cards.push(card("Campaigns", text, "/console/campaigns", "See the campaigns", "mail"));
    }
    if open(community::HERE) {
        let text = match questions::unanswered(app.db.read(), 100).await?.len() {
            0 => "Every question has a reply.".to_owned(),
            1 => "One question waits for a reply.".to_owned(),
            more => format!("{more} questions wait for a reply."),
        };
        cards.push(card("Questions", text, community::HERE, "Answer questions", "chat"));
    }
    if open("/console/outbox") {
        let (_, letters) = mailbox::list(app.db.read(), "", 0, 1).await?;
        let text = match letters {
            0 => "No letter has gone into the mailbox of this machine.".to_owned(),
            1 => "One letter went into the mailbox of this machine.".to_owned(),
            more => format!("{more} letters went into the mailbox of this machine."),
        };
        cards.push(card("Outbox", text, "/console/outbox", "Read the letters", "task"));
    }
    if open("/reports") {
        let text = "What the programs changed, counted against the companies that were left out.".to_owned();
        cards.push(card("Reports", text, "/reports", "Read the reports", "chart"));
    }
    let page = ConsoleHomePage { rail: rail(&app, &staff, "/console"), cards };
    Ok(Html(app.templates.console_home(&framed(&app, &visit, &staff), &page)?))
}

fn card(title: &str, text: String, href: &str, action: &str, icon: &str) -> HomeCard {
    HomeCard {
        title: title.to_owned(),
        text,
        href: href.to_owned(),
        action: action.to_owned(),
        icon: icon.to_owned(),
    }
}

/// The frame of a page of the console.
fn framed(app: &App, visit: &Visit, staff: &Staff) -> Frame {
    // The rail is narrow; what stands before the @ is who they are to their colleagues.
    let name = staff.member.email.split('@').next().unwrap_or_default();
    frame::of(app, visit, Face::Console, Some(name))
}

/// The rail, on a page that lies in `here`.
fn rail(app: &App, staff: &Staff, here: &str) -> Rail {
    let open = PLACES.into_iter().filter(|(path, ..)| router::opens(staff.member.role, path));
    let links = open.map(|(path, label, icon)| RailLink {
        label: label.to_owned(),
        href: path.to_owned(),
        icon: icon.to_owned(),
        count: String::new(),
        current: path == here,
    });
    Rail {
        links: links.collect(),
        sign_out_action: "/console/sign-out".to_owned(),
        form_token: forms::token(&app.keys, &staff.session),
    }
}

/// Text as it stands in an address.
fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric();
    let one = |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(one).collect()
}
