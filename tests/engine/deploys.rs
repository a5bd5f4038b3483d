//! Deployments that fail: the error says why, with what AWS and the container said, and the next run tries again.

use serde_json::{Value, json};

use crate::stack::Stack;

/// A service with logs, whose deployments the circuit breaker ends, or nobody.
fn program(breaker: bool) -> String {
    format!(
        r#"
name: deploys
runtime: yaml
resources:
  log:
    type: tenantstack:logs:LogGroup
  role:
    type: tenantstack:iam:Role
    properties:
      assumeRolePolicyDocument:
        fn::toJSON:
          Version: "2012-10-17"
          Statement: [{{ Effect: Allow, Action: "sts:AssumeRole", Principal: {{ Service: ecs-tasks.amazonaws.com }} }}]
  net:
    type: tenantstack:ec2:Vpc
    properties: {{ cidrBlock: 10.0.0.0/16 }}
  subnet:
    type: tenantstack:ec2:Subnet
    properties: {{ vpcId: "${{net.vpcId}}", cidrBlock: 10.0.0.0/24 }}
  cluster:
    type: tenantstack:ecs:Cluster
  task:
    type: tenantstack:ecs:TaskDefinition
    properties:
      requiresCompatibilities: [FARGATE]
      networkMode: awsvpc
      cpu: "256"
      memory: "512"
      executionRoleArn: "${{role.arn}}"
      containerDefinitions:
        - name: web
          image: registry.example.com/web:1.9
          portMappings: [{{ containerPort: 3000 }}]
          environment: [{{ name: GREETING, value: never-told }}]
          logConfiguration:
            logDriver: awslogs
            options:
              awslogs-group: "${{log.logGroupName}}"
              awslogs-region: "${{log.region}}"
              awslogs-stream-prefix: web
  web:
    type: tenantstack:ecs:Service
    properties:
      cluster: "${{cluster.arn}}"
      taskDefinition: "${{task.taskDefinitionArn}}"
      launchType: FARGATE
      networkConfiguration: {{ awsvpcConfiguration: {{ subnets: ["${{subnet.subnetId}}"] }} }}
      desiredCount: 3
      deploymentConfiguration: {{ deploymentCircuitBreaker: {{ enable: {breaker}, rollback: false }} }}
"#
    )
}

/// What an `up` says of a deployment that fails so; the next one goes well.
fn failing(breaker: bool, failure: &Value) -> String {
    let stack = Stack::of_yaml(&program(breaker));
    let mut ordered = json!({ "kind": "ecs_service" });
    ordered.as_object_mut().unwrap().extend(failure.as_object().unwrap().clone());
    stack.account.put("failures", &json!([ordered]));
    let said = stack.up().badly();
    assert!(!said.text.contains("never-told"), "{}", said.text);
    assert_eq!(stack.account.count("ecs_service"), 1);
    stack.up().well();
    stack.assert_settled();
    stack.assert_destroys_cleanly();
    said.text
}

#[track_caller]
fn says(text: &str, all: &[&str]) {
    for words in all {
        assert!(text.contains(words), "{words:?} is not in:\n{text}");
    }
}

#[test]
fn an_image_that_isnt_there_is_named() {
    let reason = "CannotPullContainerError: failed to resolve ref registry.example.com/web:1.9: not found";
    let text = failing(true, &json!({ "code": "TaskFailedToStart", "message": reason }));
    says(&text, &["an image can't be found", reason, "circuit breaker", "Check the image's name and tag"]);
}

#[test]
fn a_container_that_ends_shows_its_last_lines() {
    let failure = json!({
        "code": "EssentialContainerExited",
        "message": "Essential container in task exited",
        "exitCode": 1,
        "log": ["starting", "DATABASE_URL is missing"],
    });
    says(&failing(true, &failure), &["Container web exited with code 1", "DATABASE_URL is missing"]);
}

#[test]
fn a_health_check_that_fails_ends_a_deployment_without_a_circuit_breaker_too() {
    let failure = json!({
        "code": "ServiceSchedulerInitiated",
        "message": "Task failed ELB health checks in (target-group arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/web/1)",
    });
    says(&failing(false, &failure), &["the load balancer's health check fails", "3 of its tasks have failed"]);
}
