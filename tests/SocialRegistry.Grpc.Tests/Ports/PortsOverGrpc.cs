using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SocialRegistry.Contracts;
using SocialRegistry.Contracts.Tests.Ports;
using SocialRegistry.Grpc.Tests.Support;
using SocialRegistry.Storage;

namespace SocialRegistry.Grpc.Tests.Ports;

/// <summary>The ports as another role reaches them; one server and database for the tests of a class.</summary>
public abstract class PortsOverGrpc(DatabaseProvider provider) : IAsyncDisposable
{
    private readonly Lazy<Task<RealRegistry>> registry = new(() => RealRegistry.StartAsync(provider));

    /// <summary>What one test gets: the suites dispose their ports, the server stays.</summary>
    public async Task<IPorts> LendAsync() => new Lent(await registry.Value);

    public async ValueTask DisposeAsync()
    {
        if (registry is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            await (await registry.Value).DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    private sealed class Lent(RealRegistry registry) : IPorts
    {
        public IRegistrants Registrants => registry.Role.GetRequiredService<IRegistrants>();

        public IGroups Groups => registry.Role.GetRequiredService<IGroups>();

        public IAttestations Attestations => registry.Role.GetRequiredService<IAttestations>();

        public IVersions Versions => registry.Role.GetRequiredService<IVersions>();

        public INamedVersions NamedVersions => registry.Role.GetRequiredService<INamedVersions>();

        public IFieldCatalogue Fields => registry.Role.GetRequiredService<IFieldCatalogue>();

        public IAreas Areas => registry.Role.GetRequiredService<IAreas>();
        public IRelationships Relationships => registry.Role.GetRequiredService<IRelationships>();

        public IRelationTypes RelationTypes => registry.Role.GetRequiredService<IRelationTypes>();
        public ICatalogueChanges CatalogueChanges => registry.Role.GetRequiredService<ICatalogueChanges>();

        public IIdentifierPool Numbers => registry.Role.GetRequiredService<IIdentifierPool>();

        public IErasures Erasures => registry.Role.GetRequiredService<IErasures>();

        public IPersonalData PersonalData => registry.Role.GetRequiredService<IPersonalData>();

        public IBreakGlass BreakGlass => registry.Role.GetRequiredService<IBreakGlass>();

        public IAlerts Alerts => registry.Role.GetRequiredService<IAlerts>();

        public IConsents Consents => registry.Role.GetRequiredService<IConsents>();
        public IChangeLog Log => registry.Role.GetRequiredService<IChangeLog>();

        public IDocuments Documents => registry.Role.GetRequiredService<IDocuments>();

        public IChangeRequests ChangeRequests => registry.Role.GetRequiredService<IChangeRequests>();

        public FakeTimeProvider Clock => registry.Server.Time;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

public sealed class SqliteOverGrpc() : PortsOverGrpc(DatabaseProvider.Sqlite);

public sealed class PostgresOverGrpc() : PortsOverGrpc(DatabaseProvider.Postgres);
