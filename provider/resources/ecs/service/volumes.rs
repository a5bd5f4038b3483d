//! What a service says of its tasks' volumes.

use crate::{
    aws::{Result, Tags, tags::ecs as tagging},
    resources::{
        collections::Unordered,
        ecs::PropagateTags,
        wire::{Slot, Wire, wired, wired_choices},
    },
};
use aws_sdk_ecs::types;
use framework::{Choice, Object, property::Choice as _};

/// What a volume is that the task definition leaves to the service.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:ServiceVolumeConfiguration")]
pub struct ServiceVolumeConfiguration {
    /// The volume's name in the task definition.
    pub name: String,
    /// A volume of Amazon EBS for each task.
    pub managed_ebs_volume: Option<ManagedEbsVolume>,
}

/// A volume of Amazon EBS for each task.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:ManagedEbsVolume")]
pub struct ManagedEbsVolume {
    /// The ARN of the role by which Amazon ECS makes volumes.
    pub role_arn: String,
    /// Whether it is encrypted.
    pub encrypted: Option<bool>,
    /// The KMS key that encrypts it.
    pub kms_key_id: Option<String>,
    /// Its type: `gp3`, `gp2`, `io2`, `io1`, `sc1`, `st1`, `standard`.
    pub volume_type: Option<String>,
    /// Its size in GiB; required without a snapshot.
    #[field(range(1, 65536))]
    pub size_in_gib: Option<i32>,
    /// The snapshot that it is made from.
    pub snapshot_id: Option<String>,
    /// How many MiB a second are read from the snapshot, 100 to 300.
    #[field(range(100, 300))]
    pub volume_initialization_rate: Option<i32>,
    /// Its operations a second.
    #[field(range(100, 256000))]
    pub iops: Option<i32>,
    /// Its MiB a second, for `gp3` alone.
    #[field(range(125, 2000))]
    pub throughput: Option<i32>,
    /// Its file system; `xfs` on Linux when absent.
    pub filesystem_type: Option<TaskFilesystemType>,
    /// The volumes' tags.
    #[field(default)]
    pub tag_specifications: Unordered<EbsTagSpecification>,
}

/// A file system.
#[derive(Choice, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[choice(token = "ecs:TaskFilesystemType")]
pub enum TaskFilesystemType {
    /// XFS.
    #[default]
    #[choice("xfs")]
    Xfs,
    /// ext3.
    #[choice("ext3")]
    Ext3,
    /// ext4.
    #[choice("ext4")]
    Ext4,
    /// NTFS.
    #[choice("ntfs")]
    Ntfs,
}

/// The tags of volumes.
#[derive(Object, Clone, Debug, Default, PartialEq)]
#[object(token = "ecs:EbsTagSpecification")]
pub struct EbsTagSpecification {
    /// What is tagged.
    #[field(default = EbsResourceType::Volume)]
    pub resource_type: EbsResourceType,
    /// Where further tags come from.
    pub propagate_tags: Option<PropagateTags>,
    /// The tags.
    #[field(default)]
    pub tags: Tags,
}

/// What Amazon EBS tags.
#[derive(Choice, Clone, Copy, Debug, Default, PartialEq, Eq)]
#[choice(token = "ecs:EbsResourceType")]
pub enum EbsResourceType {
    /// The volumes.
    #[default]
    #[choice("volume")]
    Volume,
}

impl Wire for EbsTagSpecification {
    type Aws = types::EbsTagSpecification;

    fn to_aws(&self) -> Result<types::EbsTagSpecification> {
        let tags = self.tags.iter().map(|(key, value)| types::Tag::builder().key(key).value(value).build());
        Ok(types::EbsTagSpecification::builder()
            .resource_type(self.resource_type.text().into())
            .set_propagate_tags(self.propagate_tags.put()?)
            .set_tags(Some(tags.collect()))
            .build()?)
    }

    fn from_aws(aws: types::EbsTagSpecification) -> Option<Self> {
        let resource_type = EbsResourceType::from_aws(aws.resource_type)?;
        let tags = tagging::tags(&aws.tags.unwrap_or_default());
        Some(EbsTagSpecification { resource_type, propagate_tags: Slot::take(aws.propagate_tags), tags })
    }
}

wired! {
    ServiceVolumeConfiguration = types::ServiceVolumeConfiguration {
        name set_name,
        managed_ebs_volume set_managed_ebs_volume,
    }
    ManagedEbsVolume = types::ServiceManagedEbsVolumeConfiguration {
        role_arn set_role_arn,
        encrypted set_encrypted,
        kms_key_id set_kms_key_id,
        volume_type set_volume_type,
        size_in_gib set_size_in_gib,
        snapshot_id set_snapshot_id,
        volume_initialization_rate set_volume_initialization_rate,
        iops set_iops,
        throughput set_throughput,
        filesystem_type set_filesystem_type,
        tag_specifications set_tag_specifications,
    }
}

wired_choices! {
    TaskFilesystemType = types::TaskFilesystemType,
    EbsResourceType = types::EbsResourceType,
}
