//! What is around every answer, failures too.

mod asked;
mod coding;
mod guard;
mod routed;
mod unchanged;
mod within;

use std::{
    convert::Infallible,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use axum::{
    Router,
    extract::{MatchedPath, Request},
    response::Response,
};
use tower::Service;

use super::{App, coverage, policy::Policy};
use asked::Asked;
pub use coding::compressed;
pub use guard::{Private, guarded};
pub use routed::Routed;
pub use unchanged::{known_tags, unchanged};
pub use within::{catch_panics, within};

/// Routes with what is around every answer: ids, safe headers, tags of codings, and a note of what was asked.
///
/// It sees every request first and every response last. Plain questions for positions, which are most, need no route and pass
/// by all that lies between.
#[derive(Clone)]
pub struct Front {
    edge: Arc<Edge>,
    routes: Router,
}

struct Edge {
    app: Arc<App>,
    policy: Policy,
}

impl Front {
    /// Puts a service's edge around routes.
    pub(super) fn new(app: Arc<App>, routes: Router) -> Self {
        Self { edge: Arc::new(Edge { policy: app.policy(), app }), routes }
    }
}

impl Edge {
    /// A response as it leaves the service.
    fn sent(&self, mut response: Response, asked: &Asked, route: Option<&str>) -> Response {
        coding::tell_apart(response.headers_mut());
        guard::guard(&mut response, &self.policy, asked.sharing);
        asked.note(&self.app, &mut response, route);
        response
    }
}

impl Service<Request> for Front {
    type Response = Response;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Service::<Request>::poll_ready(&mut self.routes, context)
    }

    fn call(&mut self, mut request: Request) -> Self::Future {
        let asked = Asked::of(&mut request);
        coding::settle(request.headers_mut());
        if let Some(response) = within::told_plainly(&self.edge.app, &request) {
            return Box::pin(std::future::ready(Ok(self.edge.sent(response, &asked, Some(coverage::PATH)))));
        }
        let (edge, response) = (self.edge.clone(), self.routes.call(request));
        Box::pin(async move {
            let mut response = response.await?;
            let route = response.extensions_mut().remove::<MatchedPath>();
            Ok(edge.sent(response, &asked, route.as_ref().map(MatchedPath::as_str)))
        })
    }
}
