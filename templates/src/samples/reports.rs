//! The report in each of its states, and the list of programs.

use super::{Sample, frame};
use crate::{
    Answer, AnswerState, BandRange, Decision, Face, Funnel, FunnelShare, FunnelStep, GroupHeading, GroupRow,
    Groups, Guardrail, LetterRow, Letters, Lift, Measure, MeasureVerdict, Numbers, OverTime, ProgramRow,
    RangeBand, RenderError, ReportPage, ReportsIndexPage, Templates, Theme, TimePoint, TrustKind, TrustLine,
    Unit, WorkedOut, Worth,
};

mod states;

pub(super) fn samples() -> Vec<Sample> {
    vec![
        Sample { name: "report-works", draw: |templates, theme| report(templates, theme, &works()) },
        Sample { name: "report-demo", draw: |templates, theme| report(templates, theme, &states::demo()) },
        Sample { name: "report-worse", draw: |templates, theme| report(templates, theme, &states::worse()) },
        Sample {
            name: "report-cannot-tell",
            draw: |templates, theme| report(templates, theme, &states::cannot_tell()),
        },
        Sample {
            name: "report-too-early",
            draw: |templates, theme| report(templates, theme, &states::too_early()),
        },
        Sample {
            name: "report-stopped",
            draw: |templates, theme| report(templates, theme, &states::stopped()),
        },
        Sample {
            name: "report-stop-and-look",
            draw: |templates, theme| report(templates, theme, &states::stop_and_look()),
        },
        Sample {
            name: "report-goes-on",
            draw: |templates, theme| report(templates, theme, &states::goes_on()),
        },
        Sample { name: "report-empty", draw: |templates, theme| report(templates, theme, &states::empty()) },
        Sample { name: "reports-list", draw: |templates, theme| index(templates, theme, &programs()) },
        Sample { name: "reports-none", draw: |templates, theme| index(templates, theme, &[]) },
    ]
}

fn report(templates: &Templates, theme: Theme, page: &ReportPage) -> Result<String, RenderError> {
    templates.report(&frame(Face::Reports, theme), page)
}

fn index(templates: &Templates, theme: Theme, programs: &[ProgramRow]) -> Result<String, RenderError> {
    templates.reports_index(&frame(Face::Reports, theme), &ReportsIndexPage { programs: programs.to_vec() })
}

/// A report that says yes, with everything in it.
pub(super) fn works() -> ReportPage {
    ReportPage {
        program: "Renewal program, spring 2026".into(),
        reading: "Final reading, 31 March 2026".into(),
        hold: None,
        design: "The comparison group was drawn before anyone was asked to join, so this measures the whole program."
            .into(),
        answer: Answer {
            state: AnswerState::Works,
            sentence: "Yes, it works. Out of every 100 customers, about 5 more renewed.".into(),
            detail: "Customers in the program renewed more often than similar customers, picked at random, who were \
                     left out."
                .into(),
            likely: Some("between 2 and 8 per 100".into()),
        },
        numbers: Some(numbers()),
        decision: Some(Decision {
            said: "extend if at least 3 more in 100 renew".into(),
            written: "Written on 1 October 2025, before the first letter.".into(),
            numbers_say: "extend".into(),
            worth_its_cost: "Worth its cost: about $41 for each extra renewal (25 to 98).".into(),
        }),
        guardrails: vec![
            guardrail("Stopped letters", "1.2% of members", true),
            guardrail("Complaints", "3 in 10,000 letters", true),
            guardrail("Happy with us", "8.1 of 10 in both groups", true),
            guardrail("Seats given back", "No more than in the comparison group", true),
        ],
        trust: trust(),
        letters: Some(letters()),
        funnel: Some(funnel()),
        worked_out: worked_out(),
        ledger_head: Some("9f2c51d0a77be4386c1c0f6f5a3e8f04b2d6c9a1e07d4413b85a92de30417f6b".into()),
        csv_href: "/reports/renewal-2026.csv".into(),
        json_href: "/reports/renewal-2026.json".into(),
        planted: None,
    }
}

