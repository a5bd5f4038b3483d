//! A session: AWS in one region, as one identity. What resources call through.

use std::{
    fmt,
    sync::{Arc, OnceLock},
};

use aws_config::SdkConfig;
use aws_sdk_ec2::config::retry::{RetryPartition, TokenBucket};

use super::{
    access::endpoint_of,
    account::Account,
    config::Config,
    error::Result,
    find::Finds,
    gate::{Gate, keep_credentials},
    governor::Governor,
    region::Region,
    retry::Attempts,
    services::{self, Service},
};

/// What the sessions of one provider share.
pub struct Shared {
    /// The provider's configuration.
    pub config: Config,
    /// How AWS is reached.
    pub sdk: SdkConfig,
    /// Whose account it is.
    pub account: Arc<Account>,
    /// The rates of services that are the same in all regions.
    pub everywhere: Arc<Governor>,
}

/// AWS in one region. A clone is the same session.
#[derive(Clone)]
pub struct Session(Arc<Inner>);

struct Inner {
    shared: Arc<Shared>,
    region: Region,
    sdk: SdkConfig,
    governors: [Arc<Governor>; 2],
    finds: Finds,
    clients: Clients,
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Session({})", self.0.region.name())
    }
}

impl Session {
    /// The session of a region. Makes no call.
    #[must_use]
    pub fn open(shared: Arc<Shared>, region: Region) -> Self {
        let here = Arc::new(Governor::default());
        let sdk = shared.sdk.to_builder().region(aws_config::Region::new(region.name().to_owned())).build();
        let credentials = sdk.identity_cache().unwrap_or_else(keep_credentials);
        let gate = Gate::new(
            credentials,
            shared.account.clone(),
            before_the_gate(&sdk, &shared.config),
            here.clone(),
            shared.everywhere.clone(),
        );
        let sdk = sdk.into_builder().identity_cache(gate).build();
        let governors = [here, shared.everywhere.clone()];
        Session(Arc::new(Inner {
            shared,
            region,
            sdk,
            governors,
            finds: Finds::default(),
            clients: Clients::default(),
        }))
    }

    /// The region.
    #[must_use]
    pub fn region(&self) -> &str {
        self.0.region.name()
    }

    /// The region's partition, the second part of every ARN: `aws`.
    #[must_use]
    pub fn partition(&self) -> &'static str {
        self.0.region.partition()
    }

    /// The account that the credentials belong to.
    ///
    /// # Errors
    ///
    /// What STS fails with.
    pub async fn account_id(&self) -> Result<&str> {
        self.0.shared.account.id(self.sts()).await
    }

    /// The provider's configuration.
    pub(super) fn config(&self) -> &Config {
        &self.0.shared.config
    }

    /// The finds that are being gathered.
    pub(super) fn finds(&self) -> &Finds {
        &self.0.finds
    }

    fn attempts(&self, service: Service) -> Attempts {
        Attempts::new(self.0.governors[usize::from(service.global)].clone())
    }

    /// Lets a storm of throttled calls retry: the governor and the number of attempts bound it.
    fn unrationed(&self) -> RetryPartition {
        RetryPartition::custom(self.region().to_owned()).token_bucket(TokenBucket::unlimited()).build()
    }
}

/// A client that asks who we are without passing the gate, which waits for that answer.
fn before_the_gate(sdk: &SdkConfig, config: &Config) -> aws_sdk_sts::Client {
    let mut sts = aws_sdk_sts::config::Builder::from(sdk);
    if let Some(url) = endpoint_of(config, services::STS.name) {
        sts.set_endpoint_url(Some(url.to_owned()));
    }
    aws_sdk_sts::Client::from_conf(sts.build())
}

/// One row for each service: its client's name, the SDK's crate, its row in the table of services.
macro_rules! clients {
    ($($(#[$doc:meta])* $name:ident: $krate:ident = $service:expr;)*) => {
        #[derive(Default)]
        struct Clients { $($name: OnceLock<$krate::Client>,)* }

        impl Session {
            $($(#[$doc])*
            #[must_use]
            pub fn $name(&self) -> &$krate::Client {
                self.0.clients.$name.get_or_init(|| {
                    let mut client = $krate::config::Builder::from(&self.0.sdk)
                        .interceptor(self.attempts($service))
                        .retry_partition(self.unrationed());
                    if let Some(url) = endpoint_of(&self.0.shared.config, $service.name) {
                        client.set_endpoint_url(Some(url.to_owned()));
                    }
                    $krate::Client::from_conf(client.build())
                })
            })*
        }
    };
}

clients! {
    /// AWS Certificate Manager.
    acm: aws_sdk_acm = services::ACM;
    /// Application Auto Scaling.
    application_autoscaling: aws_sdk_applicationautoscaling = services::APPLICATION_AUTOSCALING;
    /// Amazon EC2.
    ec2: aws_sdk_ec2 = services::EC2;
    /// Amazon Elastic Container Registry.
    ecr: aws_sdk_ecr = services::ECR;
    /// Amazon Elastic Container Service.
    ecs: aws_sdk_ecs = services::ECS;
    /// Elastic Load Balancing.
    elb: aws_sdk_elasticloadbalancingv2 = services::ELASTIC_LOAD_BALANCING;
    /// Amazon ElastiCache.
    elasticache: aws_sdk_elasticache = services::ELASTICACHE;
    /// AWS Identity and Access Management.
    iam: aws_sdk_iam = services::IAM;
    /// AWS Key Management Service.
    kms: aws_sdk_kms = services::KMS;
    /// Amazon CloudWatch Logs.
    logs: aws_sdk_cloudwatchlogs = services::LOGS;
    /// Amazon RDS.
    rds: aws_sdk_rds = services::RDS;
    /// Amazon Route 53.
    route53: aws_sdk_route53 = services::ROUTE53;
    /// AWS Secrets Manager.
    secrets_manager: aws_sdk_secretsmanager = services::SECRETS_MANAGER;
    /// AWS Security Token Service.
    sts: aws_sdk_sts = services::STS;
}
