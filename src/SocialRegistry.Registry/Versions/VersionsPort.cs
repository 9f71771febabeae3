using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Disclosures;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Versions;

/// <summary>The history of a record, and who was shown it. Pages by keyset.</summary>
internal sealed class VersionsPort(
    IDbContextFactory<RegistryDbContext> contexts,
    RecordStore store,
    FieldCatalogue catalogue,
    DisclosureLog disclosures
) : IVersions
{
    private const int MostItems = 500;

    public async Task<Outcome<Page<VersionView>>> ListAsync(
        RegistrantId id,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var gate = ReadGate.Open(caller, Permissions.ReadVersions, null, catalogue.Current);
        if (!gate.Succeeded)
        {
            return gate.Problem;
        }

        var before = long.MaxValue;
        if (
            !IsSize(page)
            || (
                page.After is { } after
                && (!long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out before) || before < 1)
            )
        )
        {
            return RegistrantProblems.BadPage;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        using var record = await store.ReadAsync(db, id.Value, caller, cancellationToken);
        if (record is null || (record.Row.IsArchived && !PastRecord.SeesArchived(caller)))
        {
            return RegistrantProblems.NotFound;
        }

        var rows = await db
            .Versions.AsNoTracking()
            .Where(v => v.RegistrantId == id.Value && v.Number < before)
            .OrderByDescending(v => v.Number)
            .Take(page.Size + 1)
            .Join(
                db.Changes.AsNoTracking(),
                v => new { v.RegistrantId, v.Sequence },
                c => new { c.RegistrantId, c.Sequence },
                (v, c) =>
                    new
                    {
                        v.Number,
                        v.RecordedAt,
                        v.EffectiveOn,
                        v.ChangedFields,
                        c.Actor,
                        c.Channel,
                        c.Reason,
                        c.RequestId,
                    }
            )
            .OrderByDescending(v => v.Number)
            .ToListAsync(cancellationToken);
        var items = rows.Take(page.Size)
            .Select(v => new VersionView(
                v.Number,
                v.RecordedAt,
                v.EffectiveOn,
                // Names of staff and of other systems are for who may see every field.
                caller.Fields.IsAll
                || v.Actor == caller.Id
                    ? v.Actor
                    : Withheld,
                v.Channel,
                // People write values into reasons, so only who may see every field reads them.
                v.Reason
                    is null
                || !caller.Fields.IsAll
                    ? null
                    : record.Cipher.OpenText("reason", v.Reason),
                caller.Fields.IsAll ? v.RequestId : null,
                Clamp(JsonSerializer.Deserialize<List<string>>(v.ChangedFields)!, record.Row.Kind, gate.Value)
            ))
            .ToList();
        await disclosures.WriteAsync([disclosures.Row(caller, id.Value, ["versions"])], cancellationToken);
        return new Page<VersionView>(
            items,
            rows.Count > page.Size ? items[^1].Number.ToString(CultureInfo.InvariantCulture) : null
        );
    }

    public async Task<Outcome<Page<DisclosureView>>> DisclosuresAsync(
        RegistrantId id,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (caller.Kind != CallerKind.Person && !caller.May(Permissions.ReadDisclosures))
        {
            return RegistrantProblems.NotAllowed(Permissions.ReadDisclosures);
        }

        Guid? before = null;
        if (page.After is { } after)
        {
            if (!Guid.TryParseExact(after, "N", out var parsed))
            {
                return RegistrantProblems.BadPage;
            }

            before = parsed;
        }

        if (!IsSize(page))
        {
            return RegistrantProblems.BadPage;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await store.ExistsAsync(db, id.Value, caller, cancellationToken))
        {
            return RegistrantProblems.NotFound;
        }

        // A partner that may not see every field sees its own accesses, not those of others.
        var own = caller.Kind == CallerKind.Partner && !caller.Fields.IsAll ? caller.Id : null;
        var rows = await db
            .Disclosures.AsNoTracking()
            .Where(d => d.RegistrantId == id.Value && (before == null || d.Id.CompareTo(before.Value) < 0))
            .Where(d => own == null || d.ShownTo == own)
            .OrderByDescending(d => d.Id)
            .Take(page.Size + 1)
            .ToListAsync(cancellationToken);
        var items = rows.Take(page.Size)
            .Select(d => new DisclosureView(
                d.At,
                d.ShownTo,
                d.Channel,
                d.Purpose,
                d.LegalGround,
                JsonSerializer.Deserialize<List<string>>(d.Fields)!
            ))
            .ToList();
        return new Page<DisclosureView>(items, rows.Count > page.Size ? rows[page.Size - 1].Id.ToString("N") : null);
    }

    private const string Withheld = "withheld";

    private static bool IsSize(PageRequest page) => page.Size is >= 1 and <= MostItems;

    /// <summary>The names of changed fields that the caller may know of.</summary>
    private List<string> Clamp(IEnumerable<string> changed, string kind, ReadGate gate) =>
        [
            .. changed.Where(field =>
                field == "status"
                || (
                    field == IdentifierType.Identifiers
                        ? catalogue.Current.View.IdentifierTypes.Any(t =>
                            t.Kind == kind && gate.Shows(catalogue.Current.IdentifierType(t.Id)!)
                        )
                        : catalogue.Current.Rule(kind, field) is { } rule && gate.Shows(rule.View)
                )
            ),
        ];
}
