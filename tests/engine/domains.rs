//! Domains: a certificate that is proved by records made from its own outputs, and zones that others write to.

use serde_json::json;

use crate::stack::Stack;

const PROVED: &str = r#"
name: domains
runtime: yaml
resources:
  zone:
    type: tenantstack:route53:HostedZone
    properties: { name: Example.com. }
  certificate:
    type: tenantstack:certificatemanager:Certificate
    properties: { domainName: example.com, subjectAlternativeNames: ["*.example.com"] }
  proof:
    type: tenantstack:route53:RecordSet
    properties:
      hostedZoneId: ${zone.hostedZoneId}
      name: ${certificate.domainValidationOptions[0].resourceRecordName}
      type: ${certificate.domainValidationOptions[0].resourceRecordType}
      ttl: 60
      resourceRecords: ["${certificate.domainValidationOptions[0].resourceRecordValue}"]
  issued:
    type: tenantstack:certificatemanager:CertificateValidation
    properties:
      certificateArn: ${certificate.certificateArn}
      validationRecordFqdns: ["${proof.name}"]
outputs:
  servers: ${zone.nameServers}
  arn: ${issued.certificateArn}
"#;

const ALONE: &str = r#"
name: domains
runtime: yaml
resources:
  certificate:
    type: tenantstack:certificatemanager:Certificate
    properties: { domainName: example.com }
  issued:
    type: tenantstack:certificatemanager:CertificateValidation
    properties: { certificateArn: "${certificate.certificateArn}" }
    options: { customTimeouts: { create: 2s, update: 2s } }
"#;

const ZONE: &str = r#"
name: domains
runtime: yaml
resources:
  zone:
    type: tenantstack:route53:HostedZone
    properties: { name: example.com }
    options: { customTimeouts: { delete: 2s } }
"#;

const RECORD: &str = r#"
name: neighbour
runtime: yaml
resources:
  www:
    type: tenantstack:route53:RecordSet
    properties: { hostedZoneName: example.com, name: www.example.com, type: A, ttl: 60, resourceRecords: [192.0.2.1] }
"#;

#[test]
fn a_certificate_is_proved_by_records_made_from_its_outputs() {
    let stack = Stack::of_yaml(PROVED);
    stack.preview().well();
    stack.up().well();
    stack.assert_settled();
    let outputs = stack.outputs();
    assert_eq!(outputs["servers"].as_array().unwrap().len(), 4);
    assert!(outputs["arn"].as_str().unwrap().starts_with("arn:aws:acm:"));
    stack.rewrite(&PROVED.replace("name: Example.com.", "name: example.com"));
    stack.assert_settled();
    stack.assert_destroys_cleanly();
}

#[test]
fn a_wait_in_vain_names_the_record_that_is_missing() {
    let stack = Stack::of_yaml(ALONE);
    stack.up().badly().saying("ACM hasn't seen _d930b28be6c5927595552b219965053e.example.com. CNAME");
    stack.assert_destroys_cleanly();
}

#[test]
fn a_certificate_that_failed_is_replaced() {
    let stack = Stack::of_yaml(ALONE.split("  issued:").next().unwrap());
    stack.account.put("failures", &json!([{ "kind": "certificate", "code": "CAA_ERROR", "message": "" }]));
    stack.up().badly().saying("FAILED (CAA_ERROR)");
    stack.up().well();
    assert_eq!(stack.account.count("certificate"), 1);
    stack.assert_settled();
    stack.assert_destroys_cleanly();
}

#[test]
fn a_zone_with_records_of_others_stays_and_names_them() {
    let stack = Stack::of_yaml(ZONE);
    stack.up().well();
    let neighbour = Stack::beside(&stack.account, RECORD);
    neighbour.up().well();
    stack.pulumi(&["destroy", "--yes"]).badly().saying("www.example.com A");
    neighbour.pulumi(&["destroy", "--yes"]).well();
    stack.assert_destroys_cleanly();
}

#[test]
fn what_is_in_the_way_of_a_record_is_named() {
    let stack = Stack::of_yaml(ZONE);
    stack.up().well();
    let neighbour = Stack::beside(&stack.account, RECORD);
    neighbour.up().well();
    let cname = RECORD.replace("type: A", "type: CNAME").replace("192.0.2.1", "example.org");
    stack.rewrite(&format!("{ZONE}{}", cname.split("resources:\n").nth(1).unwrap()));
    stack.up().badly().saying("www.example.com|A is there already");
    neighbour.pulumi(&["destroy", "--yes"]).well();
    stack.up().well();
    stack.rewrite(ZONE);
    stack.up().well();
    stack.assert_destroys_cleanly();
}