fn numbers() -> Numbers {
    Numbers {
        verb: "renewed".into(),
        base_rate: Some(769.0 / 1148.0),
        band: band(0.0502, &[(19, 0.0206, 0.0807), (16, 0.0307, 0.0701), (10, 0.0399, 0.0606)]),
        worth: vec![
            worth("About 230", "more renewals than without it, our estimate (95 to 372)"),
            worth("About 60 more", "if the comparison group joined too (24 to 93)"),
            worth("Next reading: 30 June", "revenue may be clear by then"),
        ],
        measures: vec![
            Measure {
                name: "Renewed".into(),
                hint: "Main measure, chosen before the start".into(),
                unit: Unit::Rate,
                program: Some(3321.0 / 4612.0),
                comparison: Some(769.0 / 1148.0),
                lift: Some(lift(0.0502, 0.0206, 0.0807)),
                reason: String::new(),
                verdict: MeasureVerdict::ClearGain,
            },
            Measure {
                name: "In active use".into(),
                hint: "Most seats used in the last 30 days".into(),
                unit: Unit::Rate,
                program: Some(0.81),
                comparison: Some(0.77),
                lift: Some(lift(0.04, 0.0139, 0.0678)),
                reason: String::new(),
                verdict: MeasureVerdict::ClearGain,
            },
            Measure {
                name: "Revenue".into(),
                hint: "Per customer, 12 months".into(),
                unit: Unit::Money("USD".into()),
                program: Some(148_600.0),
                comparison: Some(142_100.0),
                lift: Some(lift(6_500.0, -1_100.0, 14_100.0)),
                reason: String::new(),
                verdict: MeasureVerdict::NotClearYet,
            },
        ],
        over_time: Some(over_time()),
        counts: "Renewed: 3,321 of 4,612 and 769 of 1,148.".into(),
        groups: Some(groups()),
    }
}

fn band(estimate: f64, ranges: &[(u8, f64, f64)]) -> RangeBand {
    let range = |&(times_in_20, low, high): &(u8, f64, f64)| BandRange { times_in_20, low, high };
    RangeBand {
        caption: "More renewals per 100 customers".into(),
        unit: Unit::Rate,
        estimate,
        ranges: ranges.iter().map(range).collect(),
        below: "fewer renewed".into(),
        above: "more renewed".into(),
        note: "None of them touches 0.".into(),
    }
}

fn lift(estimate: f64, low: f64, high: f64) -> Lift {
    Lift { estimate, low, high }
}

fn worth(big: &str, small: &str) -> Worth {
    Worth { big: big.into(), small: small.into() }
}

fn guardrail(name: &str, finding: &str, ok: bool) -> Guardrail {
    Guardrail { name: name.into(), finding: finding.into(), ok }
}

fn over_time() -> OverTime {
    let weeks = [
        ("Week 6", 0.0088, -0.041, 0.068),
        ("Week 8", 0.031, -0.012, 0.077),
        ("Week 10", 0.024, -0.016, 0.069),
        ("Week 12", 0.037, 0.0003, 0.075),
        ("Week 14", 0.047, 0.013, 0.082),
        ("Week 16", 0.039, 0.008, 0.073),
        ("Week 20", 0.044, 0.0115, 0.075),
        ("Week 26", 0.0502, 0.0206, 0.0807),
    ];
    let point = |(label, estimate, low, high): (&str, f64, f64, f64)| TimePoint {
        label: label.to_owned(),
        lift: Lift { estimate, low, high },
    };
    OverTime {
        title: "It settled by week 14".into(),
        sentence: "The gap settled near 5 more renewals per 100 from week 14 on, and the likely range narrowed from \
                   about plus or minus 5 to plus or minus 3."
            .into(),
        unit: Unit::Rate,
        points: weeks.into_iter().map(point).collect(),
    }
}

fn groups() -> Groups {
    let row = |name: &str, program, comparison, (estimate, low, high), shrunken, clear| GroupRow {
        name: name.to_owned(),
        program,
        comparison,
        lift: Some(lift(estimate, low, high)),
        shrunken,
        clear,
    };
    Groups {
        differ: "The gaps between groups are no bigger than chance would give.".into(),
        unit: Unit::Rate,
        everyone: row("Everyone", 4612, 1148, (0.0502, 0.0206, 0.0807), None, true),
        headings: vec![
            GroupHeading {
                name: "Kind of business".into(),
                rows: vec![
                    row("Retail", 905, 226, (0.013, -0.053, 0.082), Some(0.041), false),
                    row("Dental & health", 1118, 278, (0.081, 0.023, 0.144), Some(0.058), true),
                    row("Professional services", 1296, 322, (0.047, -0.006, 0.104), Some(0.049), false),
                    row("Food & hospitality", 551, 137, (0.026, -0.062, 0.118), Some(0.046), false),
                    row("Construction & trades", 742, 185, (0.072, -0.001, 0.150), Some(0.055), false),
                    row("Farms", 61, 14, (0.2, -0.1, 0.5), None, false),
                ],
            },
            GroupHeading {
                name: "Size".into(),
                rows: vec![
                    row("1 to 9 people", 2211, 551, (0.039, -0.005, 0.084), Some(0.044), false),
                    row("10 to 49 people", 1733, 431, (0.061, 0.014, 0.111), Some(0.054), false),
                    row("50 to 500 people", 668, 166, (0.058, -0.010, 0.136), Some(0.052), false),
                ],
            },
        ],
    }
}

