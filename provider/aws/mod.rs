//! AWS, as every resource sees it: what all calls share, so that no resource has to think of it.
//!
//! A resource's author writes `cx.ec2().create_subnet()….send().await?`. On the way of that call:
//! [`session`] holds the client of the region; [`gate`] makes sure that the account is allowed and
//! waits until the [`governor`] lets the call go; [`retry`] says what may be sent again; [`error`]
//! turns what comes back into words, by the tables of [`limits`]. [`find`] gathers looks at single
//! things into one call, and [`tags`] are the same for all services.

mod access;
mod account;
mod advice;
mod answer;
mod bucket;
mod call;
mod classify;
mod cloud;
mod config;
#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod config_tests;
mod credentials;
mod error;
mod find;
mod gate;
mod governor;
pub mod limits;
pub mod lock;
mod region;
mod retry;
mod seats;
mod services;
mod session;
pub mod tags;
#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests;
mod unsuccessful;

pub use cloud::Aws;
pub use config::{AssumeRole, Config, Mode};
pub use error::{Error, Result, answered, unless_gone};
pub use find::Findable;
pub use session::Session;
pub use tags::{TagChange, Tags};
pub use unsuccessful::all_done;

/// What a resource has at hand while it talks to AWS.
pub type Cx = framework::resource::Cx<Aws>;
