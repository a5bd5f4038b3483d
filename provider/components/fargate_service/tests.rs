//! What a service is decided to be.
