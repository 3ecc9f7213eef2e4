//! Doors on real databases. Sessions live in real time, so a test ages a row instead of moving a clock.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::*;
use crate::store::entities::{session, sign_in_link};
use crate::testing;

fn secret_of(link: &OneTimeLink) -> Secret {
    Secret::received(link.url.rsplit('/').next().unwrap())
}

async fn link_for_ann(app: &App, role: Role) -> OneTimeLink {
    staff_link(app, "ann@lakeshore.example", "ann@lakeshore.example", role).await.unwrap()
}

#[tokio::test]
async fn a_link_opens_one_session_even_when_two_press_the_button_at_once() {
    for (place, app) in testing::houses().await {
        let secret = secret_of(&link_for_ann(&app, Role::Admin).await);
        let (one, two) =
            tokio::join!(enter(&app, Audience::Staff, &secret), enter(&app, Audience::Staff, &secret));
        let opened = usize::from(one.unwrap().is_some()) + usize::from(two.unwrap().is_some());
        assert_eq!(opened, 1, "on {}", place.name);
        assert!(look(&app, Audience::Staff, &secret).await.unwrap().is_none(), "on {}", place.name);
    }
}

#[tokio::test]
async fn looking_at_a_link_uses_nothing_up() {
    for (place, app) in testing::houses().await {
        let secret = secret_of(&link_for_ann(&app, Role::Admin).await);
        for _ in 0..3 {
            assert!(look(&app, Audience::Staff, &secret).await.unwrap().is_some(), "on {}", place.name);
        }
        assert!(enter(&app, Audience::Staff, &secret).await.unwrap().is_some(), "on {}", place.name);
    }
}

#[tokio::test]
async fn a_link_of_one_audience_opens_nothing_of_the_other() {
    for (place, app) in testing::houses().await {
        let secret = secret_of(&link_for_ann(&app, Role::Admin).await);
        assert!(enter(&app, Audience::Customer, &secret).await.unwrap().is_none(), "on {}", place.name);
        let (_, session) = enter(&app, Audience::Staff, &secret).await.unwrap().unwrap();
        assert!(who(&app, Audience::Customer, &session).await.unwrap().is_none(), "on {}", place.name);
        assert!(who(&app, Audience::Staff, &session).await.unwrap().is_some(), "on {}", place.name);
    }
}

#[tokio::test]
async fn a_link_older_than_ten_minutes_opens_nothing() {
    for (place, app) in testing::houses().await {
        let link = link_for_ann(&app, Role::Admin).await;
        let left = link.expires_at - Clock::Real.now();
        assert!(left <= TimeDelta::minutes(10) && left > TimeDelta::minutes(9));
        let txn = app.db.begin().await.unwrap();
        sign_in_link::Entity::update_many()
            .col_expr(sign_in_link::Column::ExpiresAt, Expr::value(Clock::Real.now()))
            .exec(&txn)
            .await
            .unwrap();
        txn.commit().await.unwrap();
        let secret = secret_of(&link);
        assert!(look(&app, Audience::Staff, &secret).await.unwrap().is_none(), "on {}", place.name);
        assert!(enter(&app, Audience::Staff, &secret).await.unwrap().is_none(), "on {}", place.name);
    }
}

#[tokio::test]
async fn a_session_ends_when_it_sleeps_too_long_grows_too_old_or_is_left() {
    for (place, app) in testing::houses().await {
        let age = async |column: session::Column, by: TimeDelta| {
            let (_, secret) =
                enter(&app, Audience::Staff, &secret_of(&link_for_ann(&app, Role::Admin).await))
                    .await
                    .unwrap()
                    .unwrap();
            let now = Clock::Real.now();
            let txn = app.db.begin().await.unwrap();
            session::Entity::update_many()
                .col_expr(column, Expr::value(now - by))
                .filter(session::Column::TokenHash.eq(secret.hash()))
                .exec(&txn)
                .await
                .unwrap();
            txn.commit().await.unwrap();
            secret
        };
        let awake = age(session::Column::LastSeenAt, TimeDelta::minutes(29)).await;
        assert!(who(&app, Audience::Staff, &awake).await.unwrap().is_some(), "on {}", place.name);
        let asleep = age(session::Column::LastSeenAt, TimeDelta::minutes(31)).await;
        assert!(who(&app, Audience::Staff, &asleep).await.unwrap().is_none(), "on {}", place.name);
        let old = age(session::Column::ExpiresAt, TimeDelta::seconds(1)).await;
        assert!(who(&app, Audience::Staff, &old).await.unwrap().is_none(), "on {}", place.name);
        let left = age(session::Column::LastSeenAt, TimeDelta::zero()).await;
        leave(&app, &left).await.unwrap();
        assert!(who(&app, Audience::Staff, &left).await.unwrap().is_none(), "on {}", place.name);
    }
}

#[tokio::test]
async fn another_role_ends_the_sessions_of_the_old_one() {
    for (place, app) in testing::houses().await {
        let secret = secret_of(&link_for_ann(&app, Role::Admin).await);
        let (id, session) = enter(&app, Audience::Staff, &secret).await.unwrap().unwrap();
        link_for_ann(&app, Role::Moderator).await;
        assert!(who(&app, Audience::Staff, &session).await.unwrap().is_none(), "on {}", place.name);
        let member = doors::member(app.db.read(), id).await.unwrap().unwrap();
        assert_eq!(member.role, Role::Moderator, "on {}", place.name);
    }
}

#[tokio::test]
async fn secrets_rest_as_hashes_and_are_never_shown_by_debug() {
    for (_, app) in testing::houses().await {
        let secret = secret_of(&link_for_ann(&app, Role::Admin).await);
        let rows = sign_in_link::Entity::find().all(app.db.read()).await.unwrap();
        assert_eq!(rows[0].token_hash, secret.hash());
        assert!(!rows[0].token_hash.windows(16).any(|part| secret.reveal().as_bytes().starts_with(part)));
        assert!(!format!("{secret:?}").contains(secret.reveal()));
    }
}
