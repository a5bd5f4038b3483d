//! Whether the tags of images stay with them.

use aws_sdk_ecr::types;
use framework::{
    Choice, Object,
    problem::Problems,
    property::{Choice as _, Properties},
    resource::Change,
};

use super::{Repository, RepositoryInputs, fields};
use crate::aws::{Cx, Result};

/// Whether a tag can be given to another image later on.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "ecr:ImageTagMutability")]
pub enum ImageTagMutability {
    /// Each tag can.
    #[choice("MUTABLE")]
    Mutable,
    /// No tag can: it stays with its image for life.
    #[choice("IMMUTABLE")]
    Immutable,
    /// Each tag can, but for those that a filter names.
    #[choice("MUTABLE_WITH_EXCLUSION")]
    MutableWithExclusion,
    /// No tag can, but for those that a filter names.
    #[choice("IMMUTABLE_WITH_EXCLUSION")]
    ImmutableWithExclusion,
}

/// Tags for which the repository's rule is the other way round.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[object(token = "ecr:ImageTagMutabilityExclusionFilter")]
pub struct ImageTagMutabilityExclusionFilter {
    /// How the value is read.
    #[field(default = ImageTagMutabilityExclusionFilterType::Wildcard)]
    pub image_tag_mutability_exclusion_filter_type: ImageTagMutabilityExclusionFilterType,
    /// The tags, such as `latest` or `dev-*`.
    #[field(
        length(1, 128),
        pattern(r"[0-9a-zA-Z._*\-]+", "letters, digits and any of ._-, with * for whatever comes there")
    )]
    pub image_tag_mutability_exclusion_filter_value: String,
}

/// How the value of a filter is read.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "ecr:ImageTagMutabilityExclusionFilterType")]
pub enum ImageTagMutabilityExclusionFilterType {
    /// As a tag, with `*` for any characters.
    #[choice("WILDCARD")]
    Wildcard,
}

/// Filters belong to the two rules with exclusion.
pub(super) fn rules(want: &Properties<'_, Repository>, problems: &mut Problems) {
    use ImageTagMutability::{Immutable, ImmutableWithExclusion, Mutable, MutableWithExclusion};
    let at = want.path(fields::image_tag_mutability_exclusion_filters);
    match (want.get(fields::image_tag_mutability), want.has(fields::image_tag_mutability_exclusion_filters)) {
        (Some(rule @ (Mutable | Immutable)), true) => problems.add(
            at,
            format!("can't be given when imageTagMutability is {0}: say {0}_WITH_EXCLUSION there", rule.text()),
        ),
        (Some(rule @ (MutableWithExclusion | ImmutableWithExclusion)), false) => {
            problems.add(at, format!("is required when imageTagMutability is {}", rule.text()));
        }
        _ => {}
    }
}

/// The filters as calls take them.
pub(super) fn filters(want: &RepositoryInputs) -> Result<Option<Vec<types::ImageTagMutabilityExclusionFilter>>> {
    let filters = want.image_tag_mutability_exclusion_filters.as_ref();
    filters.map(|filters| filters.iter().map(filter).collect()).transpose()
}

fn filter(want: &ImageTagMutabilityExclusionFilter) -> Result<types::ImageTagMutabilityExclusionFilter> {
    Ok(types::ImageTagMutabilityExclusionFilter::builder()
        .filter_type(want.image_tag_mutability_exclusion_filter_type.text().into())
        .filter(&want.image_tag_mutability_exclusion_filter_value)
        .build()?)
}

/// The rule and its filters as ECR shows them.
pub(super) fn seen(found: &types::Repository) -> (ImageTagMutability, Option<Vec<ImageTagMutabilityExclusionFilter>>) {
    let rule = found.image_tag_mutability().and_then(|rule| ImageTagMutability::from_text(rule.as_str()));
    let filters: Vec<_> = found.image_tag_mutability_exclusion_filters().iter().map(Into::into).collect();
    (rule.unwrap_or(ImageTagMutability::Mutable), (!filters.is_empty()).then_some(filters))
}

impl From<&types::ImageTagMutabilityExclusionFilter> for ImageTagMutabilityExclusionFilter {
    fn from(found: &types::ImageTagMutabilityExclusionFilter) -> Self {
        let kind = ImageTagMutabilityExclusionFilterType::from_text(found.filter_type().as_str());
        ImageTagMutabilityExclusionFilter {
            image_tag_mutability_exclusion_filter_type: kind.unwrap_or(ImageTagMutabilityExclusionFilterType::Wildcard),
            image_tag_mutability_exclusion_filter_value: found.filter().to_owned(),
        }
    }
}

/// The rule and its filters change together, in one call.
pub(super) async fn update(cx: &Cx, name: &str, change: &Change<Repository>) -> Result<()> {
    let differs = change.to(fields::image_tag_mutability).is_some()
        || change.to(fields::image_tag_mutability_exclusion_filters).is_some();
    if differs {
        cx.ecr()
            .put_image_tag_mutability()
            .repository_name(name)
            .image_tag_mutability(change.wanted().image_tag_mutability.text().into())
            .set_image_tag_mutability_exclusion_filters(filters(change.wanted())?)
            .send()
            .await?;
    }
    Ok(())
}
