import pulumi
import pulumi_tenantstack as ts

config = pulumi.Config()
domain = config.require("domain")
image = config.require("image")

# The one thing that isn't the client's own: the domain, in which it has its name.
dns = ts.Dns("dns", domain=domain, zone_id=config.get("zoneId"))

# A network, a cluster and a load balancer of its own, beside all that a client has in any case.
acme = ts.TenantStack(
    "acme",
    tenant="acme",
    tier="silo",
    cidr_block="10.20.0.0/16",
    dns=dns,
    domain=domain,
    services=[
        {"name": "web", "image": image, "port": 80},
        # Of the same host, the paths of the API.
        {"name": "api", "image": image, "port": 80, "paths": ["/api/*"]},
        # Without a port nobody reaches it.
        {"name": "worker", "image": image, "command": ["sleep", "infinity"]},
    ],
    cache={"engine": "valkey"},
)

pulumi.export("url", acme.url)
pulumi.export("databaseHost", acme.database_host)
pulumi.export("network", acme.network)
