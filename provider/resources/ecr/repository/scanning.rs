//! When images are scanned for known vulnerabilities.

use aws_sdk_ecr::types;
use framework::Object;

use crate::aws::{Cx, Result};

/// When images are scanned for known vulnerabilities.
#[derive(Object, Clone, Debug, Default, PartialEq, Eq)]
#[object(token = "ecr:ImageScanningConfiguration")]
pub struct ImageScanningConfiguration {
    /// Whether each image is scanned after it was pushed. Otherwise scans have to be asked for.
    #[field(default = false)]
    pub scan_on_push: bool,
}

/// What ECR shows; nothing where the program says nothing, and it is as it always is then.
pub(super) fn seen(found: &types::Repository, said: bool) -> Option<ImageScanningConfiguration> {
    let scan_on_push =
        found.image_scanning_configuration().is_some_and(types::ImageScanningConfiguration::scan_on_push);
    Some(ImageScanningConfiguration { scan_on_push })
        .filter(|seen| said || *seen != ImageScanningConfiguration::default())
}

pub(super) async fn put(cx: &Cx, name: &str, want: ImageScanningConfiguration) -> Result<()> {
    let call = cx.ecr().put_image_scanning_configuration().repository_name(name);
    call.image_scanning_configuration((&want).into()).send().await?;
    Ok(())
}

impl From<&ImageScanningConfiguration> for types::ImageScanningConfiguration {
    fn from(want: &ImageScanningConfiguration) -> Self {
        types::ImageScanningConfiguration::builder().scan_on_push(want.scan_on_push).build()
    }
}
