using Grpc.Core;
using SocialRegistry.Contracts;
using SocialRegistry.Grpc.Calls;
using SocialRegistry.Grpc.Messages;

namespace SocialRegistry.Grpc.Server;

internal sealed class ConsentsService(IConsents consents) : V1.Consents.ConsentsBase
{
    public override async Task<V1.ConsentReply> Give(V1.GiveConsentRequest request, ServerCallContext context)
    {
        var outcome = await consents.GiveAsync(
            request.RegistrantId.ToRegistrantId("registrant_id"),
            request.Terms.ToView(),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return new V1.ConsentReply { Consent = outcome.OrRefuse().ToWire() };
    }

    public override async Task<V1.ListConsentsReply> List(V1.ListConsentsRequest request, ServerCallContext context)
    {
        var outcome = await consents.ListAsync(
            request.RegistrantId.ToRegistrantId("registrant_id"),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return new V1.ListConsentsReply { Consents = { outcome.OrRefuse().Select(c => c.ToWire()) } };
    }

    public override async Task<V1.ConsentReply> Get(V1.ConsentRequest request, ServerCallContext context)
    {
        var outcome = await consents.GetAsync(
            request.RegistrantId.ToRegistrantId("registrant_id"),
            request.Id.ToUuid("id"),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return new V1.ConsentReply { Consent = outcome.OrRefuse().ToWire() };
    }

    public override async Task<V1.ConsentReceiptReply> Receipt(V1.ConsentRequest request, ServerCallContext context)
    {
        var outcome = await consents.ReceiptAsync(
            request.RegistrantId.ToRegistrantId("registrant_id"),
            request.Id.ToUuid("id"),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        var receipt = outcome.OrRefuse();
        return new V1.ConsentReceiptReply { Json = receipt.Json, Jws = receipt.Jws };
    }

    public override async Task<V1.ConsentReply> Withdraw(V1.ConsentRequest request, ServerCallContext context)
    {
        var outcome = await consents.WithdrawAsync(
            request.RegistrantId.ToRegistrantId("registrant_id"),
            request.Id.ToUuid("id"),
            CallerFeature.Of(context),
            context.CancellationToken
        );
        return new V1.ConsentReply { Consent = outcome.OrRefuse().ToWire() };
    }
}
