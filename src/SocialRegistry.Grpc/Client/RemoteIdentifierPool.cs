using SocialRegistry.Contracts;
using SocialRegistry.Grpc.Messages;

namespace SocialRegistry.Grpc.Client;

internal sealed class RemoteIdentifierPool(RemoteCalls calls) : IIdentifierPool
{
    private readonly V1.IdentifierPool.IdentifierPoolClient client = calls.Channel.IdentifierPool;

    public Task<Outcome<IssuedIdentifier>> IssueAsync(
        RegistrantId id,
        string type,
        long expectedVersion,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.IssueIdentifierRequest
        {
            RegistrantId = id.ToString(),
            Type = type,
            ExpectedVersion = expectedVersion,
        };
        return calls.AskAsync(o => client.IssueAsync(request, o), reply => reply.ToView(), caller, cancellationToken);
    }

    public Task<Outcome<IReadOnlyList<IdentifierPoolView>>> ListAsync(
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        calls.AskAsync<V1.ListIdentifierPoolsReply, IReadOnlyList<IdentifierPoolView>>(
            o => client.ListAsync(new V1.ListIdentifierPoolsRequest(), o),
            reply => [.. reply.Pools.Select(p => p.ToView())],
            caller,
            cancellationToken
        );
}
