//! Answers that are fine on the whole, and say of single things that they were not done.

use aws_sdk_ec2::types::UnsuccessfulItem;
use framework::error::Error as Told;

use super::{classify, error::Result};

/// The status of an answer that says more in its items.
const ANSWERED: u16 = 200;

/// That everything was done that the call (`ec2:CreateFlowLogs`) asked for.
///
/// # Errors
///
/// What AWS says of the first thing that it refused.
pub fn all_done(call: &'static str, unsuccessful: &[UnsuccessfulItem]) -> Result<()> {
    let Some(refused) = unsuccessful.iter().find_map(UnsuccessfulItem::error) else { return Ok(()) };
    let told = Told::new(
        classify::kind(None, refused.code(), ANSWERED),
        refused.message().unwrap_or("AWS refused, and says no reason"),
    );
    let told = match refused.code() {
        Some(code) => told.with_code(code),
        None => told,
    };
    Err(told.in_call(call).into())
}
