//! The staff door and the error pages.

use super::{Sample, frame};
use crate::{
    ErrorPage, Face, RenderError, StaffLinkExpiredPage, StaffSignInPage, StaffSignedOutPage, Templates, Theme,
};

pub(super) fn samples() -> Vec<Sample> {
    vec![
        Sample {
            name: "staff-sign-in",
            draw: |to, theme| to.staff_sign_in(&frame(Face::Staff, theme), &sign_in()),
        },
        Sample {
            name: "staff-link-expired",
            draw: |to, theme| {
                let page =
                    StaffLinkExpiredPage { command: "rapport user link tomas@lakeshore.example".into() };
                to.staff_link_expired(&frame(Face::Staff, theme), &page)
            },
        },
        Sample { name: "staff-signed-out", draw: |to, theme| signed_out(to, theme, true) },
        Sample { name: "staff-sign-in-first", draw: |to, theme| signed_out(to, theme, false) },
        Sample { name: "error-404", draw: |to, theme| error(to, theme, &ErrorPage::not_found("/")) },
        Sample { name: "error-403", draw: |to, theme| error(to, theme, &ErrorPage::forbidden("/console")) },
        Sample { name: "error-422", draw: |to, theme| error(to, theme, &unprocessable()) },
        Sample {
            name: "error-500",
            draw: |to, theme| error(to, theme, &ErrorPage::broken("/", Some("0197f2c4".to_owned()))),
        },
    ]
}

fn sign_in() -> StaffSignInPage {
    StaffSignInPage {
        action: "/staff/sign-in/dG9rZW4".into(),
        who: "Tomas".into(),
        good_for: "9 minutes".into(),
        form_token: String::new(),
    }
}

fn signed_out(templates: &Templates, theme: Theme, just_now: bool) -> Result<String, RenderError> {
    let page = StaffSignedOutPage { just_now, command: "rapport user link YOUR-ADDRESS".into() };
    templates.staff_signed_out(&frame(Face::Staff, theme), &page)
}

fn error(templates: &Templates, theme: Theme, page: &ErrorPage) -> Result<String, RenderError> {
    templates.error(&frame(Face::Center, theme), page)
}

fn unprocessable() -> ErrorPage {
    let problems = ["The number of people is missing: write 1,706, which is how many would get it now."];
    ErrorPage::unprocessable("/console", problems.map(str::to_owned).to_vec())
}
