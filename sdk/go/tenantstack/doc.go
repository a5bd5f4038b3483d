// High-level AWS components for software that many clients share: networks, services, databases, whole tenants.
package tenantstack
