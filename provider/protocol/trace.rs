//! Our own events, in the engine's log: what `pulumi up --debug` shows, with the resource it concerns.

use std::fmt::{self, Write};

use framework::{
    engine::{Log, Severity},
    value::Urn,
};
use tracing::{
    Event, Level, Metadata, Subscriber,
    field::{Field, Visit},
    level_filters::LevelFilter,
    span,
};
use tracing_subscriber::{
    layer::{Context, Layer, SubscriberExt},
    registry::{LookupSpan, Registry},
};

/// The field by which a span or an event names its resource.
const URN: &str = "urn";

/// Sends events to the engine's log from now on.
pub fn forward_to(log: impl Log + 'static) {
    // A second provider in one process shares the first one's: there is one log anyway.
    let _ = tracing::subscriber::set_global_default(Registry::default().with(Forward(log)));
}

/// Passes on the events of this provider, as messages for those who look for a mistake in it.
struct Forward<L>(L);

impl<L, S> Layer<S> for Forward<L>
where
    L: Log + 'static,
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    fn enabled(&self, metadata: &Metadata<'_>, _: Context<'_, S>) -> bool {
        let ours = ["tenantstack", "framework"];
        *metadata.level() <= Level::DEBUG && ours.iter().any(|name| metadata.target().starts_with(name))
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(LevelFilter::DEBUG)
    }

    fn on_new_span(&self, attributes: &span::Attributes<'_>, id: &span::Id, context: Context<'_, S>) {
        let mut said = Said::default();
        attributes.record(&mut said);
        if let (Some(urn), Some(span)) = (said.urn, context.span(id)) {
            span.extensions_mut().insert(urn);
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let mut said = Said::default();
        event.record(&mut said);
        let urn = said.urn.or_else(|| urn_around(event, &context)).unwrap_or_default();
        self.0.log(Severity::Debug, &urn, format!("{}: {}", event.metadata().target(), said.words));
    }
}

/// The resource that the innermost span with one names.
fn urn_around<S>(event: &Event<'_>, context: &Context<'_, S>) -> Option<Urn>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    context.event_scope(event)?.find_map(|span| span.extensions().get::<Urn>().cloned())
}

/// What an event or a span says.
#[derive(Default)]
struct Said {
    urn: Option<Urn>,
    words: String,
}

impl Visit for Said {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.record_debug(field, &format_args!("{value}"));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        // Writing to a string can't fail.
        let _ = match field.name() {
            URN => {
                self.urn = Some(Urn::new(format!("{value:?}")));
                Ok(())
            }
            "message" => write!(self.words, "{value:?}"),
            name => write!(self.words, " {name}={value:?}"),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::doubles::{Kept, kept};

    #[test]
    fn our_events_reach_the_log_with_their_resource() {
        let log = Kept::default();
        let subscriber = Registry::default().with(Forward(log.clone()));
        tracing::subscriber::with_default(subscriber, || {
            let outer = tracing::info_span!(target: "framework::resource", "create", urn = %Urn::new("urn:a"));
            let _outer = outer.enter();
            let inner = tracing::info_span!(target: "tenantstack::aws", "call", name = "CreateVpc");
            let _inner = inner.enter();
            tracing::debug!(target: "tenantstack::aws", attempt = 2, "asking");
            tracing::warn!(target: "framework", urn = "urn:b", "hm");
        });
        let said = [("urn:a", "tenantstack::aws: asking attempt=2"), ("urn:b", "framework: hm")];
        let said = said.map(|(urn, message)| (Severity::Debug, urn.to_owned(), message.to_owned()));
        assert_eq!(kept(&log.0), said);
    }

    #[test]
    fn others_events_and_the_finest_stay_out() {
        let log = Kept::default();
        let subscriber = Registry::default().with(Forward(log.clone()));
        tracing::subscriber::with_default(subscriber, || {
            tracing::error!(target: "hyper", "not ours");
            tracing::trace!(target: "framework", "too fine");
        });
        assert_eq!(kept(&log.0), []);
    }
}
