using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using SocialRegistry.Contracts;
using SocialRegistry.Protection;
using SocialRegistry.Registry;
using SocialRegistry.Storage;

namespace SocialRegistry.Testing;

/// <summary>The real core on a fresh database, with keys in a folder of its own and a clock that tests move. Nothing listens.</summary>
public sealed class RegistryHost : IAsyncDisposable
{
    private readonly TestDatabase database;
    private readonly string folder;
    private readonly ServiceProvider services;

    private RegistryHost(TestDatabase database, string folder, ServiceProvider services, FakeTimeProvider clock)
    {
        this.database = database;
        this.folder = folder;
        this.services = services;
        Clock = clock;
    }

    /// <summary>Starts at noon (UTC) of 1 June 2026.</summary>
    public FakeTimeProvider Clock { get; }

    public IServiceProvider Services => services;

    public DatabaseOptions Database => database.Options;

    /// <summary>The folder of the keys, <c>Keys:Path</c>.</summary>
    public string KeyFolder => Path.Combine(folder, "keys");

    public IRegistrants Registrants => services.GetRequiredService<IRegistrants>();

    public IGroups Groups => services.GetRequiredService<IGroups>();

    public IAttestations Attestations => services.GetRequiredService<IAttestations>();

    public IVersions Versions => services.GetRequiredService<IVersions>();

    public IFieldCatalogue Fields => services.GetRequiredService<IFieldCatalogue>();

    public IAreas Areas => services.GetRequiredService<IAreas>();
    public ICatalogueChanges CatalogueChanges => services.GetRequiredService<ICatalogueChanges>();

    /// <summary>Makes database and keys and brings the tables up.</summary>
    /// <param name="configure">More services, or others in place of the core's; runs last.</param>
    /// <param name="settings">More configuration, such as <c>Registry:CatalogueFile</c>; <c>Keys:Path</c> for keys of its own.</param>
    public static async Task<RegistryHost> StartAsync(
        DatabaseProvider provider = DatabaseProvider.Sqlite,
        Action<IServiceCollection>? configure = null,
        IReadOnlyDictionary<string, string?>? settings = null
    )
    {
        var database = await TestDatabase.CreateAsync(provider);
        var folder = Directory.CreateTempSubdirectory("registry-keys-").FullName;
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 6, 1, 12, 0, 0, TimeSpan.Zero));
        var services = Build(database.Options, folder, clock, configure, settings);
        foreach (var migrator in services.GetServices<IModuleMigrator>())
        {
            await migrator.MigrateAsync(CancellationToken.None);
        }

        return new RegistryHost(database, folder, services, clock);
    }

    /// <summary>A staff member who may do everything, for a stated purpose.</summary>
    public static Caller Staff(string id = "registrar") =>
        Caller.System(id, "api") with
        {
            Kind = CallerKind.Staff,
            Purpose = "registration",
        };

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static ServiceProvider Build(
        DatabaseOptions database,
        string folder,
        FakeTimeProvider clock,
        Action<IServiceCollection>? configure,
        IReadOnlyDictionary<string, string?>? settings
    )
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Keys:Path", DeploymentKeys.Into(Path.Combine(folder, "keys")))])
            .AddInMemoryCollection(settings ?? new Dictionary<string, string?>())
            .Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddSingleton<TimeProvider>(clock);
        services.AddSingleton(database);
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        services.AddProtection();
        services.AddRegistry();
        configure?.Invoke(services);
        return services.BuildServiceProvider(
            new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true }
        );
    }
}
