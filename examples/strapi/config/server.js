module.exports = ({ env }) => ({
    host: "0.0.0.0",
    port: env.int("PORT", 1337),
    url: env("PUBLIC_URL"),
    // The load balancer ends TLS, and says so in X-Forwarded-Proto.
    proxy: { koa: true },
    app: { keys: env.array("APP_KEYS") },
});
