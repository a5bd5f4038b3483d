import pulumi
import pulumi_tenantstack as ts

config = pulumi.Config()

vpc = ts.Vpc("net")
cluster = ts.Cluster("apps", vpc=vpc)
# A port makes it public: it gets a load balancer of its own.
web = ts.FargateService(
    "web",
    cluster=cluster,
    image=config.require("image"),
    port=80,
    environment={"GREETING": "Hello"},
    scaling={"min": 1, "max": config.require_int("maxTasks"), "cpu_percent": 60, "requests_per_target": 1000},
)

pulumi.export("url", web.url)
