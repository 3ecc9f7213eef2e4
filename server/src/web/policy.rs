//! Every address is registered with its policy; there is no other way to register one.
//!
//! [`Addresses`] wraps axum's router so that a route without a policy does not compile, and keeps the list that
//! tests and people read.

use axum::extract::{Request, State};
use axum::handler::Handler;
use axum::http::request::Parts;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use axum::routing::{MethodFilter, on};
use axum::{Router, response::IntoResponse};

use super::center::kept;
use super::error::PageError;
use super::layers::Bounds;
use super::visitor;
use crate::app::App;
use crate::store::doors::{Audience, Role};

/// Who may come to an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    /// Anyone, signed in or not.
    Everyone,
    /// A signed-in customer.
    Customer,
    /// Signed-in staff with one of these roles.
    Staff(&'static [Role]),
    /// Whoever holds the token in the address, which the handler checks.
    Token,
}

/// One line of the list of addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listed {
    /// GET or POST.
    pub method: &'static str,
    /// The path, with names in braces.
    pub path: &'static str,
    /// Who may come.
    pub policy: Policy,
}

/// Addresses being put together.
#[derive(Debug, Default)]
pub struct Addresses {
    router: Router<App>,
    list: Vec<Listed>,
}

impl Addresses {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A page to look at. HEAD comes with it.
    #[must_use]
    pub fn get<H, T>(self, path: &'static str, policy: Policy, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add(("GET", MethodFilter::GET, Bounds::FORM), path, policy, handler)
    }

    /// Something to do.
    #[must_use]
    pub fn post<H, T>(self, path: &'static str, policy: Policy, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add(("POST", MethodFilter::POST, Bounds::FORM), path, policy, handler)
    }

    /// Something to do with a form that may bring a file.
    #[must_use]
    pub fn post_with_file<H, T>(self, path: &'static str, policy: Policy, handler: H) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add(("POST", MethodFilter::POST, Bounds::FILE), path, policy, handler)
    }

    fn add<H, T>(
        mut self,
        (method, filter, bounds): (&'static str, MethodFilter, Bounds),
        path: &'static str,
        policy: Policy,
        handler: H,
    ) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        let guarded = on(filter, handler).route_layer(from_fn_with_state(policy, guard));
        self.router = self.router.route(path, bounds.around(guarded));
        self.list.push(Listed { method, path, policy });
        self
    }

    /// The list, in the order of registration.
    pub fn list(&self) -> &[Listed] {
        &self.list
    }

    /// The router, ready for its layers.
    pub fn into_router(self) -> Router<App> {
        self.router
    }
}

/// Lets a request through to its handler, or says what keeps it out.
async fn guard(State(policy): State<Policy>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    match admit(policy, &mut parts).await {
        Ok(()) => next.run(Request::from_parts(parts, body)).await,
        Err(PageError::SignedOut(_)) if parts.uri.path().starts_with("/api/") => {
            PageError::Unauthorised.into_response()
        }
        Err(PageError::SignedOut(Audience::Customer)) => {
            let app = visitor::app(&parts.extensions).clone();
            kept::sign_in_first(&app, Request::from_parts(parts, body)).await
        }
        Err(error) => error.into_response(),
    }
}

async fn admit(policy: Policy, parts: &mut Parts) -> Result<(), PageError> {
    match policy {
        Policy::Everyone | Policy::Token => {}
        Policy::Customer => {
            let reader = visitor::customer(parts).await?.ok_or(PageError::SignedOut(Audience::Customer))?;
            parts.extensions.insert(reader);
        }
        Policy::Staff(roles) => {
            let staff = visitor::staff(parts).await?.ok_or(PageError::SignedOut(Audience::Staff))?;
            if !roles.contains(&staff.member.role) {
                return Err(PageError::Forbidden);
            }
            parts.extensions.insert(staff);
        }
    }
    Ok(())
}
