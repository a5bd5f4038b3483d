//! The services whose things can be scaled.

use framework::{Choice, property::Choice as _};

use super::ScalableDimension;

/// The service whose thing is scaled.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[choice(token = "applicationautoscaling:ServiceNamespace")]
pub enum ServiceNamespace {
    /// Amazon AppStream 2.0: fleets.
    #[choice("appstream")]
    Appstream,
    /// Amazon Keyspaces: tables.
    #[choice("cassandra")]
    Cassandra,
    /// Amazon Comprehend: endpoints.
    #[choice("comprehend")]
    Comprehend,
    /// What an application or service of your own provides.
    #[choice("custom-resource")]
    CustomResource,
    /// Amazon DynamoDB: tables and indexes.
    #[choice("dynamodb")]
    Dynamodb,
    /// Amazon EC2: Spot Fleets.
    #[choice("ec2")]
    Ec2,
    /// Amazon Elastic Container Service: services.
    #[choice("ecs")]
    Ecs,
    /// Amazon ElastiCache: clusters and replication groups.
    #[choice("elasticache")]
    Elasticache,
    /// Amazon EMR: instance groups.
    #[choice("elasticmapreduce")]
    Elasticmapreduce,
    /// Amazon MSK: the storage of brokers.
    #[choice("kafka")]
    Kafka,
    /// AWS Lambda: the provisioned concurrency of functions.
    #[choice("lambda")]
    Lambda,
    /// Amazon Neptune: clusters.
    #[choice("neptune")]
    Neptune,
    /// Amazon Aurora: clusters.
    #[choice("rds")]
    Rds,
    /// Amazon SageMaker AI: variants of endpoints and inference components.
    #[choice("sagemaker")]
    Sagemaker,
    /// Amazon WorkSpaces: pools.
    #[choice("workspaces")]
    Workspaces,
}

impl ServiceNamespace {
    /// Whether the dimension is of a thing of this service.
    #[must_use]
    pub fn has(self, dimension: ScalableDimension) -> bool {
        dimension.text().split(':').next() == Some(self.text())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_dimension_is_of_one_service() {
        for (text, _, _) in ScalableDimension::VALUES {
            let dimension = ScalableDimension::from_text(text);
            let of = ServiceNamespace::VALUES.iter().filter_map(|(name, _, _)| ServiceNamespace::from_text(name));
            let of = of.filter(|namespace| dimension.is_some_and(|dimension| namespace.has(dimension)));
            assert_eq!(of.count(), 1, "{text}");
        }
    }
}
