const fs = require("fs");

// The variables come with the link of the database, PGPASSWORD among them.
module.exports = ({ env }) => ({
    connection: {
        client: "postgres",
        connection: {
            host: env("PGHOST", "localhost"),
            port: env.int("PGPORT", 5432),
            database: env("PGDATABASE", "strapi"),
            user: env("PGUSER", "strapi"),
            password: env("PGPASSWORD"),
            ssl: tls(env("PGSSLMODE", "disable"), env("PGSSLROOTCERT", "/etc/rds-ca.pem")),
        },
        pool: { min: 0, max: 10 },
    },
});

// RDS takes no connection without TLS, which PGSSLMODE=require says. That alone isn't enough here: what answers has to
// prove that it is the database, by a certificate for its host that an authority of RDS has signed. Without `ca`
// Node.js would refuse it, as it doesn't know these authorities; with `rejectUnauthorized: false` it would believe
// whoever answers.
function tls(mode, authorities) {
    return mode === "disable" ? false : { ca: fs.readFileSync(authorities, "utf8"), rejectUnauthorized: true };
}
