//! Certificates of listeners.

use aws_sdk_elasticloadbalancingv2::types;
use framework::Object;

/// A certificate of a listener.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "elasticloadbalancingv2:Certificate")]
pub struct Certificate {
    /// The ARN of a certificate of AWS Certificate Manager, in the listener's Region, or of IAM.
    #[field(length(1, 2048))]
    pub certificate_arn: String,
}

impl Certificate {
    /// As calls take it.
    #[must_use]
    pub fn to_aws(&self) -> types::Certificate {
        types::Certificate::builder().certificate_arn(&self.certificate_arn).build()
    }

    /// As AWS shows it.
    #[must_use]
    pub fn seen(shown: &types::Certificate) -> Option<Self> {
        shown.certificate_arn().map(|arn| Certificate { certificate_arn: arn.to_owned() })
    }
}
