//! Who comes in where.

use std::collections::HashSet;

use super::world::{self, House};
use crate::doors;
use crate::router::{landing, routes};
use crate::store::doors::Role;
use crate::web::Policy;

/// A path of the list with something harmless in its braces.
fn filled(path: &str) -> String {
    path.split('/')
        .map(|part| if part.starts_with('{') { "none" } else { part })
        .collect::<Vec<_>>()
        .join("/")
}

async fn ask(house: &House, who: &world::Visitor, method: &str, path: &str) -> u16 {
    let answer = who.ask(method.parse().unwrap(), &filled(path)).send().await.unwrap();
    assert!(answer.status().as_u16() < 500, "{method} {path} on {}", house.on);
    answer.status().as_u16()
}

#[tokio::test]
async fn every_door_for_staff_sends_a_visitor_to_the_sign_in() {
    for house in world::open().await {
        let visitor = house.visitor();
        for route in routes() {
            if !matches!(route.policy, Policy::Staff(_) | Policy::Customer) {
                continue;
            }
            let answer =
                visitor.ask(route.method.parse().unwrap(), &filled(route.path)).send().await.unwrap();
            if route.path.starts_with("/api/") {
                assert_eq!(answer.status(), 401, "{} {}", route.method, route.path);
            } else {
                assert_eq!(answer.status(), 303, "{} {}", route.method, route.path);
                let door = if route.policy == Policy::Customer { "/sign-in" } else { "/staff/sign-in" };
                let location = answer.headers()["location"].to_str().unwrap().split('?').next();
                assert_eq!(location, Some(door), "{} {}", route.method, route.path);
            }
        }
    }
}

#[tokio::test]
async fn every_role_comes_in_where_it_is_named_and_nowhere_else() {
    for house in world::open().await {
        for role in Role::ALL {
            let member = house.staff(role).await;
            for route in routes() {
                let Policy::Staff(roles) = route.policy else { continue };
                let status = ask(&house, &member, route.method, route.path).await;
                let kept_out = status == 403 || status == 303;
                assert_eq!(
                    kept_out,
                    !roles.contains(&role),
                    "{role}: {} {} is {status}",
                    route.method,
                    route.path
                );
            }
        }
    }
}

#[tokio::test]
async fn a_customer_is_a_visitor_to_the_doors_for_staff_and_staff_to_those_for_customers() {
    for house in world::open().await {
        let customer = super::letters::maria(&house.app).await;
        let link = doors::customer_link(&house.app, customer).await.unwrap();
        let staff = house.staff(Role::Admin).await;
        let maria = house.visitor().signed_in(&link.url).await;
        for route in routes() {
            let stranger = match route.policy {
                Policy::Staff(_) => &maria,
                Policy::Customer => &staff,
                _ => continue,
            };
            assert_eq!(ask(&house, stranger, route.method, route.path).await, 303, "{}", route.path);
        }
    }
}

#[tokio::test]
async fn what_is_not_on_the_list_is_not_there() {
    for house in world::open().await {
        let listed: HashSet<_> = routes().iter().map(|route| route.path).collect();
        for path in [
            "/.env",
            "/rapport.db",
            "/rapport.toml",
            "/console/secrets",
            "/api/v1/nothing",
            "/assets/../Cargo.toml",
        ] {
            assert!(!listed.contains(path));
            let answer = house.visitor().get(path).await;
            assert_eq!(answer.status(), 404, "{path}");
        }
        let page = house.visitor().get("/nothing-here").await;
        assert!(page.text().await.unwrap().contains("There is nothing here"));
    }
}

#[tokio::test]
async fn a_link_is_looked_at_freely_and_used_once() {
    for house in world::open().await {
        let link =
            doors::staff_link(&house.app, "ann@x.example", "ann@x.example", Role::Marketer).await.unwrap();
        let path = link.url.strip_prefix(&house.app.settings.base_url).unwrap();
        let visitor = house.visitor();
        for _ in 0..3 {
            let page = visitor.get(path).await;
            assert!(page.headers().get("set-cookie").is_none());
            assert!(page.text().await.unwrap().contains("ann@x.example"));
        }
        let entered = visitor.post(path).send().await.unwrap();
        assert_eq!(entered.headers()["location"], landing(Role::Marketer));
        let cookie = entered.headers()["set-cookie"].to_str().unwrap().to_owned();
        for word in ["rapport-staff=", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=43200"] {
            assert!(cookie.contains(word), "{word} in {cookie}");
        }
        let again = visitor.post(path).send().await.unwrap();
        assert!(again.headers().get("set-cookie").is_none());
        assert!(again.text().await.unwrap().contains("no longer works"));
    }
}

