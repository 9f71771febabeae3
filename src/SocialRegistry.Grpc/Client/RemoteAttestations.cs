using SocialRegistry.Contracts;
using SocialRegistry.Grpc.Messages;

namespace SocialRegistry.Grpc.Client;

internal sealed class RemoteAttestations(RemoteCalls calls) : IAttestations
{
    private readonly V1.Attestations.AttestationsClient client = calls.Channel.Attestations;

    public Task<Outcome<AttestationView>> AttestAsync(
        RegistrantId id,
        string field,
        AttestationStatement statement,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = statement.ToWire(id, field);
        return calls.AskAsync(
            o => client.AttestAsync(request, o),
            reply =>
                reply.Attestation?.ToView()
                ?? throw UnreadableMessageException.Of("attestation", "required", "expected an attestation"),
            caller,
            cancellationToken
        );
    }

    public Task<Outcome<IReadOnlyList<AttestationView>>> ListAsync(
        RegistrantId id,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.ListAttestationsRequest { RegistrantId = id.ToString() };
        return calls.AskAsync<V1.ListAttestationsReply, IReadOnlyList<AttestationView>>(
            o => client.ListAsync(request, o),
            reply => [.. reply.Attestations.Select(a => a.ToView())],
            caller,
            cancellationToken
        );
    }

    public Task<Outcome<IReadOnlyList<Outcome<AttestationView>>>> AttestManyAsync(
        IReadOnlyList<AttestationOf> statements,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.AttestManyRequest
        {
            Statements = { statements.Select(s => s.Statement.ToWire(s.Id, s.Field)) },
        };
        return calls.AskAsync<V1.AttestManyReply, IReadOnlyList<Outcome<AttestationView>>>(
            o => client.AttestManyAsync(request, o),
            reply => [.. reply.Outcomes.Select(r => r.ToView())],
            caller,
            cancellationToken,
            GrpcLimits.ImportDeadline
        );
    }

    public Task<Outcome<Page<AttestationView>>> HistoryAsync(
        RegistrantId id,
        string field,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.AttestationHistoryRequest
        {
            RegistrantId = id.ToString(),
            Field = field,
            Page = page.ToWire(),
        };
        return calls.AskAsync(o => client.HistoryAsync(request, o), reply => reply.ToView(), caller, cancellationToken);
    }

    public Task<Outcome<Page<WaitingAttestation>>> WaitingAsync(
        WaitingFilter filter,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = filter.ToWire(page);
        return calls.AskAsync(o => client.WaitingAsync(request, o), reply => reply.ToView(), caller, cancellationToken);
    }
}
