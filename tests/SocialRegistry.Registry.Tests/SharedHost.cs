using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using SocialRegistry.Contracts;
using SocialRegistry.Contracts.Tests.Ports;
using SocialRegistry.Registry.Sealing;
using SocialRegistry.Storage;
using SocialRegistry.Testing;

namespace SocialRegistry.Registry.Tests;

/// <summary>The core on one database for all tests of a class. Begins with the first test, so that a test without PostgreSQL is skipped and not failed.</summary>
public abstract class SharedHost(DatabaseProvider provider) : IAsyncDisposable
{
    private readonly SemaphoreSlim beginning = new(1);
    private RegistryHost? host;
    private bool isSealing;

    public async Task<RegistryHost> StartAsync()
    {
        await beginning.WaitAsync();
        try
        {
            return host ??= await RegistryHost.StartAsync(
                provider,
                settings: new Dictionary<string, string?> { ["Registry:Erasures:Allowed"] = "true" }
            );
        }
        finally
        {
            beginning.Release();
        }
    }

    /// <summary>The ports in process.</summary>
    public async Task<IPorts> PortsAsync() => new InProcess(await StartAsync());

    /// <summary>The ports in process, with the worker that seals.</summary>
    public async Task<IPorts> SealedPortsAsync()
    {
        var ports = await PortsAsync();
        if (!isSealing)
        {
            isSealing = true;
            var worker = host!.Services.GetServices<IHostedService>().OfType<SealWorker>().Single();
            await worker.StartAsync(CancellationToken.None);
        }

        return ports;
    }

    public async ValueTask DisposeAsync()
    {
        if (host is not null)
        {
            await host.DisposeAsync();
        }

        beginning.Dispose();
        GC.SuppressFinalize(this);
    }

    private sealed class InProcess(RegistryHost host) : IPorts
    {
        public IRegistrants Registrants => host.Registrants;

        public IGroups Groups => host.Groups;

        public IAttestations Attestations => host.Attestations;

        public IVersions Versions => host.Versions;

        public INamedVersions NamedVersions => host.Services.GetRequiredService<INamedVersions>();

        public IFieldCatalogue Fields => host.Fields;

        public IAreas Areas => host.Areas;
        public IRelationships Relationships => host.Services.GetRequiredService<IRelationships>();

        public IRelationTypes RelationTypes => host.Services.GetRequiredService<IRelationTypes>();
        public ICatalogueChanges CatalogueChanges => host.CatalogueChanges;

        public IIdentifierPool Numbers => host.Services.GetRequiredService<IIdentifierPool>();

        public IErasures Erasures => host.Services.GetRequiredService<IErasures>();

        public IPersonalData PersonalData => host.Services.GetRequiredService<IPersonalData>();

        public IBreakGlass BreakGlass => host.Services.GetRequiredService<IBreakGlass>();

        public IAlerts Alerts => host.Services.GetRequiredService<IAlerts>();

        public IConsents Consents => host.Services.GetRequiredService<IConsents>();

        public IChangeLog Log => host.Services.GetRequiredService<IChangeLog>();

        public IDocuments Documents => host.Services.GetRequiredService<IDocuments>();

        public IChangeRequests ChangeRequests => host.Services.GetRequiredService<IChangeRequests>();

        public FakeTimeProvider Clock => host.Clock;

        // The host belongs to the class.
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

public sealed class SqliteHost() : SharedHost(DatabaseProvider.Sqlite);

public sealed class PostgresHost() : SharedHost(DatabaseProvider.Postgres);
