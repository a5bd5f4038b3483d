//! Metrics that Application Auto Scaling knows by name.

use framework::{Choice, property::Choice as _};

use crate::resources::scaling::ServiceNamespace;

/// A metric that Application Auto Scaling knows by name.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "applicationautoscaling:PredefinedMetricType")]
pub enum PredefinedMetricType {
    /// Requests in a minute for each target of a load balancer's target group.
    #[choice("ALBRequestCountPerTarget")]
    AlbRequestCountPerTarget,
    /// Used capacity of an AppStream 2.0 fleet, in percent.
    #[choice("AppStreamAverageCapacityUtilization")]
    AppStreamAverageCapacityUtilization,
    /// Used read capacity of an Amazon Keyspaces table, in percent.
    #[choice("CassandraReadCapacityUtilization")]
    CassandraReadCapacityUtilization,
    /// Used write capacity of an Amazon Keyspaces table, in percent.
    #[choice("CassandraWriteCapacityUtilization")]
    CassandraWriteCapacityUtilization,
    /// Used inference capacity of an Amazon Comprehend endpoint, in percent.
    #[choice("ComprehendInferenceUtilization")]
    ComprehendInferenceUtilization,
    /// Used read capacity of a DynamoDB table or index, in percent.
    #[choice("DynamoDBReadCapacityUtilization")]
    DynamoDbReadCapacityUtilization,
    /// Used write capacity of a DynamoDB table or index, in percent.
    #[choice("DynamoDBWriteCapacityUtilization")]
    DynamoDbWriteCapacityUtilization,
    /// CPU use of a Spot Fleet, in percent.
    #[choice("EC2SpotFleetRequestAverageCPUUtilization")]
    Ec2SpotFleetRequestAverageCpuUtilization,
    /// Bytes that come in over the network to each instance of a Spot Fleet.
    #[choice("EC2SpotFleetRequestAverageNetworkIn")]
    Ec2SpotFleetRequestAverageNetworkIn,
    /// Bytes that go out over the network from each instance of a Spot Fleet.
    #[choice("EC2SpotFleetRequestAverageNetworkOut")]
    Ec2SpotFleetRequestAverageNetworkOut,
    /// CPU use of an ECS service, in percent.
    #[choice("ECSServiceAverageCPUUtilization")]
    EcsServiceAverageCpuUtilization,
    /// CPU use of an ECS service, in percent, measured every 20 seconds; ECS has to be told to measure it so.
    #[choice("ECSServiceAverageCPUUtilizationHighResolution")]
    EcsServiceAverageCpuUtilizationHighResolution,
    /// Memory use of an ECS service, in percent.
    #[choice("ECSServiceAverageMemoryUtilization")]
    EcsServiceAverageMemoryUtilization,
    /// Memory use of an ECS service, in percent, measured every 20 seconds; ECS has to be told to measure it so.
    #[choice("ECSServiceAverageMemoryUtilizationHighResolution")]
    EcsServiceAverageMemoryUtilizationHighResolution,
    /// Used capacity of an ElastiCache cluster that data is evicted for, in percent.
    #[choice("ElastiCacheDatabaseCapacityUsageCountedForEvictPercentage")]
    ElastiCacheDatabaseCapacityUsageCountedForEvictPercentage,
    /// Used memory of an ElastiCache cluster that data is evicted for, in percent.
    #[choice("ElastiCacheDatabaseMemoryUsageCountedForEvictPercentage")]
    ElastiCacheDatabaseMemoryUsageCountedForEvictPercentage,
    /// Used memory of an ElastiCache cluster, in percent.
    #[choice("ElastiCacheDatabaseMemoryUsagePercentage")]
    ElastiCacheDatabaseMemoryUsagePercentage,
    /// CPU use of ElastiCache's engine, in percent.
    #[choice("ElastiCacheEngineCPUUtilization")]
    ElastiCacheEngineCpuUtilization,
    /// CPU use of the engine on ElastiCache's primary nodes, in percent.
    #[choice("ElastiCachePrimaryEngineCPUUtilization")]
    ElastiCachePrimaryEngineCpuUtilization,
    /// CPU use of the engine on ElastiCache's replicas, in percent.
    #[choice("ElastiCacheReplicaEngineCPUUtilization")]
    ElastiCacheReplicaEngineCpuUtilization,
    /// Used storage of the brokers of an MSK cluster, in percent.
    #[choice("KafkaBrokerStorageUtilization")]
    KafkaBrokerStorageUtilization,
    /// Used provisioned concurrency of a Lambda function, as a fraction: 0.7 is 70 percent.
    #[choice("LambdaProvisionedConcurrencyUtilization")]
    LambdaProvisionedConcurrencyUtilization,
    /// CPU use of the read replicas of a Neptune cluster, in percent.
    #[choice("NeptuneReaderAverageCPUUtilization")]
    NeptuneReaderAverageCpuUtilization,
    /// CPU use of the Aurora Replicas of a cluster, in percent.
    #[choice("RDSReaderAverageCPUUtilization")]
    RdsReaderAverageCpuUtilization,
    /// Connections to each Aurora Replica of a cluster.
    #[choice("RDSReaderAverageDatabaseConnections")]
    RdsReaderAverageDatabaseConnections,
    /// Requests at the same time for each copy of an inference component, measured every 10 seconds.
    #[choice("SageMakerInferenceComponentConcurrentRequestsPerCopyHighResolution")]
    SageMakerInferenceComponentConcurrentRequestsPerCopyHighResolution,
    /// Requests in a minute for each copy of an inference component.
    #[choice("SageMakerInferenceComponentInvocationsPerCopy")]
    SageMakerInferenceComponentInvocationsPerCopy,
    /// Requests at the same time for each model of a variant, measured every 10 seconds.
    #[choice("SageMakerVariantConcurrentRequestsPerModelHighResolution")]
    SageMakerVariantConcurrentRequestsPerModelHighResolution,
    /// Requests in a minute for each instance of a variant.
    #[choice("SageMakerVariantInvocationsPerInstance")]
    SageMakerVariantInvocationsPerInstance,
    /// Used provisioned concurrency of a serverless endpoint, as a fraction.
    #[choice("SageMakerVariantProvisionedConcurrencyUtilization")]
    SageMakerVariantProvisionedConcurrencyUtilization,
    /// Used capacity for user sessions of a WorkSpaces pool, in percent.
    #[choice("WorkSpacesAverageUserSessionsCapacityUtilization")]
    WorkSpacesAverageUserSessionsCapacityUtilization,
}

