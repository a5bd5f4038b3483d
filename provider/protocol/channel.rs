//! Connections to the engine.

use tonic::transport::{Channel, Endpoint};

use super::wire::HEADER_LIMIT;

/// A connection to an address as the engine gives it, without a scheme. Made at its first use.
///
/// No timeouts: a registration may take hours. No keepalive: the engine punishes frequent pings.
///
/// # Errors
///
/// When it isn't an address.
pub fn to(address: &str) -> Result<Channel, tonic::transport::Error> {
    let endpoint = Endpoint::from_shared(format!("http://{address}"))?;
    Ok(endpoint.tcp_nodelay(true).http2_max_header_list_size(HEADER_LIMIT).connect_lazy())
}
