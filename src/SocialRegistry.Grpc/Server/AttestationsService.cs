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
