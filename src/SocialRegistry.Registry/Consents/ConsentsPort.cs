using SocialRegistry.Contracts;

namespace SocialRegistry.Registry.Consents;

/// <summary>The port: each call goes to its action.</summary>
internal sealed class ConsentsPort(ReadConsents read, WriteConsents write, ConsentReceipts receipts) : IConsents
{
    public Task<Outcome<ConsentView>> GiveAsync(
        RegistrantId registrant,
        NewConsent consent,
        Caller caller,
        CancellationToken cancellationToken
    ) => write.GiveAsync(registrant, consent, caller, cancellationToken);

    public Task<Outcome<IReadOnlyList<ConsentView>>> ListAsync(
        RegistrantId registrant,
        Caller caller,
        CancellationToken cancellationToken
    ) => read.HandleAsync(registrant, null, caller, cancellationToken);

    public async Task<Outcome<ConsentView>> GetAsync(
        RegistrantId registrant,
        Guid id,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var found = await read.HandleAsync(registrant, id, caller, cancellationToken);
        return !found.Succeeded ? found.Problem
            : found.Value is [var one] ? one
            : ConsentProblems.NotFound;
    }

    public async Task<Outcome<ConsentReceipt>> ReceiptAsync(
        RegistrantId registrant,
        Guid id,
        Caller caller,
        CancellationToken cancellationToken
    ) => (await GetAsync(registrant, id, caller, cancellationToken)).Map(receipts.Make);

    public Task<Outcome<ConsentView>> WithdrawAsync(
        RegistrantId registrant,
        Guid id,
        Caller caller,
        CancellationToken cancellationToken
    ) => write.WithdrawAsync(registrant, id, caller, cancellationToken);
}
