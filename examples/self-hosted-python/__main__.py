import pulumi
import pulumi_tenantstack as ts

domain = pulumi.Config().require("domain")
zone_id = pulumi.Config().get("zoneId")

vpc = ts.Vpc("net")
dns = ts.Dns("dns", domain=domain, zone_id=zone_id)
db = ts.Postgres("db", vpc=vpc, database_name="strapi")

# Made by AWS, known to nobody else, and the same in every deployment: a new one would end all sessions. APP_KEYS is a
# list with commas, here of one key, which therefore has none itself.
KEYS = [
    "APP_KEYS",
    "API_TOKEN_SALT",
    "ADMIN_JWT_SECRET",
    "TRANSFER_TOKEN_SALT",
    "JWT_SECRET",
    "ENCRYPTION_KEY",
]
secrets = ts.Secrets(
    "keys", generated={key: {"length": 48, "exclude_characters": ',"[]'} for key in KEYS}
)

# Strapi itself is the folder beside this one, examples/strapi: copy both.
cms = ts.FargateService(
    "cms",
    vpc=vpc,
    dns=dns,
    domain=f"cms.{domain}",
    build={"context": "../strapi"},
    port=1337,
    cpu=512,
    memory=2048,  # What Strapi asks for at least.
    # What is uploaded lies on a task's own disk, and is gone with the task at the next deployment. That is why there is
    # one task, and why you shouldn't let anybody upload yet: give Strapi a bucket before, with its provider
    # @strapi/provider-upload-aws-s3 in config/plugins.js, and `permissions` for that bucket here. The content itself is
    # in the database.
    desired_count=1,
    environment={"PUBLIC_URL": f"https://cms.{domain}"},
    links=[db.link, secrets.link],
    # Strapi answers 204 there. The first start makes the tables, which takes a while.
    health_check={"path": "/_health", "matcher": "204", "grace_period_seconds": 180},
)

pulumi.export("admin", pulumi.Output.concat(cms.url, "/admin"))
pulumi.export("nameServers", dns.name_servers)
