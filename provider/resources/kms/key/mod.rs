//! A KMS key.

mod laws;
mod policy;
mod rotation;
mod state;

use aws_sdk_kms::types::KeyMetadata;
use framework::{
    Choice, Resource,
    problem::Problems,
    property::{Choice as _, Json, Properties},
    resource::{Carried, Change, Managed, Owner},
};

use crate::{
    aws::{Aws, Cx, Error, Result, TagChange, Tags, answered, limits::codes, tags::kms as tagging, unless_gone},
    resources::kms_calls as calls,
};

/// A key of AWS Key Management Service (KMS), with which other services encrypt what they keep.
///
/// What was encrypted with a key is lost with it, so a change that needs another key is refused unless
/// `allowReplace` is true. A key that is deleted waits first: within `pendingWindowInDays` it can be had back with
/// `aws kms cancel-key-deletion`. A Region has 100,000 keys for an account unless you ask for more (AWS KMS Developer
/// Guide, "Resource quotas").
#[derive(Resource)]
#[resource(token = "kms:Key", model = "AWS::KMS::Key", id = "key_id", holds_data)]
pub struct Key {
    /// What the key is for.
    #[input(length(0, 8192))]
    description: Option<String>,
    /// Whether the key can be used.
    #[input(default = true)]
    enabled: bool,
    /// Whether KMS makes new key material at intervals. The old material stays, for what was encrypted with it. Only
    /// for a key with the `keySpec` `SYMMETRIC_DEFAULT` and the `origin` `AWS_KMS`. A disabled key's rotation can't be
    /// changed.
    #[input(default = false)]
    enable_key_rotation: bool,
    /// After how many days the key material is rotated; of no effect without `enableKeyRotation`.
    #[input(default = 365, range(90, 2560))]
    rotation_period_in_days: i32,
    /// Who may use and administer the key, as a policy document of up to 32 kilobytes (AWS KMS API Reference,
    /// `PutKeyPolicy`). When absent, those of the account whom its IAM policies let.
    #[input(length(1, 32768))]
    key_policy: Option<Json>,
    /// Whether KMS takes a policy that keeps the one who deploys from changing it later on. Nobody can mend that, so
    /// KMS refuses such a policy otherwise.
    #[input(default = false, write_only)]
    bypass_policy_lockout_safety_check: Option<bool>,
    /// The kind of key material.
    #[input(replaces, default = KeySpec::SymmetricDefault)]
    key_spec: KeySpec,
    /// What the key can be used for.
    #[input(replaces, default = KeyUsage::EncryptDecrypt)]
    key_usage: KeyUsage,
    /// Where the key material comes from.
    #[input(replaces, default = KeyOrigin::AwsKms)]
    origin: KeyOrigin,
    /// Whether the key can have replicas in other Regions, with the same key material.
    #[input(replaces, default = false)]
    multi_region: bool,
    /// For how many days a deleted key waits and can be had back.
    #[input(default = 30, write_only, range(7, 30))]
    pending_window_in_days: Option<i32>,
    /// Whether the key may be replaced by another one, where a change can't be made in place.
    #[input(default = false, write_only)]
    allow_replace: Option<bool>,
    /// Tags, beside the provider's default tags.
    #[input(default)]
    tags: Tags,

    /// The key's id, such as `1234abcd-12ab-34cd-56ef-1234567890ab`.
    #[output(stable)]
    key_id: String,
    /// The key's ARN.
    #[output(stable)]
    arn: String,
}

/// The kind of key material.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "kms:KeySpec")]
pub enum KeySpec {
    /// A symmetric key of 256 bits, which never leaves KMS unencrypted: what other services take.
    #[choice("SYMMETRIC_DEFAULT")]
    SymmetricDefault,
    /// RSA with 2048 bits.
    #[choice("RSA_2048")]
    Rsa2048,
    /// RSA with 3072 bits.
    #[choice("RSA_3072")]
    Rsa3072,
    /// RSA with 4096 bits.
    #[choice("RSA_4096")]
    Rsa4096,
    /// The curve P-256.
    #[choice("ECC_NIST_P256")]
    EccNistP256,
    /// The curve P-384.
    #[choice("ECC_NIST_P384")]
    EccNistP384,
    /// The curve P-521.
    #[choice("ECC_NIST_P521")]
    EccNistP521,
    /// The curve secp256k1, as cryptocurrencies use it.
    #[choice("ECC_SECG_P256K1")]
    EccSecgP256k1,
    /// The curve Ed25519.
    #[choice("ECC_NIST_EDWARDS25519")]
    EccNistEdwards25519,
    /// HMAC with 224 bits.
    #[choice("HMAC_224")]
    Hmac224,
    /// HMAC with 256 bits.
    #[choice("HMAC_256")]
    Hmac256,
    /// HMAC with 384 bits.
    #[choice("HMAC_384")]
    Hmac384,
    /// HMAC with 512 bits.
    #[choice("HMAC_512")]
    Hmac512,
    /// ML-DSA-44, which withstands quantum computers.
    #[choice("ML_DSA_44")]
    MlDsa44,
    /// ML-DSA-65, which withstands quantum computers.
    #[choice("ML_DSA_65")]
    MlDsa65,
    /// ML-DSA-87, which withstands quantum computers.
    #[choice("ML_DSA_87")]
    MlDsa87,
    /// SM2, in the Regions of China only.
    #[choice("SM2")]
    Sm2,
}

