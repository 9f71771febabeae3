using Grpc.Core;
using SocialRegistry.Contracts;
using SocialRegistry.Grpc.Calls;
using SocialRegistry.Grpc.Messages;

namespace SocialRegistry.Grpc.Server;

internal sealed class AttestationsService(IAttestations attestations) : V1.Attestations.AttestationsBase
{
    public override async Task<V1.AttestReply> Attest(V1.AttestRequest request, ServerCallContext context)
    {
        var outcome = await attestations.AttestAsync(
            request.RegistrantId.ToRegistrantId("registrant_id"),
            request.Field,
            request.ToRequest(),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return new V1.AttestReply { Attestation = outcome.OrRefuse().ToWire() };
    }

    public override async Task<V1.AttestManyReply> AttestMany(V1.AttestManyRequest request, ServerCallContext context)
    {
        var outcome = await attestations.AttestManyAsync(
            [
                .. request.Statements.Select(
                    (s, i) =>
                        new AttestationOf(
                            s.RegistrantId.ToRegistrantId($"statements[{i}].registrant_id"),
                            s.Field,
                            s.ToRequest()
                        )
                ),
            ],
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return new V1.AttestManyReply { Outcomes = { outcome.OrRefuse().Select(o => o.ToWire()) } };
    }

    public override async Task<V1.AttestationHistoryReply> History(
        V1.AttestationHistoryRequest request,
        ServerCallContext context
    )
    {
        var outcome = await attestations.HistoryAsync(
            request.RegistrantId.ToRegistrantId("registrant_id"),
            request.Field,
            request.Page.ToRequest(),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return outcome.OrRefuse().ToWire();
    }

    public override async Task<V1.WaitingAttestationsReply> Waiting(
        V1.WaitingAttestationsRequest request,
        ServerCallContext context
    )
    {
        var outcome = await attestations.WaitingAsync(
            request.ToFilter(),
            request.Page.ToRequest(),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return outcome.OrRefuse().ToWire();
    }

    public override async Task<V1.ListAttestationsReply> List(
        V1.ListAttestationsRequest request,
        ServerCallContext context
    )
    {
        var outcome = await attestations.ListAsync(
            request.RegistrantId.ToRegistrantId("registrant_id"),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return new V1.ListAttestationsReply { Attestations = { outcome.OrRefuse().Select(a => a.ToWire()) } };
    }
}
