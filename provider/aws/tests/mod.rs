//! Calls through a whole session, to an AWS that answers as each test says.

mod account;
mod attempts;
mod configured;
mod errors;
mod finds;
mod wire;
