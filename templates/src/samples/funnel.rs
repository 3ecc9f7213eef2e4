//! The funnel: with customers, and before the first ask.

use super::{Sample, frame};
use crate::{Face, FunnelHeading, FunnelPage, FunnelRow, FunnelShare};

pub(super) fn samples() -> Vec<Sample> {
    vec![
        Sample { name: "funnel", draw: |to, theme| to.funnel(&frame(Face::Reports, theme), &full()) },
        Sample { name: "funnel-empty", draw: |to, theme| to.funnel(&frame(Face::Reports, theme), &empty()) },
    ]
}

fn share(count: u64, of: u64) -> FunnelShare {
    FunnelShare { count, of, share: (of >= 20).then(|| count as f64 / of as f64) }
}

fn row(name: &str, asked: u64, unasked: u64, steps: [(u64, u64); 5]) -> FunnelRow {
    let steps = steps.into_iter().map(|(count, of)| share(count, of)).collect();
    FunnelRow { name: name.to_owned(), asked, unasked, steps }
}

fn full() -> FunnelPage {
    let heading =
        |name: &str, note: &str, rows| FunnelHeading { name: name.to_owned(), note: note.to_owned(), rows };
    FunnelPage {
        everyone: Some(row(
            "Everyone",
            4_012,
            37,
            [(1_720, 4_012), (1_655, 1_757), (402, 1_650), (611, 1_640), (540, 1_502)],
        )),
        headings: vec![
            heading(
                "How they were asked",
                "Each under the last way before they joined.",
                vec![
                    row(
                        "A line in a service mail",
                        3_980,
                        0,
                        [(1_712, 3_980), (1_630, 1_712), (398, 1_625), (604, 1_616), (535, 1_480)],
                    ),
                    row("An event", 32, 0, [(8, 32), (7, 8), (1, 7), (2, 7), (1, 6)]),
                    row("Nobody asked them", 0, 37, [(0, 0), (18, 37), (3, 18), (5, 17), (4, 16)]),
                ],
            ),
            heading(
                "Where they came from",
                "As the address of the form said.",
                vec![row("<b>spring-fair</b>", 8, 0, [(8, 8), (7, 8), (1, 7), (2, 7), (0, 0)])],
            ),
        ],
        ..empty()
    }
}

fn empty() -> FunnelPage {
    FunnelPage {
        as_of: "31 March 2026, 09:00 UTC".into(),
        design: "The comparison side is not asked. Who joins there does so unasked, is served in full, and stays on its side in every count.".into(),
        steps: ["Joined when asked", "Confirmed", "First training within 24 hours", "First training within 7 days", "Came back within 30 days"]
            .map(str::to_owned)
            .to_vec(),
        everyone: None,
        headings: Vec::new(),
        no_percentage_under: 20,
        warning: "A funnel shows where people are lost, not what the program changed: keen customers say yes more often. Only a program’s report, which compares at random, shows cause.".into(),
        csv_href: "/reports/funnel.csv".into(),
        json_href: "/reports/funnel.json".into(),
    }
}
