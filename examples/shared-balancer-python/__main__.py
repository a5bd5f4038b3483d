import pulumi
import pulumi_tenantstack as ts

image = pulumi.Config().require("image")

vpc = ts.Vpc("net")
cluster = ts.Cluster("apps", vpc=vpc)
edge = ts.Alb("edge", vpc=vpc)

web = ts.FargateService(
    "web", cluster=cluster, load_balancer=edge, image=image, port=80, hosts=["app.example.com"]
)
# Of one host, the paths of the API. The more particular of two rules is asked first.
api = ts.FargateService(
    "api",
    cluster=cluster,
    load_balancer=edge,
    image=image,
    port=80,
    hosts=["app.example.com"],
    paths=["/api/*"],
)
# Without a port nobody reaches it.
worker = ts.FargateService("worker", cluster=cluster, image=image, command=["sleep", "infinity"])

pulumi.export("address", edge.dns_name)
pulumi.export("urls", [web.url, api.url])
pulumi.export("workerName", worker.service_name)
