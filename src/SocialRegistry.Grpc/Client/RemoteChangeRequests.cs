using SocialRegistry.Contracts;
using SocialRegistry.Grpc.Messages;

namespace SocialRegistry.Grpc.Client;

internal sealed class RemoteChangeRequests(RemoteCalls calls) : IChangeRequests
{
    private readonly V1.ChangeRequests.ChangeRequestsClient client = calls.Channel.ChangeRequests;

    public Task<Outcome<ChangeRequestView>> CreateAsync(
        NewChangeRequest request,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var wire = request.ToWire();
        return calls.AskAsync(o => client.CreateAsync(wire, o), reply => reply.ToView(), caller, cancellationToken);
    }

    public Task<Outcome<ChangeRequestView>> UpdateAsync(
        ChangeRequestId id,
        ChangeRequestEdit edit,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var wire = edit.ToWire(id);
        return calls.AskAsync(o => client.UpdateAsync(wire, o), reply => reply.ToView(), caller, cancellationToken);
    }

    public Task<Outcome<ChangeRequestView>> ActAsync(
        ChangeRequestId id,
        ChangeRequestStep step,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var wire = step.ToWire(id);
        return calls.AskAsync(o => client.ActAsync(wire, o), reply => reply.ToView(), caller, cancellationToken);
    }

    public Task<Outcome<ChangeRequestView>> GetAsync(
        ChangeRequestId id,
        IReadOnlyList<string>? fields,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var wire = new V1.GetChangeRequestRequest { Id = id.ToString() };
        if (fields is not null)
        {
            wire.Fields = new V1.FieldIds { Items = { fields } };
        }

        return calls.AskAsync(o => client.GetAsync(wire, o), reply => reply.ToView(), caller, cancellationToken);
    }

    public Task<Outcome<Page<ChangeRequestView>>> ListAsync(
        ChangeRequestQuery query,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var wire = query.ToWire(page);
        return calls.AskAsync(o => client.ListAsync(wire, o), reply => reply.ToView(), caller, cancellationToken);
    }
}
