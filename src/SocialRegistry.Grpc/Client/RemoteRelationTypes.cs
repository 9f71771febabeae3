using SocialRegistry.Contracts;
using SocialRegistry.Grpc.Messages;

namespace SocialRegistry.Grpc.Client;

internal sealed class RemoteRelationTypes(RemoteCalls calls) : IRelationTypes
{
    private readonly V1.RelationTypes.RelationTypesClient client = calls.Channel.RelationTypes;

    /// <summary>Listing knows no refusal, so whatever the core refuses is an exception here.</summary>
    public async Task<IReadOnlyList<RelationTypeView>> ListAsync(CancellationToken cancellationToken)
    {
        var outcome = await calls.AskAsync<V1.ListRelationTypesReply, IReadOnlyList<RelationTypeView>>(
            o => client.ListAsync(new V1.ListRelationTypesRequest(), o),
            reply => [.. reply.Types_.Select(t => t.ToView())],
            RemoteCalls.Nobody,
            cancellationToken
        );
        return outcome.Succeeded ? outcome.Value : throw new RemotePortException(outcome.Problem);
    }

    public Task<Outcome<RelationTypeView>> SaveAsync(
        RelationTypeView type,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.SaveRelationTypeRequest { Type = type.ToWire() };
        return calls.AskAsync(
            o => client.SaveAsync(request, o),
            reply => reply.Type.ToView(),
            caller,
            cancellationToken
        );
    }

    public Task<Outcome<Page<RelationTypeHistoryView>>> ListHistoryAsync(
        string code,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.ListRelationTypeHistoryRequest { Code = code, Page = page.ToWire() };
        return calls.AskAsync(
            o => client.ListHistoryAsync(request, o),
            reply => reply.ToView(),
            caller,
            cancellationToken
        );
    }
}
