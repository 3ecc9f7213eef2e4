//! How a reader likes to learn: as they said, or else as what they do says.

use chrono::{DateTime, SubsecRound, Utc};
use segments::{Deed, Inferred, Profile, TypeSource, UserType, inferred, inferred_type};

use crate::app::App;
use crate::store::progress::Learner;
use crate::store::{questions, shares};
use crate::web::error::PageError;

/// The way in that a reader uses most. What they said of themselves is never overruled.
pub(super) async fn most_used(app: &App, profile: &Profile) -> Result<Option<UserType>, PageError> {
    if profile.user_type_source == Some(TypeSource::Said) {
        return Ok(profile.user_type);
    }
    let inferred = of(app, profile).await?;
    Ok(inferred.map(|inferred| inferred.user_type).or(profile.user_type))
}

/// What the acts of this reader say of how they like to learn, with the evidence.
pub(super) async fn of(app: &App, profile: &Profile) -> Result<Option<Inferred>, PageError> {
    let (account, contact) = (profile.account.id.uuid(), profile.id.uuid());
    let of_experts = questions::asked_of_experts(app.db.read(), account, contact).await?;
    let shared = shares::when_shared(app.db.read(), Learner { account, contact }).await?;
    let mut deeds = deeds(profile, &of_experts);
    deeds.extend(shared.into_iter().map(|at| (Deed::Shared, at)));
    Ok(inferred_type(&deeds, app.clock.now()))
}

/// What they did. A question that only experts saw was none to other customers.
fn deeds(profile: &Profile, of_experts: &[DateTime<Utc>]) -> Vec<(Deed, DateTime<Utc>)> {
    let to_an_expert = |at: DateTime<Utc>| of_experts.iter().any(|asked| asked.trunc_subsecs(0) == at);
    let deed = |(deed, at)| match deed {
        Deed::Asked if to_an_expert(at) => (Deed::AskedExpert, at),
        deed => (deed, at),
    };
    inferred::deeds(&profile.events).into_iter().map(deed).collect()
}

#[cfg(test)]
mod tests {
    use segments::{Event, EventKind};
    use uuid::Uuid;

    use super::*;
    use crate::testing::{self, noon};

    #[test]
    fn a_question_to_an_expert_is_none_to_other_customers() {
        let mut profile = Profile::blank(Uuid::from_u128(1).into(), Uuid::from_u128(2).into(), "a@b.example");
        profile.events =
            vec![Event::blank(EventKind::Asked, noon()), Event::blank(EventKind::Answered, noon())];
        assert_eq!(deeds(&profile, &[]), [(Deed::Asked, noon()), (Deed::Answered, noon())]);
        let asked = noon() + chrono::TimeDelta::milliseconds(400);
        assert_eq!(deeds(&profile, &[asked])[0].0, Deed::AskedExpert);
    }

    #[tokio::test]
    async fn what_somebody_said_wins_over_what_they_do() {
        let (_place, app) = testing::houses().await.remove(0);
        let mut profile = Profile::blank(Uuid::from_u128(1).into(), Uuid::from_u128(2).into(), "a@b.example");
        profile.events = vec![Event::blank(EventKind::Answered, noon()); 3];
        assert_eq!(most_used(&app, &profile).await.unwrap(), Some(UserType::Connector));
        (profile.user_type, profile.user_type_source) = (Some(UserType::Learner), Some(TypeSource::Inferred));
        assert_eq!(most_used(&app, &profile).await.unwrap(), Some(UserType::Connector));
        profile.user_type_source = Some(TypeSource::Said);
        assert_eq!(most_used(&app, &profile).await.unwrap(), Some(UserType::Learner));
    }
}
