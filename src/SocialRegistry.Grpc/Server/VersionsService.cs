using Grpc.Core;
using SocialRegistry.Contracts;
using SocialRegistry.Grpc.Calls;
using SocialRegistry.Grpc.Messages;

namespace SocialRegistry.Grpc.Server;

internal sealed class VersionsService(IVersions versions) : V1.Versions.VersionsBase
{
    public override async Task<V1.ListVersionsReply> List(V1.ListVersionsRequest request, ServerCallContext context)
    {
        var outcome = await versions.ListAsync(
            request.RegistrantId.ToRegistrantId("registrant_id"),
            request.Filter.ToRequest(),
            request.Page.ToRequest(),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return outcome.OrRefuse().ToWire();
    }

    public override async Task<V1.ListChangesReply> Changes(V1.ListChangesRequest request, ServerCallContext context)
    {
        var outcome = await versions.ChangesAsync(
            request.RegistrantId.ToRegistrantId("registrant_id"),
            request.Filter.ToRequest(),
            request.Page.ToRequest(),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return outcome.OrRefuse().ToWire();
    }

    public override async Task<V1.CompareVersionsReply> Compare(
        V1.CompareVersionsRequest request,
        ServerCallContext context
    )
    {
        var outcome = await versions.CompareAsync(
            request.RegistrantId.ToRegistrantId("registrant_id"),
            request.From.ToRequest(),
            request.To.ToRequest(),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return outcome.OrRefuse().ToWire();
    }

    public override async Task<V1.ListMembersThenReply> Members(
        V1.ListMembersThenRequest request,
        ServerCallContext context
    )
    {
        var outcome = await versions.MembersAsync(
            request.GroupId.ToRegistrantId("group_id"),
            request.Options.ToRequest(),
            request.Page.ToRequest(),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        var page = outcome.OrRefuse();
        var reply = new V1.ListMembersThenReply { Items = { page.Items.Select(i => i.ToWire()) } };
        page.Next.IfThere(next => reply.Next = next);
        return reply;
    }

    public override async Task<V1.ListDisclosuresReply> Disclosures(
        V1.ListDisclosuresRequest request,
        ServerCallContext context
    )
    {
        var outcome = await versions.DisclosuresAsync(
            request.RegistrantId.ToRegistrantId("registrant_id"),
            request.Page.ToRequest(),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return outcome.OrRefuse().ToWire();
    }
}
