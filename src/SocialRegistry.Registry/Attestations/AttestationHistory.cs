using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Consents;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Attestations;

/// <summary>All that was ever stated about a field, newest first.</summary>
internal sealed class AttestationHistory(
    IDbContextFactory<RegistryDbContext> contexts,
    RecordStore store,
    FieldCatalogue catalogue,
    ConsentGate consents,
    DisclosureLog disclosures
)
{
    public async Task<Outcome<Page<AttestationView>>> ListAsync(
        RegistrantId id,
        string field,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var gate = ReadGate.Open(caller, Permissions.ReadRegistrants, null, catalogue.Current);
        if (!gate.Succeeded)
        {
            return gate.Problem;
        }

        var before = long.MaxValue;
        if (
            page.Size is < 1 or > 500
            || (
                page.After is { } after
                && !long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out before)
            )
        )
        {
            return RegistrantProblems.BadPage;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        using var record = await store.ReadAsync(db, id.Value, caller, cancellationToken);
        if (record is null || record.Row.IsArchived)
        {
            return record?.Row.IsErased == true ? RegistrantProblems.Erased : RegistrantProblems.NotFound;
        }

        var of = await consents.OfAsync(db, gate.Value, id.Value, cancellationToken);
        if (catalogue.Current.Rule(record.Row.Kind, field) is not { } rule || !of.Shows(rule.View))
        {
            return AttestationProblems.UnknownField(field);
        }

        var rows = await db
            .AttestationHistory.AsNoTracking()
            .Where(a => a.RegistrantId == id.Value && a.Field == field && a.Sequence < before)
            .OrderByDescending(a => a.Sequence)
            .Take(page.Size + 1)
            .ToListAsync(cancellationToken);
        var shown = rows.Take(page.Size).ToList();
        var epochs = shown.Select(r => r.Epoch).Distinct().ToList();
        var keys = await db
            .RecordKeys.AsNoTracking()
            .Where(k => k.RegistrantId == id.Value && epochs.Contains(k.Epoch))
            .ToListAsync(cancellationToken);
        var items = new List<AttestationView>();
        foreach (var entry in shown)
        {
            using var then = new OpenRecord(
                record.Row,
                store.Cipher(record.Row, entry.Epoch, keys.Where(k => k.Epoch == entry.Epoch))
            );
            // As it was stated: whether it still holds is told by the state of the field.
            items.Add(AttestationReader.Show(then, entry, DateOnly.MinValue, of.Caller, of.Masks(field)));
        }

        await disclosures.WriteAsync([disclosures.Row(of, id.Value, [field, "attestations"])], cancellationToken);
        return new Page<AttestationView>(
            items,
            rows.Count > page.Size ? shown[^1].Sequence.ToString(CultureInfo.InvariantCulture) : null
        );
    }
}
