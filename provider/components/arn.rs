//! The parts of an ARN.

/// Where an ARN says that something is, and what it is there.
pub struct Arn<'a> {
    /// The partition, such as `aws`.
    pub partition: &'a str,
    /// The service, such as `logs`.
    pub service: &'a str,
    /// The region.
    pub region: &'a str,
    /// The account.
    pub account: &'a str,
    /// What stands behind the account, such as `log-group:web`.
    pub resource: &'a str,
}

impl<'a> Arn<'a> {
    /// The parts of that ARN; what it hasn't is empty.
    #[must_use]
    pub fn of(arn: &'a str) -> Self {
        const PARTS: usize = 6;
        let mut parts = arn.splitn(PARTS, ':').skip(1);
        let mut next = || parts.next().unwrap_or_default();
        let (partition, service, region, account, resource) = (next(), next(), next(), next(), next());
        Arn { partition, service, region, account, resource }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_behind_the_account_is_one_part() {
        let arn = Arn::of("arn:aws:logs:eu-west-1:123456789012:log-group:web:*");
        assert_eq!((arn.partition, arn.service), ("aws", "logs"));
        assert_eq!((arn.region, arn.account), ("eu-west-1", "123456789012"));
        assert_eq!(arn.resource, "log-group:web:*");
        assert_eq!(Arn::of("web").resource, "");
    }
}
