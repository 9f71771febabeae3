using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using SocialRegistry.Contracts;

namespace SocialRegistry.Grpc.Tests.Support;

/// <summary>All ports, recorded, behind a real server.</summary>
internal sealed class RecordedRegistry : IAsyncDisposable
{
    /// <summary>The ports that travel.</summary>
    public static readonly IReadOnlyList<Type> Ports =
    [
        typeof(IRegistrants),
        typeof(IGroups),
        typeof(IAttestations),
        typeof(IVersions),
        typeof(INamedVersions),
        typeof(IFieldCatalogue),
        typeof(IAreas),
        typeof(ICatalogueChanges),
        typeof(IPartners),
        typeof(IRelationships),
        typeof(IRelationTypes),
        typeof(IIdentifierPool),
        typeof(IDocuments),
        typeof(IConsents),
        typeof(IErasures),
        typeof(IPersonalData),
        typeof(IBreakGlass),
        typeof(IAlerts),
        typeof(IChangeLog),
        typeof(IChangeRequests),
    ];

    private RecordedRegistry(GrpcServer server, IReadOnlyList<RecordingPort> records)
    {
        Server = server;
        Records = records;
        Role = server.Role();
    }

    public GrpcServer Server { get; }

    public ServiceProvider Role { get; }

    private IReadOnlyList<RecordingPort> Records { get; }

    public static IEnumerable<MethodInfo> Methods => Ports.SelectMany(p => p.GetMethods());

    /// <summary>What every port answers with.</summary>
    public Func<MethodInfo, object?[], Task<object?>> Answer
    {
        set
        {
            foreach (var record in Records)
            {
                record.Answer = value;
            }
        }
    }

    public static async Task<RecordedRegistry> StartAsync(Dictionary<string, string?>? settings = null)
    {
        var records = new List<RecordingPort>();
        var server = await GrpcServer.StartAsync(
            services =>
            {
                Record<IRegistrants>(services, records);
                Record<IGroups>(services, records);
                Record<IAttestations>(services, records);
                Record<IVersions>(services, records);
                Record<INamedVersions>(services, records);
                Record<IFieldCatalogue>(services, records);
                Record<IAreas>(services, records);
                Record<ICatalogueChanges>(services, records);
                Record<IPartners>(services, records);
                Record<IRelationships>(services, records);
                Record<IRelationTypes>(services, records);
                Record<IIdentifierPool>(services, records);
                Record<IDocuments>(services, records);
                Record<IConsents>(services, records);
                Record<IErasures>(services, records);
                Record<IPersonalData>(services, records);
                Record<IBreakGlass>(services, records);
                Record<IAlerts>(services, records);
                Record<IChangeLog>(services, records);
                Record<IChangeRequests>(services, records);
            },
            settings: settings
        );
        return new RecordedRegistry(server, records);
    }

    /// <summary>Calls a port's method from the other role.</summary>
    public async Task<object?> CallAsync(MethodInfo method, object?[] arguments)
    {
        var port = Role.GetRequiredService(method.DeclaringType!);
        var task = (Task)method.Invoke(port, arguments)!;
        await task;
        return task.GetType().GetProperty("Result")!.GetValue(task);
    }

    public async ValueTask DisposeAsync()
    {
        await Role.DisposeAsync();
        await Server.DisposeAsync();
    }

    private static void Record<T>(IServiceCollection services, List<RecordingPort> records)
        where T : class
    {
        var (port, record) = RecordingPort.Create<T>();
        records.Add(record);
        services.AddSingleton(port);
    }
}
