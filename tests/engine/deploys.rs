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

/// A public service whose versions fail.
const SERVICE: &str = r#"
name: deploys
runtime: yaml
config: { "tenantstack:mode": development }
resources:
  net:
    type: tenantstack:Vpc
    properties: { nat: none }
  apps:
    type: tenantstack:Cluster
    properties: { vpc: "${net}" }
  web:
    type: tenantstack:FargateService
    properties: { cluster: "${apps}", image: "registry.example.com/web:1", port: 3000 }
"#;

/// How a new version of that service fails, and what has to be said of that.
fn failures(target_group: &str) -> [(Value, &'static [&'static str]); 6] {
    const WRONG_CODES: &str = "Health checks failed with these codes: [404]";
    let ended = |reason: &str| json!({ "code": "TaskFailedToStart", "message": reason });
    let ends = "Essential container in task exited";
    let exited = |code: i32| json!({ "code": "EssentialContainerExited", "message": ends, "exitCode": code });
    let ill = json!({
        "code": "ServiceSchedulerInitiated",
        "message": format!("Task failed ELB health checks in (target-group {target_group})"),
    });
    let with = |failure: &Value, name: &str, value: Value| {
        let mut failure = failure.clone();
        failure[name] = value;
        failure
    };
    let remembered = format!("(service web) (port 3000) is unhealthy in (target-group {target_group}) due to");
    let role = "ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secret from \
                asm: AccessDeniedException: not authorized to perform: secretsmanager:GetSecretValue";
    let memory = "OutOfMemoryError: Container killed due to memory usage";
    [
        (
            ended("CannotPullContainerError: failed to resolve ref registry.example.com/web:2: not found"),
            &["an image can't be found", "registry.example.com/web:2"],
        ),
        (ended(role), &["a secret can't be read by the execution role", "secretsmanager:GetSecretValue"]),
        (
            with(&ill, "targets", json!({ "code": "Target.ResponseCodeMismatch", "description": WRONG_CODES })),
            &["the load balancer's health check fails", "health check on / on port 3000 says", WRONG_CODES],
        ),
        (
            with(&ill, "events", json!([format!("{remembered} (reason {WRONG_CODES}).")])),
            &["the load balancer's health check fails", "health check on / the service says", WRONG_CODES],
        ),
        (
            with(&exited(137), "reason", json!(memory)),
            &["a container used more memory than it has", "Container app exited with code 137", "more memory"],
        ),
        (
            with(&exited(1), "log", json!(["exec /app: exec format error"])),
            &["the image is for another processor", "exec format error", "architecture"],
        ),
    ]
}

#[test]
fn each_version_that_fails_says_why_while_the_last_good_one_runs_on() {
    let stack = Stack::of_yaml(SERVICE);
    stack.up().well();
    let group = stack.outputs_of("web-target-group")["targetGroupArn"].as_str().unwrap().to_owned();
    let mut version = 1;
    for (mut failure, words) in failures(&group) {
        failure["kind"] = json!("ecs_service");
        stack.account.put("failures", &json!([failure]));
        version += 1;
        stack.rewrite(&SERVICE.replace("web:1", &format!("web:{version}")));
        let said = stack.up().badly();
        says(
            &said.text,
            &["deployment of the service web", "failed", "circuit breaker", "-task-definition-", ":1 runs on"],
        );
        says(&said.text, words);
    }
    // Nothing of the program has changed since the last one failed, and it is tried again.
    stack.up().well();
    let runs = stack.outputs_of("web-service")["taskDefinition"].clone();
    assert_eq!(runs, stack.outputs_of("web-task-definition")["taskDefinitionArn"]);
    stack.assert_settled();
    stack.assert_destroys_cleanly();
}
