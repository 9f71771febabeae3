using Grpc.Core;
using SocialRegistry.Contracts;
using SocialRegistry.Grpc.Calls;
using SocialRegistry.Grpc.Messages;

namespace SocialRegistry.Grpc.Server;

internal sealed class RegistrantsService(IRegistrants registrants) : V1.Registrants.RegistrantsBase
{
    public override async Task<V1.RegistrantReply> Create(
        V1.CreateRegistrantRequest request,
        ServerCallContext context
    ) =>
        Reply(await registrants.CreateAsync(request.ToRequest(), CallerFeature.Of(context), context.CancellationToken));

    public override async Task<V1.RegistrantReply> Get(V1.GetRegistrantRequest request, ServerCallContext context) =>
        Reply(
            await registrants.GetAsync(
                request.Id.ToRegistrantId("id"),
                request.Options.ToRequest(),
                CallerFeature.Of(context),
                context.CancellationToken
            )
        );

    public override async Task<V1.RegistrantReply> Update(
        V1.UpdateRegistrantRequest request,
        ServerCallContext context
    ) =>
        Reply(
            await registrants.UpdateAsync(
                request.Id.ToRegistrantId("id"),
                request.ToRequest(),
                CallerFeature.Of(context),
                context.CancellationToken
            )
        );

    public override async Task<V1.RegistrantReply> ChangeStatus(
        V1.ChangeStatusRequest request,
        ServerCallContext context
    ) =>
        Reply(
            await registrants.ChangeStatusAsync(
                request.Id.ToRegistrantId("id"),
                request.ToRequest(),
                CallerFeature.Of(context),
                context.CancellationToken
            )
        );

    public override async Task<V1.ArchiveRegistrantReply> Archive(
        V1.ArchiveRegistrantRequest request,
        ServerCallContext context
    )
    {
        var outcome = await registrants.ArchiveAsync(
            request.Id.ToRegistrantId("id"),
            request.ExpectedVersion,
            request.Reason,
            CallerFeature.Of(context),
            context.CancellationToken
        );
        outcome.OrRefuse();
        return new V1.ArchiveRegistrantReply();
    }

    public override async Task Find(
        V1.FindRegistrantsRequest request,
        IServerStreamWriter<V1.FindRegistrantsReply> responseStream,
        ServerCallContext context
    )
    {
        var found = await registrants.FindAsync(
            [.. request.Identifiers.Select(i => i.ToView())],
            request.Options.ToRequest(),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        foreach (var view in found.OrRefuse())
        {
            await responseStream.WriteAsync(
                new V1.FindRegistrantsReply { Registrant = view?.ToWire() },
                context.CancellationToken
            );
        }
    }

    public override async Task GetMany(
        V1.GetRegistrantsRequest request,
        IServerStreamWriter<V1.GetRegistrantsReply> responseStream,
        ServerCallContext context
    )
    {
        var found = await registrants.GetManyAsync(
            [.. request.Ids.Select(id => id.ToRegistrantId("ids"))],
            request.Options.ToRequest(),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        foreach (var view in found.OrRefuse())
        {
            await responseStream.WriteAsync(
                new V1.GetRegistrantsReply { Registrant = view?.ToWire() },
                context.CancellationToken
            );
        }
    }

    public override async Task Search(
        V1.SearchRegistrantsRequest request,
        IServerStreamWriter<V1.SearchRegistrantsReply> responseStream,
        ServerCallContext context
    )
    {
        var page = (
            await registrants.SearchAsync(request.ToRequest(), CallerFeature.Of(context), context.CancellationToken)
        ).OrRefuse();
        foreach (var reply in page.ToWire())
        {
            await responseStream.WriteAsync(reply, context.CancellationToken);
        }
    }

    public override async Task Import(
        V1.ImportRegistrantsRequest request,
        IServerStreamWriter<V1.ImportRegistrantsReply> responseStream,
        ServerCallContext context
    )
    {
        var outcomes = await registrants.ImportAsync(
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

    private static V1.RegistrantReply Reply(Outcome<RegistrantView> outcome) =>
        new() { Registrant = outcome.OrRefuse().ToWire() };
}
