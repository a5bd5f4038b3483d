//! What of a thing can be scaled.

use framework::Choice;

/// What of a thing is scaled: its service, its kind, and the number that goes up and down.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[choice(token = "applicationautoscaling:ScalableDimension")]
pub enum ScalableDimension {
    /// The capacity of an AppStream 2.0 fleet.
    #[choice("appstream:fleet:DesiredCapacity")]
    AppstreamFleetDesiredCapacity,
    /// The provisioned read capacity of an Amazon Keyspaces table.
    #[choice("cassandra:table:ReadCapacityUnits")]
    CassandraTableReadCapacityUnits,
    /// The provisioned write capacity of an Amazon Keyspaces table.
    #[choice("cassandra:table:WriteCapacityUnits")]
    CassandraTableWriteCapacityUnits,
    /// The inference units of an endpoint that classifies documents.
    #[choice("comprehend:document-classifier-endpoint:DesiredInferenceUnits")]
    ComprehendDocumentClassifierEndpointDesiredInferenceUnits,
    /// The inference units of an endpoint that recognizes entities.
    #[choice("comprehend:entity-recognizer-endpoint:DesiredInferenceUnits")]
    ComprehendEntityRecognizerEndpointDesiredInferenceUnits,
    /// The dimension of what your own application or service provides.
    #[choice("custom-resource:ResourceType:Property")]
    CustomResourceResourceTypeProperty,
    /// The provisioned read capacity of a global secondary index of DynamoDB.
    #[choice("dynamodb:index:ReadCapacityUnits")]
    DynamodbIndexReadCapacityUnits,
    /// The provisioned write capacity of a global secondary index of DynamoDB.
    #[choice("dynamodb:index:WriteCapacityUnits")]
    DynamodbIndexWriteCapacityUnits,
    /// The provisioned read capacity of a DynamoDB table.
    #[choice("dynamodb:table:ReadCapacityUnits")]
    DynamodbTableReadCapacityUnits,
    /// The provisioned write capacity of a DynamoDB table.
    #[choice("dynamodb:table:WriteCapacityUnits")]
    DynamodbTableWriteCapacityUnits,
    /// The target capacity of a Spot Fleet.
    #[choice("ec2:spot-fleet-request:TargetCapacity")]
    Ec2SpotFleetRequestTargetCapacity,
    /// The number of tasks of an ECS service.
    #[choice("ecs:service:DesiredCount")]
    EcsServiceDesiredCount,
    /// The number of nodes of an ElastiCache cluster.
    #[choice("elasticache:cache-cluster:Nodes")]
    ElasticacheCacheClusterNodes,
    /// The number of node groups of an ElastiCache replication group.
    #[choice("elasticache:replication-group:NodeGroups")]
    ElasticacheReplicationGroupNodeGroups,
    /// The number of replicas in each node group of an ElastiCache replication group.
    #[choice("elasticache:replication-group:Replicas")]
    ElasticacheReplicationGroupReplicas,
    /// The number of instances of an EMR instance group.
    #[choice("elasticmapreduce:instancegroup:InstanceCount")]
    ElasticmapreduceInstancegroupInstanceCount,
    /// The size, in GiB, of the volumes of the brokers of an MSK cluster.
    #[choice("kafka:broker-storage:VolumeSize")]
    KafkaBrokerStorageVolumeSize,
    /// The provisioned concurrency of a Lambda function.
    #[choice("lambda:function:ProvisionedConcurrency")]
    LambdaFunctionProvisionedConcurrency,
    /// The number of read replicas of a Neptune cluster.
    #[choice("neptune:cluster:ReadReplicaCount")]
    NeptuneClusterReadReplicaCount,
    /// The number of Aurora Replicas of an Aurora cluster.
    #[choice("rds:cluster:ReadReplicaCount")]
    RdsClusterReadReplicaCount,
    /// The number of copies of a SageMaker AI inference component.
    #[choice("sagemaker:inference-component:DesiredCopyCount")]
    SagemakerInferenceComponentDesiredCopyCount,
    /// The number of instances of a variant of a SageMaker AI endpoint.
    #[choice("sagemaker:variant:DesiredInstanceCount")]
    SagemakerVariantDesiredInstanceCount,
    /// The provisioned concurrency of a serverless SageMaker AI endpoint.
    #[choice("sagemaker:variant:DesiredProvisionedConcurrency")]
    SagemakerVariantDesiredProvisionedConcurrency,
    /// The number of user sessions of a WorkSpaces pool.
    #[choice("workspaces:workspacespool:DesiredUserSessions")]
    WorkspacesWorkspacespoolDesiredUserSessions,
}
