//! Every address has its door, and no page is opened to everyone by mistake.

use std::collections::HashSet;

use server::router::routes;
use server::web::Policy;

use super::tree::rust;

#[test]
fn an_address_is_listed_once() {
    let mut seen = HashSet::new();
    for route in routes() {
        assert!(seen.insert((route.method, route.path)), "{} {} twice", route.method, route.path);
    }
    assert!(seen.len() > 20, "only {} addresses were listed", seen.len());
}

#[test]
fn console_and_reports_are_for_staff() {
    for route in routes() {
        let staff = ["/console", "/reports"].iter().any(|face| {
            route.path.strip_prefix(face).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        });
        let policy = route.policy;
        assert_eq!(staff, matches!(policy, Policy::Staff(_)), "{} {}: {policy:?}", route.method, route.path);
    }
}

#[test]
fn a_door_that_asks_for_a_token_has_one_in_its_address() {
    for route in routes() {
        let has = route.path.contains("{token}");
        let policy = route.policy;
        assert_eq!(has, policy == Policy::Token, "{} {}: {policy:?}", route.method, route.path);
    }
}

#[test]
fn no_address_is_opened_beside_the_list() {
    for file in rust().filter(|file| file.is_in("server/src")) {
        for (line, code) in file.shipped() {
            let opens = [".route(", ".route_service(", ".nest(", ".nest_service("];
            let beside =
                opens.iter().any(|word| code.contains(word)) && file.path != "server/src/web/policy.rs";
            assert!(!beside, "{}:{line}: an address belongs in server/src/router.rs", file.path);
        }
    }
}

#[test]
fn every_listed_address_is_in_the_router_s_own_file() {
    let router = super::tree::file("server/src/router.rs");
    for route in routes() {
        let path = format!("\"{}\"", route.path);
        let named = router.text.contains(&path)
            || rust()
                .any(|file| file.is_in("server/src/web") && file.text.contains(&format!("&str = {path}")));
        assert!(named, "{} is not spelled out", route.path);
    }
}
