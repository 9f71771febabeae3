using System.Text.Json;
using SocialRegistry.Contracts;
using SocialRegistry.Grpc.Messages;

namespace SocialRegistry.Grpc.Client;

internal sealed class RemoteAreas(RemoteCalls calls) : IAreas
{
    private readonly V1.Areas.AreasClient client = calls.Channel.Areas;

    public Task<Outcome<Page<AreaView>>> ListAsync(
        AreaSelection query,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = query.ToWire(page);
        return calls.AskAsync(o => client.ListAsync(request, o), reply => reply.ToView(), caller, cancellationToken);
    }

    public Task<Outcome<AreaView>> GetAsync(string code, Caller caller, CancellationToken cancellationToken)
    {
        var request = new V1.GetAreaRequest { Code = code };
        return calls.AskAsync(o => client.GetAsync(request, o), Read, caller, cancellationToken);
    }

    public Task<Outcome<AreaBoundary>> GetBoundaryAsync(string code, Caller caller, CancellationToken cancellationToken)
    {
        var request = new V1.GetAreaRequest { Code = code };
        return calls.AskAsync(
            o => client.GetBoundaryAsync(request, o),
            reply => new AreaBoundary(reply.GeoJson.ToJson("geo_json"), reply.Version),
            caller,
            cancellationToken
        );
    }

    public Task<Outcome<Page<AreaHistoryView>>> ListHistoryAsync(
        string code,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.ListAreaHistoryRequest { Code = code, Page = page.ToWire() };
        return calls.AskAsync(
            o => client.ListHistoryAsync(request, o),
            reply => reply.ToView(),
            caller,
            cancellationToken
        );
    }

    public Task<Outcome<AreaView>> CreateAsync(
        NewArea area,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = area.ToWire();
        request.Conditions = conditions.ToWire();
        return calls.AskAsync(o => client.CreateAsync(request, o), Read, caller, cancellationToken);
    }

    public Task<Outcome<AreaView>> ChangeAsync(
        string code,
        AreaChange change,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = change.ToWire(code);
        request.Conditions = conditions.ToWire();
        return calls.AskAsync(o => client.ChangeAsync(request, o), Read, caller, cancellationToken);
    }

    public Task<Outcome<AreaView>> CloseAsync(
        string code,
        AreaClosing closing,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = closing.ToWire(code);
        request.Conditions = conditions.ToWire();
        return calls.AskAsync(o => client.CloseAsync(request, o), Read, caller, cancellationToken);
    }

    public Task<Outcome<AreaView>> MoveAsync(
        string code,
        AreaMove move,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = move.ToWire(code);
        request.Conditions = conditions.ToWire();
        return calls.AskAsync(o => client.MoveAsync(request, o), Read, caller, cancellationToken);
    }

    public Task<Outcome<AreaView>> SetBoundaryAsync(
        string code,
        long expectedVersion,
        JsonElement? boundary,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.SetAreaBoundaryRequest
        {
            Code = code,
            ExpectedVersion = expectedVersion,
            Conditions = conditions.ToWire(),
        };
        if (boundary is { } shape)
        {
            request.Boundary = shape.GetRawText();
        }

        return calls.AskAsync(o => client.SetBoundaryAsync(request, o), Read, caller, cancellationToken);
    }

    public Task<Outcome<IReadOnlyList<AreaLevelView>>> ListLevelsAsync(
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        calls.AskAsync<V1.ListAreaLevelsReply, IReadOnlyList<AreaLevelView>>(
            o => client.ListLevelsAsync(new V1.ListAreaLevelsRequest(), o),
            reply => [.. reply.Items.Select(l => l.ToView())],
            caller,
            cancellationToken
        );

    public Task<Outcome<AreaLevelView>> SetLevelAsync(
        AreaLevelView level,
        WriteConditions conditions,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.SetAreaLevelRequest { Number = level.Number, Conditions = conditions.ToWire() };
        request.Names.Add(level.Names.ToDictionary());
        return calls.AskAsync(
            o => client.SetLevelAsync(request, o),
            reply => reply.ToView(),
            caller,
            cancellationToken
        );
    }

    /// <summary>Rows stay together, since those above may stand behind those below: all of them fit one message, or are refused.</summary>
    public Task<Outcome<IReadOnlyList<Outcome<ImportedArea>>>> ImportAsync(
        IReadOnlyList<AreaRow> rows,
        bool dryRun,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.ImportAreasRequest { Rows = { rows.Select(r => r.ToWire()) }, DryRun = dryRun };
        return calls.CollectAsync(
            o => client.Import(request, o),
            reply => reply.ToView(),
            rows.Count,
            GrpcLimits.ImportDeadline,
            caller,
            cancellationToken
        );
    }

    private static AreaView Read(V1.AreaReply reply) => reply.Area.ToView();
}
