using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Registry.Versions;

namespace SocialRegistry.Registry.Consents;

/// <summary>Records that consents are given and taken back, each with its entry of the change log.</summary>
internal sealed class WriteConsents(
    UnitOfWork work,
    RecordStore store,
    ConsentChecks checks,
    ConsentOptions options,
    DisclosureOptions disclosures,
    RegistryOptions registry,
    TimeProvider time
)
{
    public async Task<Outcome<ConsentView>> GiveAsync(
        RegistrantId registrant,
        NewConsent consent,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var note = ChangeNote.By(caller, null, null, time);
        if (MayWrite(caller) is { } refusal)
        {
            return refusal;
        }

        if (checks.Check(consent, note.Now) is { Count: > 0 } problems)
        {
            return ConsentProblems.Invalid(problems);
        }

        return await work.RunAsync<ConsentView>(
            async db =>
            {
                var loaded = await store.LoadAsync(db, [registrant.Value], caller, cancellationToken);
                using var record = loaded.GetValueOrDefault(registrant.Value);
                if (record is null || record.Row.IsArchived)
                {
                    return record?.Row.IsErased == true ? RegistrantProblems.Erased : RegistrantProblems.NotFound;
                }

                if (record.Row.Kind != RegistrantKinds.Individual)
                {
                    return ConsentProblems.NotOfGroups;
                }

                if (
                    await db.Consents.CountAsync(c => c.RegistrantId == registrant.Value, cancellationToken)
                    >= ReadConsents.Most
                )
                {
                    return ConsentProblems.TooMany(ReadConsents.Most);
                }

                var row = Row(record, consent, note);
                db.Consents.Add(row);
                db.ConsentGrants.AddRange(Grants(row, consent, note.Now));
                Log(db, record, row, null, ConsentStates.Given, ChangeOperations.ConsentGiven, note);
                await db.SaveChangesAsync(cancellationToken);
                return row.ToView(record.Cipher, note.Now);
            },
            _ => null,
            cancellationToken
        );
    }

    public async Task<Outcome<ConsentView>> WithdrawAsync(
        RegistrantId registrant,
        Guid id,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (MayWrite(caller) is { } refusal)
        {
            return refusal;
        }

        var note = ChangeNote.By(caller, null, null, time);
        return await work.RunAsync<ConsentView>(
            async db =>
            {
                var loaded = await store.LoadAsync(db, [registrant.Value], caller, cancellationToken);
                using var record = loaded.GetValueOrDefault(registrant.Value);
                if (record is null || record.Row.IsArchived)
                {
                    return record?.Row.IsErased == true ? RegistrantProblems.Erased : RegistrantProblems.NotFound;
                }

                var row = await db.Consents.SingleOrDefaultAsync(
                    c => c.RegistrantId == registrant.Value && c.Id == id,
                    cancellationToken
                );
                if (row is null)
                {
                    return ConsentProblems.NotFound;
                }

                if (row.WithdrawnAt is not null)
                {
                    return ConsentProblems.Withdrawn;
                }

                var before = row.StateAt(note.Now);
                row.WithdrawnAt = note.Now;
                row.Events = JsonSerializer.Serialize(
                    JsonSerializer
                        .Deserialize<List<ConsentEvent>>(row.Events)!
                        .Append(Event(ConsentStates.Withdrawn, note))
                );
                db.ConsentGrants.RemoveRange(
                    await db
                        .ConsentGrants.Where(g => g.RegistrantId == registrant.Value && g.ConsentId == id)
                        .ToListAsync(cancellationToken)
                );
                Log(db, record, row, before, ConsentStates.Withdrawn, ChangeOperations.ConsentWithdrawn, note);
                using var ciphers = await EpochCiphers.LoadAsync(db, store, record, [row.Epoch], cancellationToken);
                var view = row.ToView(ciphers.Of(row.Epoch), note.Now);
                await db.SaveChangesAsync(cancellationToken);
                return view;
            },
            _ => null,
            cancellationToken
        );
    }

    private static Problem? MayWrite(Caller caller) =>
        caller.Kind == CallerKind.Partner ? ConsentProblems.NotByPartners
        : !caller.May(Permissions.WriteConsents) ? RegistrantProblems.NotAllowed(Permissions.WriteConsents)
        : null;

    private Consent Row(OpenRecord record, NewConsent consent, ChangeNote note)
    {
        var id = Guid.CreateVersion7(note.Now);
        return new Consent
        {
            RegistrantId = record.Row.Id,
            Id = id,
            Controller = options.Controller ?? disclosures.Institution ?? registry.Tenant,
            Terms = Consent.Seal(record.Cipher, id, consent),
            Epoch = record.Row.Epoch,
            Events = JsonSerializer.Serialize(new[] { Event(ConsentStates.Given, note) }),
            ValidUntil = consent.ValidUntil is { } until ? ChangeNote.Stored(until) : null,
        };
    }

    private static IEnumerable<ConsentGrant> Grants(Consent row, NewConsent consent, DateTimeOffset now) =>
        consent
            .Recipients.SelectMany(recipient => consent.Purposes.Select(purpose => (recipient, purpose)))
            .Select(
                (to, place) =>
                    new ConsentGrant
                    {
                        RegistrantId = row.RegistrantId,
                        ConsentId = row.Id,
                        Number = place + 1,
                        Recipient = to.recipient,
                        Purpose = to.purpose,
                        Fields = JsonSerializer.Serialize(consent.Fields),
                        ValidFrom = (consent.ValidFrom ?? now).ToUnixTimeMilliseconds(),
                        ValidUntil = consent.ValidUntil?.ToUnixTimeMilliseconds(),
                    }
            );

    private static ConsentEvent Event(string state, ChangeNote note) =>
        new(note.Now, state, note.Caller.Kind.ToString().ToLowerInvariant(), note.Caller.Id);

    private void Log(
        RegistryDbContext db,
        OpenRecord record,
        Consent consent,
        string? before,
        string after,
        string operation,
        ChangeNote note
    )
    {
        var id = consent.Id.ToString("D");
        var fields = new JsonObject
        {
            [ReadConsents.Field] = new JsonObject
            {
                ["old"] = before is null ? null : new JsonObject { ["id"] = id, ["state"] = before },
                ["new"] = new JsonObject { ["id"] = id, ["state"] = after },
            },
        };
        var writer = new RecordWriter(db, time);
        writer.WriteEntry(record, operation, fields.ToJsonString(), [ReadConsents.Field], note);
        writer.KeepNewKeys(record);
    }
}
