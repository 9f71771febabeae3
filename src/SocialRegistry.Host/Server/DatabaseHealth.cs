using Microsoft.Extensions.Diagnostics.HealthChecks;
using SocialRegistry.Storage;

namespace SocialRegistry.Host.Server;

/// <summary>Ready means that the database answers.</summary>
internal sealed class DatabaseHealth(IEnumerable<IModuleMigrator> modules) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken
    ) =>
        await modules.First().CanConnectAsync(cancellationToken)
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy("The database does not answer.");
}
