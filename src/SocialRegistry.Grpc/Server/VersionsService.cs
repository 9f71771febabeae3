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
            request.Page.ToRequest(),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return outcome.OrRefuse().ToWire();
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
