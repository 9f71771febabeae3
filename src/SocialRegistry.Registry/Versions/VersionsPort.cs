using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Changes;
using SocialRegistry.Registry.Consents;
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
    ConsentGate consents,
    ReadDisclosures shown,
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
        if (record?.Row.IsErased == true)
        {
            return RegistrantProblems.Erased;
        }

        if (record is null || (record.Row.IsArchived && !PastRecord.SeesArchived(caller)))
        {
            return RegistrantProblems.NotFound;
        }

        var of = (await consents.LoadAsync(db, [id.Value], caller, cancellationToken)).Gate(gate.Value, id.Value);
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
                Clamp(JsonSerializer.Deserialize<List<string>>(v.ChangedFields)!, record.Row.Kind, of)
            ))
            .ToList();
        await disclosures.WriteAsync([disclosures.Row(of, id.Value, ["versions"])], cancellationToken);
        return new Page<VersionView>(
            items,
            rows.Count > page.Size ? items[^1].Number.ToString(CultureInfo.InvariantCulture) : null
        );
    }

    public Task<Outcome<Page<DisclosureView>>> DisclosuresAsync(
        RegistrantId id,
        PageRequest page,
        Caller caller,
        CancellationToken cancellationToken
    ) => shown.HandleAsync(id, page, caller, cancellationToken);

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
