using Microsoft.Extensions.Time.Testing;
using SocialRegistry.Contracts;
using SocialRegistry.Contracts.Tests.Ports;
using SocialRegistry.Storage;
using SocialRegistry.Testing;
using Xunit;

namespace SocialRegistry.Registry.Tests;

/// <summary>The core on one database for all tests of a class.</summary>
public abstract class SharedHost(DatabaseProvider provider) : IAsyncLifetime
{
    private RegistryHost? host;

    public RegistryHost Host => host ?? throw new InvalidOperationException("The class has not begun.");

    /// <summary>The ports in process.</summary>
    public IPorts Ports => new InProcess(Host);

    public async ValueTask InitializeAsync() => host = await RegistryHost.StartAsync(provider);

    public async ValueTask DisposeAsync()
    {
        if (host is not null)
        {
            await host.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    private sealed class InProcess(RegistryHost host) : IPorts
    {
        public IRegistrants Registrants => host.Registrants;

        public IGroups Groups => host.Groups;

        public IAttestations Attestations => host.Attestations;

        public IVersions Versions => host.Versions;

        public IFieldCatalogue Fields => host.Fields;

        public FakeTimeProvider Clock => host.Clock;

        // The host belongs to the class.
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

public sealed class SqliteHost() : SharedHost(DatabaseProvider.Sqlite);

public sealed class PostgresHost() : SharedHost(DatabaseProvider.Postgres);
