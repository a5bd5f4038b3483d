//! The account that the credentials belong to, and whether it is one of those allowed.

use framework::error::Kind;
use tokio::sync::OnceCell;

use super::error::{Error, Result, answered};

/// The account, asked for once, and only when somebody needs to know.
#[derive(Debug, Default)]
pub struct Account {
    allowed: Vec<String>,
    id: OnceCell<String>,
}

impl Account {
    /// The account must be one of these, or may be any when there are none.
    #[must_use]
    pub fn allowed(allowed: Vec<String>) -> Self {
        Account { allowed, id: OnceCell::new() }
    }

    /// Its id. The client's own calls must not wait for this answer.
    ///
    /// # Errors
    ///
    /// What STS fails with.
    pub async fn id(&self, sts: &aws_sdk_sts::Client) -> Result<&str> {
        self.id.get_or_try_init(|| ask(sts)).await.map(String::as_str)
    }

    /// Makes sure that it is allowed; asks only when not all are.
    ///
    /// # Errors
    ///
    /// That it isn't, or what STS fails with.
    pub async fn check(&self, sts: &aws_sdk_sts::Client) -> Result<()> {
        if self.allowed.is_empty() {
            return Ok(());
        }
        let id = self.id(sts).await?;
        if self.allowed.iter().any(|allowed| allowed == id) { Ok(()) } else { Err(self.refusal(id)) }
    }

    fn refusal(&self, id: &str) -> Error {
        let message = format!(
            "the credentials belong to account {id}, and allowedAccountIds allows only {}",
            self.allowed.join(", ")
        );
        let advice = "Nothing was read or changed. Choose other credentials, or change tenantstack:allowedAccountIds";
        Error::new(Kind::Forbidden, message).with_advice(advice)
    }
}

async fn ask(sts: &aws_sdk_sts::Client) -> Result<String> {
    let identity = sts.get_caller_identity().send().await?;
    answered(identity.account, "account")
}
