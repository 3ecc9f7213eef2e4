//! The report's other states, each told by how it differs from the one that says yes.

use super::{band, guardrail, lift, works, worth};
use crate::{
    Answer, AnswerState, HoldForm, HoldNotice, HoldState, Lift, MeasureVerdict, Planted, PlantedRow,
    RangeBand, ReportPage, TrustKind, TrustLine, Unit,
};

/// The demo's report: the same, with the planted truth beside it.
pub(super) fn demo() -> ReportPage {
    let revenue = Lift { estimate: 6_500.0, low: -1_100.0, high: 14_100.0 };
    ReportPage {
        planted: Some(Planted {
            intro: "These companies were invented by a seeded generator, which fixed for each of them what it would \
                    do with the program and without it. So here, and only here, the truth is known."
                .into(),
            rows: vec![
                PlantedRow {
                    name: "Renewed".into(),
                    unit: Unit::Rate,
                    truth: 0.046,
                    found: Lift { estimate: 0.0502, low: 0.0206, high: 0.0807 },
                },
                PlantedRow { name: "Revenue".into(), unit: Unit::Money("USD".into()), truth: 14_900.0, found: revenue },
            ],
        }),
        ..works()
    }
}

/// A report that says no.
pub(super) fn worse() -> ReportPage {
    let mut page = works();
    page.answer = Answer {
        state: AnswerState::Worse,
        sentence: "No. Out of every 100 customers, about 3 fewer renewed.".into(),
        likely: Some("between 1 and 6 fewer per 100".into()),
        ..page.answer
    };
    if let Some(numbers) = &mut page.numbers {
        numbers.band =
            RangeBand { note: "It does not touch 0.".into(), ..band(-0.0331, &[(19, -0.0611, -0.0062)]) };
        numbers.base_rate = Some(0.67);
        numbers.counts = "Renewed: 2,937 of 4,612 and 769 of 1,148.".into();
        numbers.worth = vec![worth("About 150 fewer", "renewals than without it, our estimate (29 to 282)")];
        numbers.over_time = None;
        numbers.groups = None;
        numbers.measures.truncate(1);
        numbers.measures[0].program = Some(0.6369);
        numbers.measures[0].lift = Some(lift(-0.0331, -0.0611, -0.0062));
        numbers.measures[0].verdict = MeasureVerdict::ClearLoss;
    }
    if let Some(decision) = &mut page.decision {
        decision.numbers_say = "stop".into();
        decision.worth_its_cost = "The cost of each extra renewal is not known: there is none.".into();
    }
    page.guardrails[0] = guardrail("Stopped letters", "4.9% of members, against 2% agreed", false);
    page
}

/// A report before its date that has paused the letters, as a lead sees it.
pub(super) fn stop_and_look() -> ReportPage {
    let mut page = worse();
    page.reading = "Look of 15 December 2025".into();
    page.answer = Answer {
        state: AnswerState::StopAndLook,
        sentence: "Stop and look: fewer seem to renew.".into(),
        detail: "Customers of the program side beside similar customers, picked at random, who were not asked. However \
                 often one looks, a range like this one is below zero by chance in at most 1 of 20 programs. A \
                 lead decides whether the letters go on."
            .into(),
        likely: Some("between 1 and 9 fewer per 100".into()),
    };
    if let Some(numbers) = &mut page.numbers {
        numbers.band = RangeBand {
            note: "Early looks use wider ranges, so that looking often does no harm.".into(),
            ..band(-0.0503, &[(19, -0.0901, -0.0104)])
        };
        numbers.worth = vec![worth("Planned reading: 31 March 2026", "in 15 weeks")];
    }
    if let Some(decision) = &mut page.decision {
        decision.numbers_say = "stop and look".into();
    }
    page.hold = Some(HoldNotice {
        state: HoldState::Open,
        sentence: "Letters of this program have paused since 15 December 2025. A lead decides.".into(),
        detail: "The reading of that day: Stop and look: fewer seem to renew. Likely between 1 and 9 fewer per 100. \
                 Renewed: 2,937 of 4,612 and 769 of 1,148. Counted until 15 December 2025."
            .into(),
        form: Some(HoldForm {
            action: "/reports/renewal-2026/decision".into(),
            form_token: "dG9rZW4".into(),
            hold: "0197f2c4-0000-7000-8000-000000000001".into(),
        }),
    });
    page
}

/// The same after a lead decided to go on.
pub(super) fn goes_on() -> ReportPage {
    ReportPage {
        hold: Some(HoldNotice {
            state: HoldState::GoesOn,
            sentence: "tomas@lakeshore.example decided on 17 December 2025 to go on: One large reseller moved its \
                       customers."
                .into(),
            detail: "The decision stands until 16 January 2026. The letters had paused on 15 December 2025. \
                     The reading of that day: Stop and look: fewer seem to renew. Likely between 1 and 9 fewer per 100. \
                     Renewed: 2,937 of 4,612 and 769 of 1,148. Counted until 15 December 2025."
                .into(),
            form: None,
        }),
        ..stop_and_look()
    }
}

