//! The image of a service: named, or built and kept in a repository of its own.

use framework::{component::Scope, value::Output};

use crate::{
    aws::Aws,
    components::{
        child_tags::ChildTags,
        fargate_service::{
            inputs::FargateServiceInputs,
            parts::Architecture,
            plan::{Plan, Source},
            policies,
        },
    },
    resources::ecr::{
        ImageArgs, ImageScanningConfiguration, ImageTagMutability, LifecyclePolicy, Platform, RepositoryArgs,
    },
};

/// The image of a service.
pub struct Image {
    /// Its name, by which it is run.
    pub uri: Output<String>,
    /// Where it is pulled from: known before the image is, which a preview shows by that.
    pub source: Output<String>,
}

/// Names the image, and describes what makes it.
pub fn describe(scope: &Scope<Aws>, plan: &Plan, want: &FargateServiceInputs, tags: &ChildTags) -> Image {
    let build = match &plan.source {
        Source::Named(image) => return Image { uri: image.clone(), source: image.clone() },
        Source::Built(build) => build,
    };
    let role = "repository";
    let lifecycle = LifecyclePolicy { lifecycle_policy_text: Some(policies::images()), registry_id: None };
    let repository = scope.child(
        role,
        RepositoryArgs {
            // A tag is the hash of a content: another content never has it.
            image_tag_mutability: ImageTagMutability::Immutable.into(),
            image_scanning_configuration: ImageScanningConfiguration { scan_on_push: true }.into(),
            lifecycle_policy: lifecycle.into(),
            // What is in it can be built again; nobody runs it once the service is gone.
            empty_on_delete: true.into(),
            tags: tags.of(role).into(),
            ..RepositoryArgs::default()
        },
    );
    let platform = match want.architecture {
        Architecture::Arm64 => Platform::Arm64,
        Architecture::X86_64 => Platform::Amd64,
    };
    let image = scope.child(
        "image",
        ImageArgs {
            repository_name: repository.repository_name().into(),
            context: build.map(|build| build.context).into(),
            dockerfile: build.map(|build| build.dockerfile).into(),
            target: build.map(|build| build.target.unwrap_or_default()).into(),
            args: build.map(|build| build.args.unwrap_or_default()).into(),
            platform: platform.into(),
        },
    );
    Image { uri: image.image_uri(), source: repository.repository_uri() }
}
