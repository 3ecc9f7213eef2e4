//! How far a campaign has come, and the two things one may do to it: pause and resume.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::response::{Html, Redirect};
use templates::{CampaignListPage, CampaignPage, CampaignRow, CampaignState, Reason, Tally};

use super::{framed, rail};
use crate::app::App;
use crate::campaigns::{plan, words};
use crate::lift::report::holds;
use crate::store::holds::Hold;
use crate::store::journeys::{self, Kept, State as Standing};
use crate::store::messages::Status;
use crate::store::programs;
use crate::web::error::PageError;
use crate::web::forms::{Button, Checked};
use crate::web::frame::Visit;
use crate::web::visitor::Staff;

const HERE: &str = "/console/campaigns";

/// Shows every campaign.
pub async fn list(State(app): State<App>, visit: Visit, staff: Staff) -> Result<Html<String>, PageError> {
    let mut campaigns = Vec::new();
    for kept in journeys::all(app.db.read()).await? {
        campaigns.push(CampaignRow {
            name: kept.draft.title.clone(),
            href: format!("{HERE}/{}", kept.draft.name),
            program: program(&app, &kept).await?,
            state: state(kept.state, held(&app, &kept).await?.as_ref()),
            paused_because: kept.pauses_because().map(str::to_owned),
            tally: tally(&plan::count(app.db.read(), &kept).await?),
        });
    }
    let page = CampaignListPage { rail: rail(&app, &staff, HERE), campaigns };
    Ok(Html(app.templates.campaign_list(&framed(&app, &visit, &staff), &page)?))
}

/// Shows one campaign's status.
pub async fn show(
    State(app): State<App>,
    visit: Visit,
    staff: Staff,
    Path(name): Path<String>,
) -> Result<Html<String>, PageError> {
    let kept = journeys::find(app.db.read(), &name).await?.ok_or(PageError::NotFound)?;
    let launched = journeys::versions(app.db.read(), kept.id).await?;
    let opens = |path: &str| crate::router::opens(staff.member.role, path);
    let (may, hold) = (opens(PAUSE), held(&app, &kept).await?);
    let act =
        |what: &str, from: Standing| (may && kept.state == from).then(|| format!("{HERE}/{name}/{what}"));
    let page = CampaignPage {
        rail: rail(&app, &staff, HERE),
        name: kept.draft.title.clone(),
        program: program(&app, &kept).await?,
        state: state(kept.state, hold.as_ref()),
        when: launched.last().map_or(String::new(), |last| {
            format!("Launched {}", last.launched_at.format("%-d %B %Y, %H:%M UTC"))
        }),
        pace: String::new(),
        report_href: hold
            .as_ref()
            .filter(|_| opens("/reports/{program}"))
            .map(|_| format!("/reports/{}", kept.draft.program)),
        paused_because: kept.pauses_because().map(str::to_owned),
        held: hold.as_ref().map(|hold| holds::notice(hold).sentence),
        tally: tally(&plan::count(app.db.read(), &kept).await?),
        pause_action: act("pause", Standing::Running),
        resume_action: act("resume", Standing::Paused).filter(|_| hold.is_none()),
    };
    Ok(Html(app.templates.campaign(&framed(&app, &visit, &staff), &page)?))
}

/// The address whose policy says who may pause and resume.
pub(crate) const PAUSE: &str = "/console/campaigns/{name}/pause";

/// Holds a campaign: nothing more is handed over until somebody carries on.
pub async fn pause(
    State(app): State<App>,
    Path(name): Path<String>,
    Checked(Button {}): Checked<Button>,
) -> Result<Redirect, PageError> {
    turn(&app, &name, Standing::Running, Standing::Paused).await
}

/// Carries on with a campaign that was held, unless its program's letters pause.
pub async fn resume(
    State(app): State<App>,
    Path(name): Path<String>,
    Checked(Button {}): Checked<Button>,
) -> Result<Redirect, PageError> {
    let kept = journeys::find(app.db.read(), &name).await?.ok_or(PageError::NotFound)?;
    if let Some(hold) = held(&app, &kept).await? {
        return Err(PageError::Form(vec![holds::notice(&hold).sentence]));
    }
    turn(&app, &name, Standing::Paused, Standing::Running).await
}

async fn turn(app: &App, name: &str, from: Standing, to: Standing) -> Result<Redirect, PageError> {
    let kept = journeys::find(app.db.read(), name).await?.ok_or(PageError::NotFound)?;
    let txn = app.db.begin().await?;
    // Whoever else turned it in the meantime is not overruled; the page shows how it stands.
    journeys::turn(&txn, kept.id, &[from], to).await?;
    txn.commit().await?;
    Ok(Redirect::to(&format!("{HERE}/{name}")))
}

async fn program(app: &App, kept: &Kept) -> Result<String, PageError> {
    let program = programs::find(app.db.read(), &kept.draft.program).await?;
    Ok(program.map_or_else(|| kept.draft.program.clone(), |program| program.program.title))
}

/// The hold in the way of its program's letters.
async fn held(app: &App, kept: &Kept) -> Result<Option<Hold>, PageError> {
    Ok(plan::held(app.db.read(), &kept.draft.program).await?)
}

fn state(state: Standing, hold: Option<&Hold>) -> CampaignState {
    match state {
        Standing::Draft => CampaignState::Draft,
        Standing::Running if hold.is_some() => CampaignState::Held,
        Standing::Running => CampaignState::Sending,
        Standing::Paused => CampaignState::Paused,
        Standing::Stopped => CampaignState::Stopped,
        Standing::Done => CampaignState::Done,
    }
}

fn tally(status: &Status) -> Tally {
    Tally {
        planned: status.planned,
        claimed: status.claimed,
        handing_over: status.handing_over,
        sent: status.sent,
        failed: status.failed,
        unknown: status.unknown,
        skipped: in_words(&status.skipped),
        failed_because: in_words(&status.failed_because),
    }
}

fn in_words(reasons: &BTreeMap<String, u64>) -> Vec<Reason> {
    let in_words =
        |(kept, people): (&String, &u64)| Reason { reason: words::reason(kept).to_owned(), people: *people };
    reasons.iter().map(in_words).collect()
}