/// A report whose range spans zero, where revenue is not defined.
pub(super) fn cannot_tell() -> ReportPage {
    let mut page = works();
    page.answer = Answer {
        state: AnswerState::CannotTell,
        sentence: "We can’t tell yet. About 2,400 more customers are needed to see a gain of 3 in 100."
            .into(),
        likely: Some("between 2 fewer and 6 more per 100".into()),
        ..page.answer
    };
    if let Some(numbers) = &mut page.numbers {
        numbers.band = RangeBand { note: "It spans 0.".into(), ..band(0.0207, &[(19, -0.0184, 0.0602)]) };
        numbers.over_time = None;
        numbers.groups = None;
        numbers.measures.remove(1);
        numbers.counts = "Renewed: 1,066 of 1,546 and 258 of 386.".into();
        numbers.worth = vec![worth("Next reading: 30 June", "with about 2,400 more customers")];
        numbers.base_rate = Some(258.0 / 386.0);
        numbers.measures[0].program = Some(1066.0 / 1546.0);
        numbers.measures[0].comparison = Some(258.0 / 386.0);
        numbers.measures[0].lift = Some(lift(0.0207, -0.0184, 0.0602));
        numbers.measures[0].verdict = MeasureVerdict::NotClearYet;
        numbers.measures[1].lift = None;
        numbers.measures[1].comparison = None;
        numbers.measures[1].reason = "No amount was reported for the comparison group yet.".into();
    }
    if let Some(decision) = &mut page.decision {
        decision.numbers_say = "wait".into();
        decision.worth_its_cost = "What an extra renewal costs is not known yet.".into();
    }
    page.funnel = None;
    page
}

/// A report before its planned date.
pub(super) fn too_early() -> ReportPage {
    let mut page = cannot_tell();
    page.reading = "Look of 15 December 2025".into();
    page.answer = Answer {
        state: AnswerState::TooEarly,
        sentence: "Too early to say. The planned reading is on 31 March 2026.".into(),
        detail: "1,204 of about 5,800 customers have had their renewal so far.".into(),
        likely: Some("from 8 fewer to 11 more per 100".into()),
    };
    if let Some(numbers) = &mut page.numbers {
        numbers.band = RangeBand {
            note: "Early looks use wider ranges, so that looking often does no harm.".into(),
            ..band(0.0163, &[(19, -0.081, 0.111)])
        };
        numbers.counts = "Renewed: 659 of 963 and 161 of 241.".into();
        numbers.measures[0].program = Some(659.0 / 963.0);
        numbers.measures[0].comparison = Some(161.0 / 241.0);
        numbers.measures[0].lift = Some(lift(0.0163, -0.081, 0.111));
        for measure in &mut numbers.measures {
            measure.verdict = MeasureVerdict::TooEarly;
        }
        page.trust[3] = TrustLine {
            kind: TrustKind::Neutral,
            finding: "No renewals from before the draw are known, so this cannot be told.".into(),
            ..page.trust[3].clone()
        };
        numbers.worth = vec![worth("Planned reading: 31 March 2026", "in 15 weeks")];
    }
    page
}

/// A report that a trust check stops.
pub(super) fn stopped() -> ReportPage {
    let mut page = works();
    page.answer = Answer {
        state: AnswerState::Stopped,
        sentence: "Don’t use these numbers yet. The groups were not split as planned.".into(),
        detail: "Too few customers landed in the comparison group for chance to have done it, so the two sides may \
                 not be alike. Until that is understood there is no number here."
            .into(),
        likely: None,
    };
    page.numbers = None;
    page.trust[0] = TrustLine {
        ok: false,
        finding: "Planned 80 to 20, got 86.3 to 13.7. Chance does this less than once in 1,000 times.".into(),
        to_do: "Look for an import that assigned some customers by hand, then read again.".into(),
        ..page.trust[0].clone()
    };
    page
}

/// A report before anything is due.
pub(super) fn empty() -> ReportPage {
    ReportPage {
        reading: "Started on 1 October 2025".into(),
        answer: Answer {
            state: AnswerState::Empty,
            sentence: "Nothing to compare yet. The first renewals are due on 14 October 2025.".into(),
            detail: "From then on this page fills: the answer in one sentence, how sure we are, and whether it can be \
                     trusted."
                .into(),
            likely: None,
        },
        numbers: None,
        guardrails: Vec::new(),
        trust: Vec::new(),
        letters: None,
        funnel: None,
        ..works()
    }
}
