//! The protocols between clients, load balancers and targets.

use framework::{Choice, property::Choice as _};

use crate::aws::limits::load_balancing::Of;

/// A protocol, between clients and a load balancer or between it and its targets.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "elasticloadbalancingv2:Protocol")]
pub enum Protocol {
    /// HTTP, of Application Load Balancers.
    #[choice("HTTP")]
    Http,
    /// HTTP over TLS, of Application Load Balancers.
    #[choice("HTTPS")]
    Https,
    /// TCP, of Network Load Balancers.
    #[choice("TCP")]
    Tcp,
    /// TCP with TLS, of Network Load Balancers.
    #[choice("TLS")]
    Tls,
    /// UDP, of Network Load Balancers.
    #[choice("UDP")]
    Udp,
    /// TCP and UDP at the same port, of Network Load Balancers.
    #[choice("TCP_UDP")]
    TcpUdp,
    /// QUIC, of Network Load Balancers.
    #[choice("QUIC")]
    Quic,
    /// TCP and QUIC at the same port, of Network Load Balancers.
    #[choice("TCP_QUIC")]
    TcpQuic,
    /// GENEVE, between Gateway Load Balancers and their targets.
    #[choice("GENEVE")]
    Geneve,
}

impl Protocol {
    /// As AWS writes it.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        Self::from_text(text)
    }

    /// Whose protocol it is.
    #[must_use]
    pub fn balancer(self) -> Of {
        match self {
            Protocol::Http | Protocol::Https => Of::Application,
            Protocol::Geneve => Of::Gateway,
            _ => Of::Network,
        }
    }

    /// Whether it is HTTP, with TLS or without.
    #[must_use]
    pub fn is_http(self) -> bool {
        self.balancer() == Of::Application
    }

    /// Whether clients see a certificate.
    #[must_use]
    pub fn is_secure(self) -> bool {
        matches!(self, Protocol::Https | Protocol::Tls)
    }
}
