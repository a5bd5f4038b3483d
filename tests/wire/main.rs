//! The real binary over the wire: its manners as a process, and what bad input does to it.

mod malice;
mod manners;
mod plugin;
