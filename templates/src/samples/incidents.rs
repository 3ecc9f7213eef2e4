//! What is out of order, as staff say it.

use chrono::{DateTime, Utc};

use super::console::rail;
use super::{Sample, frame};
use crate::{
    Face, FieldProblem, IncidentDone, IncidentForm, IncidentListPage, IncidentPage, IncidentRow,
    IncidentTyped,
};

pub(super) fn samples() -> Vec<Sample> {
    vec![
        Sample {
            name: "incident-list",
            draw: |to, theme| to.incident_list(&frame(Face::Console, theme), &list()),
        },
        Sample {
            name: "incident-list-empty",
            draw: |to, theme| to.incident_list(&frame(Face::Console, theme), &empty()),
        },
        Sample {
            name: "incident-open",
            draw: |to, theme| to.incident(&frame(Face::Console, theme), &open()),
        },
        Sample {
            name: "incident-over-refused",
            draw: |to, theme| to.incident(&frame(Face::Console, theme), &over()),
        },
    ]
}

fn at(hour: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_774_947_900 + hour * 3_600, 0).expect("a moment of the year 2026 exists")
}

fn row(over: bool) -> IncidentRow {
    IncidentRow {
        about: "Phones, Ohio".to_owned(),
        words: "Calls may drop after a few minutes.".to_owned(),
        since: at(0),
        fix_by: Some(at(6)),
        ended_at: over.then(|| at(5)),
        href: "/console/incidents/00000000-0000-0000-0000-000000000001".to_owned(),
    }
}

fn form() -> IncidentForm {
    IncidentForm {
        action: "/console/incidents".to_owned(),
        problems: Vec::new(),
        typed: IncidentTyped::default(),
        products: vec![
            ("internet".to_owned(), "Internet".to_owned()),
            ("phones".to_owned(), "Phones".to_owned()),
        ],
        known_places: "US-OH, US-PA".to_owned(),
    }
}

fn list() -> IncidentListPage {
    IncidentListPage {
        rail: rail("Out of order"),
        form: form(),
        open: vec![row(false)],
        past: vec![row(true)],
    }
}

fn empty() -> IncidentListPage {
    IncidentListPage { open: Vec::new(), past: Vec::new(), ..list() }
}

fn open() -> IncidentPage {
    IncidentPage {
        rail: rail("Out of order"),
        form: IncidentForm {
            action: row(false).href,
            typed: IncidentTyped {
                product: "phones".to_owned(),
                places: "US-OH".to_owned(),
                place: "Ohio".to_owned(),
                words: row(false).words,
                fix_by: "2026-03-31T15:05".to_owned(),
            },
            ..form()
        },
        one: row(false),
        turn_action: format!("{}/close", row(false).href),
        history: vec![IncidentDone {
            what: "Said".to_owned(),
            who: "ann@lakeshore.example".to_owned(),
            at: at(0),
        }],
    }
}

fn over() -> IncidentPage {
    let words = "No customer is in US-OX. Customers are in US-OH, US-PA.".to_owned();
    IncidentPage {
        form: IncidentForm {
            problems: vec![FieldProblem { field: "places".to_owned(), words }],
            typed: IncidentTyped { places: "US-OX".to_owned(), words: "<b>".to_owned(), ..open().form.typed },
            ..open().form
        },
        one: row(true),
        turn_action: format!("{}/reopen", row(true).href),
        ..open()
    }
}
