using Grpc.Core;
using SocialRegistry.Contracts;
using SocialRegistry.Grpc.Calls;
using SocialRegistry.Grpc.Messages;

namespace SocialRegistry.Grpc.Server;

internal sealed class AreasService(IAreas areas) : V1.Areas.AreasBase
{
    public override async Task<V1.ListAreasReply> List(V1.ListAreasRequest request, ServerCallContext context) =>
        (
            await areas.ListAsync(
                request.ToRequest(),
                request.Page.ToRequest(),
                CallerFeature.Of(context),
                context.CancellationToken
            )
        )
            .OrRefuse()
            .ToWire();

    public override async Task<V1.AreaReply> Get(V1.GetAreaRequest request, ServerCallContext context) =>
        Reply(await areas.GetAsync(request.Code, CallerFeature.Of(context), context.CancellationToken));

    public override async Task<V1.AreaBoundaryReply> GetBoundary(V1.GetAreaRequest request, ServerCallContext context)
    {
        var boundary = (
            await areas.GetBoundaryAsync(request.Code, CallerFeature.Of(context), context.CancellationToken)
        ).OrRefuse();
        return new V1.AreaBoundaryReply { GeoJson = boundary.GeoJson.GetRawText(), Version = boundary.Version };
    }

    public override async Task<V1.ListAreaHistoryReply> ListHistory(
        V1.ListAreaHistoryRequest request,
        ServerCallContext context
    ) =>
        (
            await areas.ListHistoryAsync(
                request.Code,
                request.Page.ToRequest(),
                CallerFeature.Of(context),
                context.CancellationToken
            )
        )
            .OrRefuse()
            .ToWire();

    public override async Task<V1.AreaReply> Create(V1.CreateAreaRequest request, ServerCallContext context) =>
        Reply(
            await areas.CreateAsync(
                request.ToRequest(),
                request.Conditions.ToRequest(),
                CallerFeature.Of(context),
                context.CancellationToken
            )
        );

    public override async Task<V1.AreaReply> Change(V1.ChangeAreaRequest request, ServerCallContext context) =>
        Reply(
            await areas.ChangeAsync(
                request.Code,
                request.ToRequest(),
                request.Conditions.ToRequest(),
                CallerFeature.Of(context),
                context.CancellationToken
            )
        );

    public override async Task<V1.AreaReply> Close(V1.CloseAreaRequest request, ServerCallContext context) =>
        Reply(
            await areas.CloseAsync(
                request.Code,
                request.ToRequest(),
                request.Conditions.ToRequest(),
                CallerFeature.Of(context),
                context.CancellationToken
            )
        );

    public override async Task<V1.AreaReply> Move(V1.MoveAreaRequest request, ServerCallContext context) =>
        Reply(
            await areas.MoveAsync(
                request.Code,
                request.ToRequest(),
                request.Conditions.ToRequest(),
                CallerFeature.Of(context),
                context.CancellationToken
            )
        );

    public override async Task<V1.AreaReply> SetBoundary(
        V1.SetAreaBoundaryRequest request,
        ServerCallContext context
    ) =>
        Reply(
            await areas.SetBoundaryAsync(
                request.Code,
                request.ExpectedVersion,
                request.ReadBoundary(),
                request.Conditions.ToRequest(),
                CallerFeature.Of(context),
                context.CancellationToken
            )
        );

    public override async Task<V1.ListAreaLevelsReply> ListLevels(
        V1.ListAreaLevelsRequest request,
        ServerCallContext context
    )
    {
        var levels = await areas.ListLevelsAsync(CallerFeature.Of(context), context.CancellationToken);
        return new V1.ListAreaLevelsReply { Items = { levels.OrRefuse().Select(l => l.ToWire()) } };
    }

    public override async Task<V1.AreaLevel> SetLevel(V1.SetAreaLevelRequest request, ServerCallContext context) =>
        (
            await areas.SetLevelAsync(
                new AreaLevelView(request.Number, request.Names),
                request.Conditions.ToRequest(),
                CallerFeature.Of(context),
                context.CancellationToken
            )
        )
            .OrRefuse()
            .ToWire();

    public override async Task Import(
        V1.ImportAreasRequest request,
        IServerStreamWriter<V1.ImportAreasReply> responseStream,
        ServerCallContext context
    )
    {
        var outcomes = await areas.ImportAsync(
            [.. request.Rows.Select(r => r.ToRequest())],
            request.DryRun,
            CallerFeature.Of(context),
            context.CancellationToken
        );
        foreach (var outcome in outcomes.OrRefuse())
        {
            await responseStream.WriteAsync(outcome.ToWire(), context.CancellationToken);
        }
    }

    private static V1.AreaReply Reply(Outcome<AreaView> outcome) => new() { Area = outcome.OrRefuse().ToWire() };
}
