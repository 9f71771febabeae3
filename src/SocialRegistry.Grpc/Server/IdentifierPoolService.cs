using Grpc.Core;
using SocialRegistry.Contracts;
using SocialRegistry.Grpc.Calls;
using SocialRegistry.Grpc.Messages;

namespace SocialRegistry.Grpc.Server;

internal sealed class IdentifierPoolService(IIdentifierPool pool) : V1.IdentifierPool.IdentifierPoolBase
{
    public override async Task<V1.IssueIdentifierReply> Issue(
        V1.IssueIdentifierRequest request,
        ServerCallContext context
    )
    {
        var outcome = await pool.IssueAsync(
            request.RegistrantId.ToRegistrantId("registrant_id"),
            request.Type,
            request.ExpectedVersion,
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return outcome.OrRefuse().ToWire();
    }

    public override async Task<V1.ListIdentifierPoolsReply> List(
        V1.ListIdentifierPoolsRequest request,
        ServerCallContext context
    )
    {
        var outcome = await pool.ListAsync(CallerFeature.Of(context), context.CancellationToken);
        return new V1.ListIdentifierPoolsReply { Pools = { outcome.OrRefuse().Select(p => p.ToWire()) } };
    }
}
