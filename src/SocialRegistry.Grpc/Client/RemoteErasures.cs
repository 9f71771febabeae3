using SocialRegistry.Contracts;
using SocialRegistry.Grpc.Messages;

namespace SocialRegistry.Grpc.Client;

internal sealed class RemoteErasures(RemoteCalls calls) : IErasures
{
    private readonly V1.Erasures.ErasuresClient client = calls.Channel.Erasures;

    public Task<Outcome<ErasureView>> RequestAsync(
        RegistrantId registrant,
        NewErasure erasure,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var request = new V1.RequestErasureRequest
        {
            RegistrantId = registrant.ToString(),
            Ground = erasure.Ground,
            Reason = erasure.Reason,
        };
        return calls.AskAsync(o => client.RequestAsync(request, o), Erasures.ToView, caller, cancellationToken);
    }

    public Task<Outcome<ErasureView>> ConfirmAsync(
        RegistrantId registrant,
        Caller caller,
        CancellationToken cancellationToken
    ) => calls.AskAsync(o => client.ConfirmAsync(Of(registrant), o), Erasures.ToView, caller, cancellationToken);

    public Task<Outcome<ErasureView>> RefuseAsync(
        RegistrantId registrant,
        Caller caller,
        CancellationToken cancellationToken
    ) => calls.AskAsync(o => client.RefuseAsync(Of(registrant), o), Erasures.ToView, caller, cancellationToken);

    public Task<Outcome<ErasureView>> GetAsync(
        RegistrantId registrant,
        Caller caller,
        CancellationToken cancellationToken
    ) => calls.AskAsync(o => client.GetAsync(Of(registrant), o), Erasures.ToView, caller, cancellationToken);

    private static V1.ErasureRequest Of(RegistrantId registrant) => new() { RegistrantId = registrant.ToString() };
}