/// How the names of metrics begin, and the services whose things have them.
const OF: [(&str, &[ServiceNamespace]); 13] = [
    ("ALB", &[ServiceNamespace::Ecs, ServiceNamespace::Ec2]),
    ("AppStream", &[ServiceNamespace::Appstream]),
    ("Cassandra", &[ServiceNamespace::Cassandra]),
    ("Comprehend", &[ServiceNamespace::Comprehend]),
    ("DynamoDB", &[ServiceNamespace::Dynamodb]),
    ("EC2", &[ServiceNamespace::Ec2]),
    ("ECS", &[ServiceNamespace::Ecs]),
    ("ElastiCache", &[ServiceNamespace::Elasticache]),
    ("Kafka", &[ServiceNamespace::Kafka]),
    ("Lambda", &[ServiceNamespace::Lambda]),
    ("Neptune", &[ServiceNamespace::Neptune]),
    ("RDS", &[ServiceNamespace::Rds]),
    ("SageMaker", &[ServiceNamespace::Sagemaker]),
];

impl PredefinedMetricType {
    /// Whether things of that service have the metric.
    #[must_use]
    pub fn is_of(self, service: ServiceNamespace) -> bool {
        let of = OF.iter().find(|(begin, _)| self.text().starts_with(begin));
        of.map_or(service == ServiceNamespace::Workspaces, |(_, services)| services.contains(&service))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_metric_is_of_a_service_and_each_service_but_two_has_metrics() {
        let services: Vec<_> =
            ServiceNamespace::VALUES.iter().filter_map(|(text, _, _)| ServiceNamespace::from_text(text)).collect();
        let metrics: Vec<_> = PredefinedMetricType::VALUES
            .iter()
            .filter_map(|(text, _, _)| PredefinedMetricType::from_text(text))
            .collect();
        assert!(metrics.iter().all(|metric| services.iter().any(|service| metric.is_of(*service))));
        let without: Vec<_> =
            services.iter().filter(|service| !metrics.iter().any(|metric| metric.is_of(**service))).collect();
        assert_eq!(without, [&ServiceNamespace::CustomResource, &ServiceNamespace::Elasticmapreduce]);
        let workspaces = metrics.iter().filter(|metric| metric.is_of(ServiceNamespace::Workspaces));
        assert!(workspaces.clone().all(|metric| metric.text().starts_with("WorkSpaces")) && workspaces.count() == 1);
    }
}
