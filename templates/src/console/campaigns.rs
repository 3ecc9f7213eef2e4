//! How far a campaign has come, and the two things one may do to it: pause and resume.

use serde::Serialize;

use super::Rail;
use crate::{Frame, RenderError, Templates, figures};

/// The campaigns, the latest first.
#[derive(Debug, Clone, Serialize)]
pub struct CampaignListPage {
    /// The rail.
    pub rail: Rail,
    /// One row each.
    pub campaigns: Vec<CampaignRow>,
}

/// One campaign in the list.
#[derive(Debug, Clone, Serialize)]
pub struct CampaignRow {
    /// Its name.
    pub name: String,
    /// Where its status is.
    pub href: String,
    /// The program it belongs to.
    pub program: String,
    /// Where it stands.
    pub state: CampaignState,
    /// Why it pauses, when nobody paused it by hand.
    pub paused_because: Option<String>,
    /// Its messages, by state.
    pub tally: Tally,
}

/// Where a campaign stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CampaignState {
    /// Being written; nothing is planned.
    Draft,
    /// Planned for a time to come.
    Scheduled,
    /// Going out now.
    Sending,
    /// Held by a person.
    Paused,
    /// Its program's letters pause until a lead decides.
    Held,
    /// Nothing is left to send.
    Done,
    /// Stopped for good before the end.
    Stopped,
}

impl CampaignState {
    /// One or two words for the badge.
    pub fn label(self) -> &'static str {
        match self {
            Self::Draft => "Draft",
            Self::Scheduled => "Planned",
            Self::Sending => "Sending",
            Self::Paused => "Paused",
            Self::Held => "Held",
            Self::Done => "Done",
            Self::Stopped => "Stopped",
        }
    }

    fn tone(self) -> &'static str {
        match self {
            Self::Draft => "",
            Self::Scheduled | Self::Sending => "info",
            Self::Paused | Self::Held => "warn",
            Self::Done => "good",
            Self::Stopped => "bad",
        }
    }
}

/// A campaign's messages by state. The total is their sum, so that it cannot differ from them.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Tally {
    /// Waiting for their time.
    pub planned: u64,
    /// Taken by a node.
    pub claimed: u64,
    /// Before the final dot.
    pub handing_over: u64,
    /// Taken over by the mail server.
    pub sent: u64,
    /// Refused for good.
    pub failed: u64,
    /// Perhaps sent, perhaps not: never sent again by themselves.
    pub unknown: u64,
    /// Not written, by reason.
    pub skipped: Vec<Reason>,
    /// Those of `failed`, by reason.
    pub failed_because: Vec<Reason>,
}

/// Why some were not written to, or were in vain.
#[derive(Debug, Clone, Serialize)]
pub struct Reason {
    /// "in the comparison group", "no consent for training".
    pub reason: String,
    /// How many.
    pub people: u64,
}

impl Tally {
    /// Everyone in the campaign's frozen audience.
    pub fn total(&self) -> u64 {
        self.waiting() + self.settled()
    }

    /// What still has to happen: planned, claimed and handing over.
    pub fn waiting(&self) -> u64 {
        self.planned + self.claimed + self.handing_over
    }

    /// What has ended, one way or another.
    pub fn settled(&self) -> u64 {
        self.sent + self.failed + self.unknown + self.skipped()
    }

    fn skipped(&self) -> u64 {
        self.skipped.iter().map(|skipped| skipped.people).sum()
    }
}

/// One campaign's status.
#[derive(Debug, Clone, Serialize)]
pub struct CampaignPage {
    /// The rail, which also holds the forms' token.
    pub rail: Rail,
    /// Its name.
    pub name: String,
    /// The program it belongs to.
    pub program: String,
    /// Where it stands.
    pub state: CampaignState,
    /// When it began or will begin, in words; empty when that is not known.
    pub when: String,
    /// "About 23 a second, about 4 minutes left"; empty when nothing is going out.
    pub pace: String,
    /// Why it pauses, when nobody paused it by hand: "the mail server does not take letters from …".
    pub paused_because: Option<String>,
    /// Why nothing of its program goes out: "Letters of this program have paused since … A lead decides."
    pub held: Option<String>,
    /// The report where that is decided; `None` for whoever may not read it.
    pub report_href: Option<String>,
    /// Its messages, by state.
    pub tally: Tally,
    /// Where the pause form posts to; `None` when it cannot be paused.
    pub pause_action: Option<String>,
    /// Where the resume form posts to; `None` when there is nothing to resume.
    pub resume_action: Option<String>,
}

#[derive(Debug, Serialize)]
struct Progress {
    label: &'static str,
    tone: &'static str,
    settled: String,
    total: String,
    done_width: f64,
    written: String,
}

impl Progress {
    fn of(state: CampaignState, tally: &Tally) -> Self {
        let share = if tally.total() == 0 { 0.0 } else { tally.settled() as f64 / tally.total() as f64 };
        // "100%" is kept for the end: 99.96% is not done.
        let tenths = (share * 1000.0).floor();
        Self {
            label: state.label(),
            tone: state.tone(),
            settled: figures::count(tally.settled()),
            total: figures::count(tally.total()),
            done_width: tenths / 10.0,
            written: format!("{:.0}%", (tenths / 10.0).floor()),
        }
    }
}

#[derive(Debug, Serialize)]
struct StatusDrawing {
    progress: Progress,
    skipped: u64,
}

impl Templates {
    /// Draws the list of campaigns.
    pub fn campaign_list(&self, frame: &Frame, page: &CampaignListPage) -> Result<String, RenderError> {
        let drawing: Vec<_> = page.campaigns.iter().map(|row| Progress::of(row.state, &row.tally)).collect();
        self.drawn_page("pages/console/campaigns/list.html", frame, page, &drawing)
    }

    /// Draws one campaign's status.
    pub fn campaign(&self, frame: &Frame, page: &CampaignPage) -> Result<String, RenderError> {
        let drawing =
            StatusDrawing { progress: Progress::of(page.state, &page.tally), skipped: page.tally.skipped() };
        self.drawn_page("pages/console/campaigns/show.html", frame, page, &drawing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(planned: u64, sent: u64) -> Tally {
        let skipped = vec![Reason { reason: "no consent".into(), people: 3 }];
        Tally {
            planned,
            claimed: 1,
            handing_over: 2,
            sent,
            failed: 4,
            unknown: 5,
            skipped,
            failed_because: Vec::new(),
        }
    }

    #[test]
    fn the_total_is_the_sum_of_every_state() {
        let tally = tally(10, 100);
        assert_eq!(tally.total(), 10 + 1 + 2 + 100 + 4 + 5 + 3);
        assert_eq!(tally.total(), tally.waiting() + tally.settled());
    }

    #[test]
    fn the_bar_is_full_only_at_the_end() {
        let almost =
            Progress::of(CampaignState::Sending, &Tally { planned: 1, sent: 9_999, ..Tally::default() });
        assert_eq!(almost.written, "99%");
        let done = Progress::of(CampaignState::Done, &Tally { sent: 10_000, ..Tally::default() });
        assert_eq!((done.written.as_str(), done.done_width.to_bits()), ("100%", 100.0_f64.to_bits()));
        let empty = Progress::of(CampaignState::Draft, &Tally::default());
        assert_eq!(empty.written, "0%");
    }
}
