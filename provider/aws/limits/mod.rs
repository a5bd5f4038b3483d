//! Every number that AWS or experience dictates, as tables; each row names its source.
//!
//! Nothing else in the house holds a limit, a rate, a wait or a quota as a literal.

pub mod caches;
pub mod calls;
pub mod codes;
pub mod counts;
pub mod databases;
pub mod fargate;
pub mod images;
pub mod load_balancing;
pub mod quotas;
pub mod rates;
pub mod tags;
pub mod waits;
