//! How it looks: every page and every e-mail, each behind one typed function.
//!
//! A page is a plain struct ([`ReportPage`] for instance) that the caller fills
//! with numbers and finished sentences, and a function of [`Templates`] that
//! draws it. What all pages of a visit share stands in one [`Frame`].
//!
//! Nothing here knows of a database, of HTTP or of the time: the same struct
//! always makes the same page.

mod brand;
pub mod center;
mod charts;
mod console;
pub mod emails;
mod engine;
mod errors;
pub mod figures;
mod frame;
mod reports;
pub mod samples;
mod staff;
mod words;

pub use brand::{BrandColor, BrandError, LEAST_CONTRAST, Tones};
pub use charts::{Beside, Lift, Unit};
pub use console::{
    CampaignListPage, CampaignPage, CampaignRow, CampaignState, CommentRow, CommunityButton, CommunityLine,
    CommunityPage, CommunityPicture, CommunityQuestionPage, CommunityReply, CommunityReport, ConsoleHomePage,
    DecideOption, DecidePage, DecidedRow, FeedbackListPage, FieldProblem, HeardListPage, HeardRow,
    HeardTyped, HomeCard, IncidentDone, IncidentForm, IncidentListPage, IncidentPage, IncidentRow,
    IncidentTyped, MailHeader, OutboxListPage, OutboxMailPage, OutboxRow, PageAnswers, Pager, Rail, RailLink,
    Reason, SearchRow, StepRow, Tally, WaitingRow,
};
pub use engine::{Asset, Misuse, RenderError, Templates, asset};
pub use errors::ErrorPage;
pub use frame::{Brand, Crumb, Face, Frame, Theme};
pub use reports::{
    Answer, AnswerState, BandRange, Decision, Funnel, FunnelHeading, FunnelPage, FunnelRow, FunnelShare,
    FunnelStep, GroupHeading, GroupRow, Groups, Guardrail, HoldForm, HoldNotice, HoldState, LetterRow,
    Letters, Measure, MeasureVerdict, Numbers, OverTime, Planted, PlantedRow, ProgramRow, RangeBand,
    ReportPage, ReportsIndexPage, TimePoint, TrustKind, TrustLine, WorkedOut, Worth,
};
pub use staff::{StaffLinkExpiredPage, StaffSignInPage, StaffSignedOutPage};
pub use words::{ENGLISH, PSEUDO, Value, Words, WordsError};
