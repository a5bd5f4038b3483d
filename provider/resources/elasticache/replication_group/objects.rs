//! The objects of a replication group.

use aws_sdk_elasticache::types;
use framework::Object;

use super::{CacheLogType, LogDestinationType, LogFormat};
use crate::{
    aws::Result,
    resources::wire::{Slot, Wire, wired},
};

/// What can be connected to.
#[derive(Object, Clone, Debug, Default, PartialEq, Eq)]
#[object(token = "elasticache:Endpoint")]
pub struct Endpoint {
    /// The name.
    pub address: String,
    /// The port.
    pub port: i32,
}

/// What the nodes can be reached at.
#[derive(Object, Clone, Debug, Default, PartialEq, Eq)]
#[object(token = "elasticache:ReadEndpoint")]
pub struct ReadEndpoint {
    /// The names.
    pub addresses_list: Vec<String>,
    /// The ports, in the same order.
    pub ports_list: Vec<i32>,
}

/// What is particular to a shard.
#[derive(Object, Clone, Debug, Default, PartialEq, Eq)]
#[object(token = "elasticache:NodeGroupConfiguration")]
pub struct NodeGroupConfiguration {
    /// The shard's id, of digits: AWS's own when absent.
    #[field(length(1, 4), pattern(r"[0-9]+", "digits"))]
    pub node_group_id: Option<String>,
    /// The Availability Zone of its primary node.
    pub primary_availability_zone: Option<String>,
    /// The Availability Zones of its replicas: as many as `replicaCount`.
    pub replica_availability_zones: Option<Vec<String>>,
    /// How many replicas it has.
    #[field(range(0, 5))]
    pub replica_count: Option<i32>,
    /// The slots that it begins with, such as `0-5460`. AWS moves them as shards come and go.
    pub slots: Option<String>,
}

/// Where a kind of log is delivered to.
#[derive(Object, Clone, Debug, Default, PartialEq, Eq)]
#[object(token = "elasticache:LogDeliveryConfigurationRequest")]
pub struct LogDeliveryConfigurationRequest {
    /// Which log.
    pub log_type: CacheLogType,
    /// How it is written.
    pub log_format: LogFormat,
    /// The kind of its destination.
    pub destination_type: LogDestinationType,
    /// The destination.
    pub destination_details: LogDestinationDetails,
}

/// The destination of logs: the one of both that `destinationType` names.
#[derive(Object, Clone, Debug, Default, PartialEq, Eq)]
#[object(token = "elasticache:LogDestinationDetails")]
pub struct LogDestinationDetails {
    /// A log group.
    pub cloud_watch_logs_details: Option<CloudWatchLogsDestinationDetails>,
    /// A delivery stream.
    pub kinesis_firehose_details: Option<KinesisFirehoseDestinationDetails>,
}

/// A log group of CloudWatch Logs that logs are delivered to.
#[derive(Object, Clone, Debug, Default, PartialEq, Eq)]
#[object(token = "elasticache:CloudWatchLogsDestinationDetails")]
pub struct CloudWatchLogsDestinationDetails {
    /// Its name.
    pub log_group: String,
}

/// A delivery stream of Amazon Data Firehose that logs are delivered to.
#[derive(Object, Clone, Debug, Default, PartialEq, Eq)]
#[object(token = "elasticache:KinesisFirehoseDestinationDetails")]
pub struct KinesisFirehoseDestinationDetails {
    /// Its name.
    pub delivery_stream: String,
}

wired! {
    LogDestinationDetails = types::DestinationDetails {
        cloud_watch_logs_details set_cloud_watch_logs_details,
        kinesis_firehose_details set_kinesis_firehose_details,
    }
    CloudWatchLogsDestinationDetails = types::CloudWatchLogsDestinationDetails {
        log_group set_log_group,
    }
    KinesisFirehoseDestinationDetails = types::KinesisFirehoseDestinationDetails {
        delivery_stream set_delivery_stream,
    }
}

impl LogDeliveryConfigurationRequest {
    /// For a request.
    pub(super) fn to_aws(&self) -> Result<types::LogDeliveryConfigurationRequest> {
        Ok(types::LogDeliveryConfigurationRequest::builder()
            .set_log_type(self.log_type.put()?)
            .set_log_format(self.log_format.put()?)
            .set_destination_type(self.destination_type.put()?)
            .set_destination_details(self.destination_details.put()?)
            .enabled(true)
            .build())
    }

    /// That it shall end, for a request.
    pub(super) fn ended(&self) -> Result<types::LogDeliveryConfigurationRequest> {
        Ok(types::LogDeliveryConfigurationRequest::builder().log_type(self.log_type.to_aws()?).enabled(false).build())
    }

    /// As an answer shows it; nothing for one that ends.
    pub(super) fn from_aws(found: types::LogDeliveryConfiguration) -> Option<Self> {
        let ends = found.status() == Some(&types::LogDeliveryConfigurationStatus::Disabling);
        (!ends).then(|| LogDeliveryConfigurationRequest {
            log_type: Slot::take(found.log_type),
            log_format: Slot::take(found.log_format),
            destination_type: Slot::take(found.destination_type),
            destination_details: Slot::take(found.destination_details),
        })
    }
}

impl NodeGroupConfiguration {
    /// For a request.
    pub(super) fn to_aws(&self) -> types::NodeGroupConfiguration {
        types::NodeGroupConfiguration::builder()
            .set_node_group_id(self.node_group_id.clone())
            .set_primary_availability_zone(self.primary_availability_zone.clone())
            .set_replica_availability_zones(self.replica_availability_zones.clone())
            .set_replica_count(self.replica_count)
            .set_slots(self.slots.clone())
            .build()
    }

    /// The zones of its nodes, the primary one's first, where all are named.
    pub(super) fn zones(&self, replicas: i32) -> Option<Vec<String>> {
        let of_replicas = self.replica_availability_zones.clone().unwrap_or_default();
        let all: Vec<_> = self.primary_availability_zone.iter().cloned().chain(of_replicas).collect();
        (all.len() == usize::try_from(replicas).ok()? + 1).then_some(all)
    }
}

impl Endpoint {
    /// As an answer shows it.
    pub(super) fn from_aws(found: &types::Endpoint) -> Option<Self> {
        Some(Endpoint { address: found.address.clone()?, port: found.port? })
    }
}
