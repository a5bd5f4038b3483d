//! What must hold between the properties of a key.

use framework::{
    problem::Problems,
    property::{Choice as _, Properties},
};

use super::{Key, KeyOrigin, KeySpec, KeyUsage, fields};

pub(super) fn check(want: &Properties<'_, Key>, problems: &mut Problems) {
    if let Some(tags) = want.get(fields::tags) {
        tags.plain_only(&want.path(fields::tags), problems);
    }
    let (spec, usage) = (want.get(fields::key_spec), want.get(fields::key_usage));
    if let (Some(spec), Some(usage)) = (spec, usage)
        && !uses(spec).contains(&usage)
    {
        let uses: Vec<_> = uses(spec).iter().map(|usage| usage.text()).collect();
        let told = format!("must be {} when keySpec is {}", uses.join(" or "), spec.text());
        problems.add(want.path(fields::key_usage), told);
    }
    let rotates = want.get(fields::enable_key_rotation) == Some(true);
    let is_fixed = spec.is_some_and(|spec| spec != KeySpec::SymmetricDefault)
        || want.get(fields::origin) == Some(KeyOrigin::External);
    if rotates && is_fixed {
        let told = "can't be true unless keySpec is SYMMETRIC_DEFAULT and origin is AWS_KMS: KMS rotates no other keys";
        problems.add(want.path(fields::enable_key_rotation), told);
    }
}

/// What keys of a kind can be used for.
///
/// Source: `KeyUsage` of `CreateKey`, AWS KMS API Reference.
fn uses(spec: KeySpec) -> &'static [KeyUsage] {
    use KeySpec::{
        EccNistEdwards25519, EccNistP256, EccNistP384, EccNistP521, EccSecgP256k1, Hmac224, Hmac256, Hmac384, Hmac512,
        MlDsa44, MlDsa65, MlDsa87, Rsa2048, Rsa3072, Rsa4096, Sm2, SymmetricDefault,
    };
    use KeyUsage::{EncryptDecrypt, GenerateVerifyMac, KeyAgreement, SignVerify};
    match spec {
        SymmetricDefault => &[EncryptDecrypt],
        Hmac224 | Hmac256 | Hmac384 | Hmac512 => &[GenerateVerifyMac],
        Rsa2048 | Rsa3072 | Rsa4096 => &[EncryptDecrypt, SignVerify],
        EccNistP256 | EccNistP384 | EccNistP521 => &[SignVerify, KeyAgreement],
        EccSecgP256k1 | EccNistEdwards25519 | MlDsa44 | MlDsa65 | MlDsa87 => &[SignVerify],
        Sm2 => &[EncryptDecrypt, SignVerify, KeyAgreement],
    }
}

#[cfg(test)]
mod tests {
    use framework::value::{Map, Value};

    use super::*;

    fn told(of: &[(&str, Value)]) -> Vec<String> {
        let map: Map = of.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        let mut problems = Problems::default();
        check(&Properties::new(&map), &mut problems);
        problems.iter().map(|problem| format!("{} {}", problem.path, problem.reason)).collect()
    }

    #[test]
    fn a_key_is_for_what_its_kind_can_do() {
        let of = |spec: &str, usage: &str| told(&[("keySpec", spec.into()), ("keyUsage", usage.into())]);
        assert!(of("SYMMETRIC_DEFAULT", "ENCRYPT_DECRYPT").is_empty());
        assert!(of("ECC_NIST_P256", "KEY_AGREEMENT").is_empty());
        assert_eq!(
            of("RSA_2048", "GENERATE_VERIFY_MAC"),
            ["keyUsage must be ENCRYPT_DECRYPT or SIGN_VERIFY when keySpec is RSA_2048"]
        );
        assert_eq!(
            of("HMAC_256", "ENCRYPT_DECRYPT"),
            ["keyUsage must be GENERATE_VERIFY_MAC when keySpec is HMAC_256"]
        );
    }

    #[test]
    fn only_keys_that_kms_makes_are_rotated() {
        let rotated = ("enableKeyRotation", Value::Bool(true));
        let usual = told(&[rotated.clone(), ("keySpec", "SYMMETRIC_DEFAULT".into()), ("origin", "AWS_KMS".into())]);
        assert!(usual.is_empty(), "{usual:?}");
        assert_eq!(told(&[rotated.clone(), ("origin", "EXTERNAL".into())]).len(), 1);
        assert_eq!(told(&[rotated, ("keySpec", "RSA_2048".into())]).len(), 1);
    }
}
