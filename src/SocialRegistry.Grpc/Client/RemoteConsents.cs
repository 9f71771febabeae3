using SocialRegistry.Contracts;
using SocialRegistry.Grpc.Messages;

namespace SocialRegistry.Grpc.Client;

internal sealed class RemoteConsents(RemoteCalls calls) : IConsents
{
    private readonly V1.Consents.ConsentsClient client = calls.Channel.Consents;

    public Task<Outcome<ConsentView>> GiveAsync(
        RegistrantId registrant,
        NewConsent consent,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.GiveConsentRequest { RegistrantId = registrant.ToString(), Terms = consent.ToWire() };
        return calls.AskAsync(
            o => client.GiveAsync(request, o),
            reply => reply.Consent.ToView(),
            caller,
            cancellationToken
        );
    }

    public Task<Outcome<IReadOnlyList<ConsentView>>> ListAsync(
        RegistrantId registrant,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.ListConsentsRequest { RegistrantId = registrant.ToString() };
        return calls.AskAsync<V1.ListConsentsReply, IReadOnlyList<ConsentView>>(
            o => client.ListAsync(request, o),
            reply => [.. reply.Consents.Select(c => c.ToView())],
            caller,
            cancellationToken
        );
    }

    public Task<Outcome<ConsentView>> GetAsync(
        RegistrantId registrant,
        Guid id,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        calls.AskAsync(
            o => client.GetAsync(One(registrant, id), o),
            reply => reply.Consent.ToView(),
            caller,
            cancellationToken
        );

    public Task<Outcome<ConsentReceipt>> ReceiptAsync(
        RegistrantId registrant,
        Guid id,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        calls.AskAsync(
            o => client.ReceiptAsync(One(registrant, id), o),
            reply => new ConsentReceipt(reply.Json, reply.Jws),
            caller,
            cancellationToken
        );

    public Task<Outcome<ConsentView>> WithdrawAsync(
        RegistrantId registrant,
        Guid id,
        Caller caller,
        CancellationToken cancellationToken
    ) =>
        calls.AskAsync(
            o => client.WithdrawAsync(One(registrant, id), o),
            reply => reply.Consent.ToView(),
            caller,
            cancellationToken
        );

    private static V1.ConsentRequest One(RegistrantId registrant, Guid id) =>
        new() { RegistrantId = registrant.ToString(), Id = id.ToString("D") };
}
