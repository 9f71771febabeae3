using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Consents;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Attestations;

/// <summary>States something about values, and tells what is stated.</summary>
internal sealed class AttestationsPort(
    IDbContextFactory<RegistryDbContext> contexts,
    RecordStore store,
    AttestationReader reader,
    StateAttestations state,
    AttestationHistory history,
    WaitingAttestations waiting,
    FieldCatalogue catalogue,
    ConsentGate consents,
    DisclosureLog disclosures
) : IAttestations
{
    public async Task<Outcome<AttestationView>> AttestAsync(
        RegistrantId id,
        string field,
        AttestationStatement statement,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var outcomes = await state.HandleAsync([new AttestationOf(id, field, statement)], caller, cancellationToken);
        return outcomes.Succeeded ? outcomes.Value[0] : outcomes.Problem;
    }

    public Task<Outcome<IReadOnlyList<Outcome<AttestationView>>>> AttestManyAsync(
        IReadOnlyList<AttestationOf> statements,
        Caller caller,
        CancellationToken cancellationToken
    ) => state.HandleAsync(statements, caller, cancellationToken);

    public Task<Outcome<Page<AttestationView>>> HistoryAsync(
        RegistrantId id,
        string field,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    ) => history.ListAsync(id, field, page, caller, cancellationToken);

    public Task<Outcome<Page<WaitingAttestation>>> WaitingAsync(
        WaitingFilter filter,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    ) => waiting.ListAsync(filter, page, caller, cancellationToken);

    public async Task<Outcome<IReadOnlyList<AttestationView>>> ListAsync(
        RegistrantId id,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var gate = ReadGate.Open(caller, Permissions.ReadRegistrants, null, catalogue.Current);
        if (!gate.Succeeded)
        {
            return gate.Problem;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        using var record = await store.ReadAsync(db, id.Value, caller, cancellationToken);
        if (record is null || record.Row.IsArchived)
        {
            return record?.Row.IsErased == true ? RegistrantProblems.Erased : RegistrantProblems.NotFound;
        }

        var entries = await AttestationReader.LoadAsync(db, [id.Value], cancellationToken);
        var of = await consents.OfAsync(db, gate.Value, id.Value, cancellationToken);
        var shown = reader.Show(record, of, entries[id.Value]);
        var row = disclosures.Row(of, id.Value, [.. shown.Select(a => a.Field), "attestations"]);
        await disclosures.WriteAsync([row], cancellationToken);
        return Outcome.Of<IReadOnlyList<AttestationView>>(shown);
    }
}
