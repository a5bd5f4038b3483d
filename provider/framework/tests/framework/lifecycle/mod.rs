//! Create, Read, Update and Delete against a cloud that may be slow, forgetful or out of order.

mod adopt;
mod claims;
mod create;
mod delete;
mod forced;
mod read;
mod taken;
mod update;