fn trust() -> Vec<TrustLine> {
    use TrustKind::{Note, StopsTheNumber};
    vec![
        trust_line(
            "Groups were split fairly",
            "Planned 80 to 20, got 80.1 to 19.9. Chance alone does this.",
            StopsTheNumber,
        ),
        trust_line("Enough customers", "5,760 in all. Can spot gaps of about 4 per 100 or more.", Note),
        trust_line(
            "Not stopped early",
            "Read on the date set in October. Three earlier looks decided nothing.",
            StopsTheNumber,
        ),
        trust_line("Groups were alike before", "Renewals last year: 66.8% and 67.1%.", Note),
        trust_line(
            "The data is complete",
            "Renewals up to 30 March; 0.2% missing in both groups.",
            StopsTheNumber,
        ),
        trust_line("One main measure, named before the start", "Renewed, named on 1 October 2025.", Note),
        TrustLine {
            ok: false,
            to_do: "Nothing now. If it grows past 1 in 20, find out who writes to them.".into(),
            ..trust_line(
                "A few crossed over",
                "14 of 1,148 compared customers joined by themselves. If anything, this hides some of the gain.",
                Note,
            )
        },
    ]
}

fn trust_line(line: &str, finding: &str, kind: TrustKind) -> TrustLine {
    TrustLine { line: line.into(), finding: finding.into(), to_do: String::new(), kind, ok: true }
}

fn letters() -> Letters {
    let row = |name: &str, hint: &str, people, likely, in_short: &str, dont_lean| LetterRow {
        name: name.to_owned(),
        hint: hint.to_owned(),
        people,
        of: 1228,
        likely: Some(likely),
        in_short: in_short.to_owned(),
        dont_lean,
    };
    Letters {
        coverage: "Among the 1,228 members who let us see opens and clicks (72% of the 1,706 who said yes)."
            .into(),
        rows: vec![
            row(
                "Responded",
                "Replied, or came to the resource center from a letter",
                295,
                (0.217, 0.265),
                "One in four",
                false,
            ),
            row("Opened by a person", "As far as one can tell", 381, (0.285, 0.337), "", true),
            row("Opened by machines", "Mail apps and scanners, on their own", 295, (0.217, 0.265), "", true),
        ],
    }
}

fn funnel() -> Funnel {
    let steps = [
        ("Asked to join", 4612, 4612),
        ("Joined when asked", 1706, 4612),
        ("Confirmed", 1690, 1706),
        ("First training within 24 hours", 968, 1690),
        ("First training within 7 days", 1105, 1684),
        ("Came back within 30 days", 782, 1602),
    ];
    let step = |(label, count, of): (&str, u64, u64)| FunnelStep {
        label: label.to_owned(),
        customers: FunnelShare { count, of, share: Some(count as f64 / of as f64) },
    };
    Funnel {
        steps: steps.into_iter().map(step).collect(),
        warning:
            "Customers of the program side. Don’t compare people inside this funnel: keen customers say yes \
                  more often. Only the random comparison above shows cause."
                .into(),
    }
}

fn worked_out() -> Vec<WorkedOut> {
    let lines = [
        (
            "Who was counted",
            "All 5,760 customers with a renewal due 1 October 2025 to 31 March 2026, counted in the group they were \
             put in, whether or not they took part.",
        ),
        (
            "How groups were made",
            "At random by company, fixed seed, 80% program, 20% comparison. Comparison customers still got the \
             standard renewal notice.",
        ),
        ("Ranges", "95% intervals; Newcombe for rates, Welch for revenue. Other measures adjusted by Holm."),
    ];
    lines.into_iter().map(|(term, text)| WorkedOut { term: term.to_owned(), text: text.to_owned() }).collect()
}

fn programs() -> Vec<ProgramRow> {
    let row = |title: &str, state, sentence: &str, lift, next: &str| ProgramRow {
        title: title.to_owned(),
        href: format!("/reports/{}", title.to_lowercase().replace([' ', ','], "-")),
        sentence: sentence.to_owned(),
        state,
        measure: "Renewed".into(),
        unit: Unit::Rate,
        lift,
        next_reading: next.to_owned(),
    };
    vec![
        row(
            "Renewal program, spring 2026",
            AnswerState::Works,
            "Yes, it works. Out of every 100 customers, about 5 more renewed.",
            Some(lift(0.0502, 0.0206, 0.0807)),
            "",
        ),
        row(
            "First win",
            AnswerState::CannotTell,
            "We can’t tell yet. About 2,400 more customers are needed to see a gain of 3 in 100.",
            Some(lift(0.0207, -0.0184, 0.0602)),
            "30 June 2026",
        ),
        row(
            "Win back",
            AnswerState::Stopped,
            "Don’t use these numbers yet. The groups were not split as planned.",
            None,
            "30 June 2026",
        ),
        row(
            "Peers, autumn",
            AnswerState::Worse,
            "No. Out of every 100 customers, about 3 fewer renewed.",
            Some(lift(-0.0331, -0.0611, -0.0062)),
            "",
        ),
    ]
}
