import pulumi
import pulumi_tenantstack as ts

config = pulumi.Config()
domain = config.require("domain")

vpc = ts.Vpc("net")
# With a zone_id the zone that is there is used; without one it is made.
dns = ts.Dns("dns", domain=domain, zone_id=config.get("zoneId"))
# HTTPS on 443, and a redirect from 80. It runs in a cluster of its own.
web = ts.FargateService(
    "web",
    vpc=vpc,
    dns=dns,
    domain=f"app.{domain}",
    image=config.require("image"),
    port=80,
)

pulumi.export("url", web.url)
pulumi.export("nameServers", dns.name_servers)
