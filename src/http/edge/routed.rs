use std::{
    convert::Infallible,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use axum::{
    extract::{MatchedPath, Request},
    response::{IntoResponse, Response},
};
use tower::{Layer, Service};

use super::within;
use crate::http::App;

/// Sends what is prepared for a request, and says by which route a response came.
///
/// It is a service, because a layer made of a function copies what is below it for each request.
#[derive(Clone)]
pub struct Routed<S = ()> {
    app: Arc<App>,
    inner: S,
}

impl Routed {
    /// From what a service has prepared.
    pub fn of(app: Arc<App>) -> Self {
        Self { app, inner: () }
    }
}

impl<S> Layer<S> for Routed {
    type Service = Routed<S>;

    fn layer(&self, inner: S) -> Routed<S> {
        Routed { app: self.app.clone(), inner }
    }
}

impl<S> Service<Request> for Routed<S>
where
    S: Service<Request, Error = Infallible>,
    S::Response: IntoResponse,
    S::Future: Send + 'static,
{
    type Response = Response;
    type Error = Infallible;
    type Future = Pin<Box<dyn Future<Output = Result<Response, Infallible>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let route = request.extensions().get::<MatchedPath>().cloned();
        if let Some(response) = within::prepared(&self.app, &request) {
            return Box::pin(std::future::ready(Ok(by(route, response))));
        }
        let response = self.inner.call(request);
        Box::pin(async move { Ok(by(route, response.await?.into_response())) })
    }
}

/// A response with the route that it came by.
fn by(route: Option<MatchedPath>, mut response: Response) -> Response {
    route.map(|route| response.extensions_mut().insert(route));
    response
}
