//! The server against small worlds: shapes by themselves, and whole calls over a connection.

mod calls;
mod shapes;
mod world;
