using Grpc.Core;
using SocialRegistry.Contracts;
using SocialRegistry.Grpc.Calls;
using SocialRegistry.Grpc.Messages;

namespace SocialRegistry.Grpc.Server;

internal sealed class NamedVersionsService(INamedVersions versions) : V1.NamedVersions.NamedVersionsBase
{
    public override async Task<V1.NamedVersionReply> Create(
        V1.CreateNamedVersionRequest request,
        ServerCallContext context
    ) => Reply(await versions.CreateAsync(request.ToRequest(), CallerFeature.Of(context), context.CancellationToken));

    public override async Task<V1.ListNamedVersionsReply> List(
        V1.ListNamedVersionsRequest request,
        ServerCallContext context
    )
    {
        var outcome = await versions.ListAsync(
            request.ToFilter(),
            request.Page.ToRequest(),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return outcome.OrRefuse().ToWire();
    }

    public override async Task<V1.NamedVersionReply> Get(
        V1.GetNamedVersionRequest request,
        ServerCallContext context
    ) => Reply(await versions.GetAsync(request.Name, CallerFeature.Of(context), context.CancellationToken));

    public override async Task<V1.ListNamedVersionMembersReply> Members(
        V1.ListNamedVersionMembersRequest request,
        ServerCallContext context
    )
    {
        var outcome = await versions.MembersAsync(
            request.Name,
            request.Page.ToRequest(),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return outcome.OrRefuse().ToWire();
    }

    public override async Task<V1.JoinNamedVersionReply> Join(
        V1.JoinNamedVersionRequest request,
        ServerCallContext context
    )
    {
        var outcome = await versions.JoinAsync(
            request.Name,
            request.RegistrantId.ToRegistrantId("registrant_id"),
            request.HasVersion ? request.Version : null,
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return new V1.JoinNamedVersionReply { Member = outcome.OrRefuse().ToWire() };
    }

    public override async Task<V1.NamedVersionReply> Close(
        V1.CloseNamedVersionRequest request,
        ServerCallContext context
    ) => Reply(await versions.CloseAsync(request.Name, CallerFeature.Of(context), context.CancellationToken));

    public override async Task<V1.FeedbackReply> Feedback(V1.FeedbackRequest request, ServerCallContext context)
    {
        var outcome = await versions.FeedbackAsync(
            request.ToRequest(),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return outcome.OrRefuse().ToWire();
    }

    private static V1.NamedVersionReply Reply(Outcome<NamedVersionView> outcome) =>
        new() { Version = outcome.OrRefuse().ToWire() };
}
