namespace SocialRegistry.Host.Server;

/// <summary>The registry opened by a command on the server itself: same database, same keys, nothing listens.</summary>
internal static class LocalRegistry
{
    /// <summary>Opens keys and database as <c>serve</c> would, with the same settings.</summary>
    public static async Task<WebApplication> OpenAsync(ServerSettings settings, CancellationToken cancellationToken)
    {
        var app = RegistryServer.Build(settings with { RoutesOnly = true });
        await RegistryServer.PrepareAsync(app, settings with { Bootstrap = null }, cancellationToken);
        return app;
    }
}
