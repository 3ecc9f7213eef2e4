//! Says why: the reasons, the sentence to the customer, and what would have changed it.

use super::{
    Field,
    arrange::{Arranged, LeftOut, Placed, arrange},
    choice::{Choice, Considered, FactUsed, Reason, ReasonStep},
    facts::{behind, fact},
    history::Turn,
};
use crate::{names::Effect, slug::Slug};

/// We ask "what if this rule were not there" of so many rules at most.
const MOST_WHAT_IFS: usize = 40;

/// Every placed candidate as a choice with its reasons.
pub(super) fn choices(field: &Field<'_>, arranged: &Arranged<'_>) -> Vec<Choice> {
    let what_ifs: Vec<(usize, Arranged<'_>)> = (0..field.fired.len().min(MOST_WHAT_IFS))
        .map(|without| (without, arrange(field, Some(without))))
        .collect();
    let choice = |placed: &Placed<'_>| Choice {
        slot: field.slots[placed.slot].wanted.slot,
        position: placed.position,
        item: placed.candidate.item.slug.clone(),
        reasons: reasons(placed),
        because: because(placed),
        facts: facts(field, placed),
        counterfactual: Some(counterfactual(field, placed, &what_ifs)),
    };
    arranged.placed.iter().map(choice).collect()
}

/// Every item that does not show, and why; those that came furthest first.
pub(super) fn considered(field: &Field<'_>, arranged: &Arranged<'_>) -> Vec<Considered> {
    let mut all = Vec::new();
    for (at, slot) in field.slots.iter().enumerate() {
        let row = |item: &Slug, score, why_not| Considered {
            slot: slot.wanted.slot,
            item: item.clone(),
            score,
            why_not,
        };
        let mut rows: Vec<Considered> = Vec::new();
        for candidate in &slot.candidates {
            let slug = &candidate.item.slug;
            let Some(why) = arranged.left_out.get(&(at, slug)) else { continue };
            rows.push(match why {
                LeftOut::Excluded(rule) => row(slug, None, format!("The rule “{}” keeps it out.", rule.name)),
                LeftOut::NotRequired(rule) => {
                    row(slug, None, format!("The rule “{}” lets only others in.", rule.name))
                }
                LeftOut::OnThePage => row(slug, None, "It is already on this page.".to_owned()),
                LeftOut::TooAlike(score) => {
                    row(slug, Some(*score), "It is too like something on this page.".to_owned())
                }
                LeftOut::Behind(score) => row(slug, Some(*score), "Others came before it.".to_owned()),
            });
        }
        rows.sort_by_key(|row| std::cmp::Reverse(row.score));
        rows.extend(slot.unseen.iter().map(|(item, why_not)| row(&item.slug, None, why_not.clone())));
        all.append(&mut rows);
    }
    all
}

fn reasons(placed: &Placed<'_>) -> Vec<Reason> {
    let plain = |step, score, sentence: String| Reason { step, rule: None, score, sentence };
    let mut reasons = vec![plain(ReasonStep::Sight, 0, "This person may see it.".to_owned())];
    for rule in &placed.spoken {
        let (score, did) = match rule.effect {
            Effect::Prefer => (rule.weight, "prefers it"),
            Effect::Pin => (0, "puts it first"),
            Effect::Require => (0, "asks for it"),
            Effect::Exclude => unreachable!("an excluded item is not placed"),
        };
        let sentence = format!("The rule “{}” {did}: {}", rule.name, rule.reason);
        reasons.push(Reason { step: ReasonStep::Rule, rule: Some(rule.slug.clone()), score, sentence });
    }
    let told = |fit: &super::fit::Fit| plain(fit.step, fit.score, fit.sentence.clone());
    reasons.extend(placed.candidate.fits.iter().map(told));
    match &placed.candidate.turn {
        Turn::FollowUp(finished) => {
            reasons.push(plain(ReasonStep::Turn, 0, format!("It follows “{finished}”, finished last.")));
        }
        Turn::CarryOn => {
            reasons.push(plain(ReasonStep::Turn, 0, "It was begun and not finished.".to_owned()));
        }
        Turn::Any => {}
    }
    if let Some(brings) = placed.brings {
        reasons.push(plain(ReasonStep::Variety, 0, format!("The page was still wanting {brings}.")));
    }
    if placed.by_hash {
        reasons.push(plain(
            ReasonStep::Tie,
            0,
            "Another was just as good; a seeded draw decided.".to_owned(),
        ));
    }
    reasons.sort_by_key(|reason| reason.step);
    reasons
}

