using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Protection;
using SocialRegistry.Registry;
using SocialRegistry.Storage;
using SocialRegistry.Testing;

namespace SocialRegistry.Grpc.Tests.Support;

/// <summary>The registry itself, with its own database and keys, behind a real server.</summary>
internal sealed class RealRegistry : IAsyncDisposable
{
    private readonly TestDatabase database;
    private readonly string folder;

    private RealRegistry(GrpcServer server, TestDatabase database, string folder)
    {
        Server = server;
        this.database = database;
        this.folder = folder;
        Role = server.Role();
    }

    public GrpcServer Server { get; }

    public ServiceProvider Role { get; }

    public static async Task<RealRegistry> StartAsync(
        DatabaseProvider provider = DatabaseProvider.Sqlite,
        Action<IServiceCollection>? more = null
    )
    {
        var database = await TestDatabase.CreateAsync(provider);
        var folder = Directory.CreateTempSubdirectory("registry-grpc-").FullName;
        var server = await GrpcServer.StartAsync(
            services =>
            {
                services.AddSingleton(database.Options);
                services.AddProtection(options => options.RequirePassphrase = false);
                services.AddRegistry();
                more?.Invoke(services);
            },
            settings: new()
            {
                ["Keys:Path"] = DeploymentKeys.Into(Path.Combine(folder, "keys")),
                ["Registry:Erasures:Allowed"] = "true",
            }
        );
        foreach (var migrator in server.Services.GetServices<IModuleMigrator>())
        {
            await migrator.MigrateAsync(TestContext.Current.CancellationToken);
        }

        return new RealRegistry(server, database, folder);
    }

    public async ValueTask DisposeAsync()
    {
        await Role.DisposeAsync();
        await Server.DisposeAsync();
        await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