/// What a key can be used for.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "kms:KeyUsage")]
pub enum KeyUsage {
    /// To encrypt and decrypt.
    #[choice("ENCRYPT_DECRYPT")]
    EncryptDecrypt,
    /// To sign, and to verify signatures.
    #[choice("SIGN_VERIFY")]
    SignVerify,
    /// To make and verify message authentication codes.
    #[choice("GENERATE_VERIFY_MAC")]
    GenerateVerifyMac,
    /// To agree upon a shared secret.
    #[choice("KEY_AGREEMENT")]
    KeyAgreement,
}

/// Where key material comes from.
#[derive(Choice, Clone, Copy, Debug, PartialEq, Eq)]
#[choice(token = "kms:KeyOrigin")]
pub enum KeyOrigin {
    /// KMS makes it.
    #[choice("AWS_KMS")]
    AwsKms,
    /// You import it. Until then the key can't be used, nor `enabled` be changed.
    #[choice("EXTERNAL")]
    External,
}

impl Managed for Key {
    type Cloud = Aws;

    const OWNER: Carried = Carried::Tag { kind: "kms:key" };

    fn rules(want: &Properties<'_, Self>, problems: &mut Problems) {
        laws::check(want, problems);
    }

    async fn create(cx: &Cx, want: &KeyInputs, owner: &Owner) -> Result<String> {
        let tags = tagging::for_create(&want.tags, owner)?;
        let call = cx
            .kms()
            .create_key()
            .set_description(want.description.clone())
            .key_spec(want.key_spec.text().into())
            .key_usage(want.key_usage.text().into())
            .origin(want.origin.text().into())
            .multi_region(want.multi_region)
            .set_policy(want.key_policy.as_ref().map(ToString::to_string))
            .bypass_policy_lockout_safety_check(want.bypass_policy_lockout_safety_check.unwrap_or_default())
            .set_tags((!tags.is_empty()).then_some(tags));
        let made = policy::once_its_principals_are_known(cx, "the new key", || call.clone().send()).await?;
        answered(made.key_metadata.map(|key| key.key_id), "KeyId")
    }

    async fn settle(cx: &Cx, id: &str, want: &KeyInputs) -> Result<()> {
        state::bring(cx, id, want).await
    }

    async fn read(cx: &Cx, id: &str) -> Result<Option<Key>> {
        let Some(found) = calls::find(cx, id).await?.filter(|found| !calls::is_ending(found)) else { return Ok(None) };
        Key::seen(cx, found).await
    }

    async fn update(cx: &Cx, id: &str, change: &Change<Self>) -> Result<()> {
        if let Some(description) = change.to(fields::description) {
            let description = description.unwrap_or_default();
            cx.kms().update_key_description().key_id(id).description(description).send().await?;
        }
        if let Some(wanted) = change.to(fields::key_policy) {
            policy::put(cx, id, wanted, change.wanted().bypass_policy_lockout_safety_check).await?;
        }
        tagging::retag(cx, id, &TagChange::of(change, fields::tags)).await
    }

    async fn delete(cx: &Cx, id: &str, was: &Properties<'_, Self>) -> Result<()> {
        let days = was.get(fields::pending_window_in_days).flatten();
        let call = cx.kms().schedule_key_deletion().key_id(id).set_pending_window_in_days(days);
        match call.send().await.map_err(Error::from) {
            Ok(_) => Ok(()),
            // It was asked for before.
            Err(error) if error.code() == Some(codes::KEY_NOT_IN_STATE) && is_ending(cx, id).await? => {
                Err(error.of_kind(framework::error::Kind::Gone))
            }
            Err(error) => Err(error),
        }
    }
}

async fn is_ending(cx: &Cx, id: &str) -> Result<bool> {
    Ok(calls::find(cx, id).await?.is_none_or(|found| calls::is_ending(&found)))
}

impl Key {
    async fn seen(cx: &Cx, found: KeyMetadata) -> Result<Option<Self>> {
        let recorded = cx.recorded::<Self>();
        let (id, arn) = (found.key_id.clone(), answered(found.arn.clone(), "Arn")?);
        let said = recorded.get(fields::key_policy).flatten();
        let Some(key_policy) = unless_gone(policy::seen(cx, &id, &arn, said).await)? else { return Ok(None) };
        let Some(rotation) = unless_gone(rotation::seen(cx, &found).await)? else { return Ok(None) };
        let Some(tags) = unless_gone(tagging::tags(cx, &id).await)? else { return Ok(None) };
        let enabled = state::is_enabled(&found).or(recorded.get(fields::enabled)).unwrap_or(true);
        let said_period = recorded.get(fields::rotation_period_in_days);
        Ok(Some(Key {
            enabled,
            enable_key_rotation: rotation.is_some(),
            rotation_period_in_days: rotation.or(said_period).unwrap_or(rotation::USUAL_PERIOD),
            key_policy,
            bypass_policy_lockout_safety_check: None,
            key_spec: chosen(found.key_spec.as_ref().map(AsRef::as_ref), KeySpec::SymmetricDefault),
            key_usage: chosen(found.key_usage.as_ref().map(AsRef::as_ref), KeyUsage::EncryptDecrypt),
            origin: chosen(found.origin.as_ref().map(AsRef::as_ref), KeyOrigin::AwsKms),
            multi_region: found.multi_region.unwrap_or_default(),
            description: found.description.filter(|text| !text.is_empty()),
            pending_window_in_days: None,
            allow_replace: None,
            tags,
            key_id: id,
            arn,
        }))
    }
}

fn chosen<C: framework::property::Choice>(seen: Option<&str>, otherwise: C) -> C {
    seen.and_then(C::from_text).unwrap_or(otherwise)
}
