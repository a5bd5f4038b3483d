import pulumi
import pulumi_tenantstack as ts

config = pulumi.Config()
domain = config.require("domain")
image = config.require("image")

# The clients. The next one is one more word, and the secret that it brings along:
#     pulumi config set --secret --path stripeKeys.initech …
clients = ["acme", "globex", *(config.get_object("more") or [])]
stripe_keys = config.require_secret_object("stripeKeys")

# What they share. With a zone_id the zone that is there is used; without one it is made.
vpc = ts.Vpc("shared")
cluster = ts.Cluster("apps", vpc=vpc)
dns = ts.Dns("dns", domain=domain, zone_id=config.get("zoneId"))
edge = ts.Alb("edge", vpc=vpc, dns=dns, domain=f"*.{domain}")

# What each has to itself: services, database, cache, secrets, and its name, <client>.<domain>.
stacks = [
    ts.TenantStack(
        tenant,
        tenant=tenant,
        cluster=cluster,
        load_balancer=edge,
        dns=dns,
        domain=domain,
        services=[{"name": "web", "image": image, "port": 80}],
        database={"engine": "postgres"},
        cache={"engine": "valkey"},
        secrets={
            "values": {"STRIPE_KEY": stripe_keys.apply(lambda keys, tenant=tenant: keys[tenant])},
            # AWS makes this one. It is in no program, no state and no log.
            "generated": {"SESSION_KEY": {"length": 64}},
        },
    )
    for tenant in clients
]

pulumi.export("urls", [stack.url for stack in stacks])