#[tokio::test]
async fn a_link_whose_sign_in_could_not_be_kept_stays_good() {
    for house in world::open().await {
        let customer = super::letters::maria(&house.app).await;
        let link = doors::customer_link(&house.app, customer).await.unwrap();
        let path = link.url.strip_prefix(&house.app.settings.base_url).unwrap();
        let edit = async |sql: &str| {
            let txn = house.app.db.begin().await.unwrap();
            sea_orm::ConnectionTrait::execute_unprepared(&txn, sql).await.unwrap();
            txn.commit().await.unwrap();
        };
        edit("ALTER TABLE events RENAME TO events_away").await;
        assert_eq!(house.visitor().post(path).send().await.unwrap().status(), 500, "on {}", house.on);
        edit("ALTER TABLE events_away RENAME TO events").await;
        assert_eq!(house.visitor().post(path).send().await.unwrap().status(), 303, "on {}", house.on);
    }
}

#[tokio::test]
async fn signing_out_needs_the_token_of_our_own_page_and_ends_the_session() {
    for house in world::open().await {
        let staff = house.staff(Role::Admin).await;
        let forged = staff.post("/console/sign-out").form(&[("form_token", "AAAA")]).send().await.unwrap();
        assert_eq!(forged.status(), 422);
        let token = world::form_token(&staff.get("/console").await.text().await.unwrap());
        let out = staff.post("/console/sign-out").form(&[("form_token", token)]).send().await.unwrap();
        assert_eq!(out.status(), 200);
        assert!(out.headers()["set-cookie"].to_str().unwrap().contains("Max-Age=0"));
        assert_eq!(staff.get("/console").await.status(), 303);
    }
}

#[tokio::test]
async fn another_site_cannot_press_a_button_for_a_visitor() {
    for house in world::open().await {
        let staff = house.staff(Role::Admin).await;
        for (name, value) in [("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")] {
            let answer = staff.post("/console/sign-out").header(name, value).send().await.unwrap();
            assert_eq!(answer.status(), 403, "{name}");
        }
        assert_eq!(staff.get("/console").await.status(), 200);
    }
}

#[tokio::test]
async fn every_answer_carries_the_headers_that_shut_the_door() {
    for house in world::open().await {
        let visitor = house.visitor();
        let mut nonces = HashSet::new();
        for path in ["/sign-in", "/nothing", "/healthz", "/o/none"] {
            let answer = visitor.get(path).await;
            let said =
                |name: &str| answer.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
            let policy = said("content-security-policy").unwrap();
            assert!(
                policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"),
                "{path}"
            );
            assert!(!policy.contains("unsafe"), "{path}");
            nonces.insert(policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap().to_owned());
            assert_eq!(said("x-content-type-options").as_deref(), Some("nosniff"), "{path}");
            assert_eq!(said("x-frame-options").as_deref(), Some("DENY"), "{path}");
            assert!(said("cache-control").unwrap().contains("no-store"), "{path}");
            assert!(said("x-request-id").is_some(), "{path}");
        }
        assert_eq!(nonces.len(), 4, "each answer has a nonce of its own");
    }
}

#[tokio::test]
async fn a_form_larger_than_a_form_is_refused() {
    for house in world::open().await {
        let staff = house.staff(Role::Admin).await;
        let answer = staff.post("/console/sign-out").body("a".repeat(70_000)).send().await.unwrap();
        assert_eq!(answer.status(), 413);
    }
}

#[tokio::test]
async fn the_house_says_that_it_lives_and_whether_it_can_serve() {
    for house in world::open().await {
        assert_eq!(house.visitor().get("/healthz").await.text().await.unwrap(), "alive\n");
        assert_eq!(house.visitor().get("/readyz").await.text().await.unwrap(), "ready\n");
        let txn = house.app.db.begin().await.unwrap();
        let ahead = "INSERT INTO seaql_migrations VALUES ('m29991231_000001_far_away', 0)";
        sea_orm::ConnectionTrait::execute_unprepared(&txn, ahead).await.unwrap();
        txn.commit().await.unwrap();
        let answer = house.visitor().get("/readyz").await;
        assert_eq!(answer.status(), 503);
        assert_eq!(answer.text().await.unwrap(), "not ready\n");
    }
}