/// One plain sentence: of the strongest rule that spoke, else of the reader's turn, else of what fits.
fn because(placed: &Placed<'_>) -> String {
    let strongest = |effect| {
        let of_effect = placed.spoken.iter().filter(|rule| rule.effect == effect);
        of_effect
            .max_by_key(|rule| (rule.weight, std::cmp::Reverse(&rule.slug)))
            .map(|rule| rule.because.clone())
    };
    let turn = match &placed.candidate.turn {
        Turn::FollowUp(finished) => Some(format!("You finished “{finished}”, and this comes next.")),
        Turn::CarryOn => Some("You began this, and can carry on where you left off.".to_owned()),
        Turn::Any => None,
    };
    strongest(Effect::Pin)
        .or(turn)
        .or_else(|| strongest(Effect::Prefer))
        .or_else(|| strongest(Effect::Require))
        .or_else(|| what_fits(placed))
        .unwrap_or_else(|| "A good place to start, whatever your business.".to_owned())
}

fn what_fits(placed: &Placed<'_>) -> Option<String> {
    let clauses: Vec<&str> =
        placed.candidate.fits.iter().filter_map(|fit| fit.clause.as_deref()).take(2).collect();
    let joined = clauses.join(", and ");
    let mut letters = joined.chars();
    let first = letters.next()?;
    Some(format!("{}{}.", first.to_uppercase(), letters.as_str()))
}

/// What we hold about the reader that spoke for the item, each fact once.
fn facts(field: &Field<'_>, placed: &Placed<'_>) -> Vec<FactUsed> {
    let asked = placed.spoken.iter().flat_map(|rule| behind(&rule.when, field.reader));
    let fitting = placed.candidate.fits.iter().filter_map(|fit| fit.fact.clone());
    let done = match &placed.candidate.turn {
        Turn::FollowUp(finished) => Some(fact("What you did here", format!("finished “{finished}”"))),
        Turn::CarryOn => Some(fact("What you did here", "began this")),
        Turn::Any => None,
    };
    let mut facts: Vec<FactUsed> = Vec::new();
    for one in done.into_iter().chain(asked).chain(fitting) {
        if !facts.contains(&one) {
            facts.push(one);
        }
    }
    facts
}

/// What would have changed the choice: the first rule without which another item
/// stands here, and if there is none, who came next.
fn counterfactual(field: &Field<'_>, placed: &Placed<'_>, what_ifs: &[(usize, Arranged<'_>)]) -> String {
    let spoke = |without: usize| placed.spoken.iter().any(|rule| rule.slug == field.fired[without].slug);
    let mut ordered: Vec<&(usize, Arranged<'_>)> = what_ifs.iter().collect();
    ordered.sort_by_key(|(without, _)| (!spoke(*without), *without));
    let place = if placed.position == 0 { "first here" } else { "in this place" };
    for (without, other) in ordered {
        let rule = &field.fired[*without].name;
        let instead =
            other.placed.iter().find(|then| (then.slot, then.position) == (placed.slot, placed.position));
        match instead {
            None => return format!("Without the rule “{rule}”, this place would be empty."),
            Some(then) if then.candidate.item.slug != placed.candidate.item.slug => {
                return format!(
                    "Without the rule “{rule}”, “{}” would be {place}.",
                    then.candidate.item.title
                );
            }
            Some(_) => {}
        }
    }
    let Some(next) = placed.runner_up else { return "No other item may stand here.".to_owned() };
    let title = &next.item.title;
    match placed.score - next.score {
        _ if next.ahead => {
            format!("On points “{title}” would be {place}; it gave way so that the page is varied.")
        }
        gap if gap > 0 => format!("No single rule decides this; “{title}” came next, {gap} points behind."),
        _ => format!("No single rule decides this; “{title}” came next."),
    }
}
