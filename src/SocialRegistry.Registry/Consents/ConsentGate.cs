using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Consents;

/// <summary>What consents let a caller see of records. Costs nothing for callers that need none.</summary>
internal sealed class ConsentGate(FieldCatalogue catalogue, TimeProvider time)
{
    /// <summary>The gate for one record.</summary>
    public async Task<ReadGate> OfAsync(
        RegistryDbContext db,
        ReadGate gate,
        Guid registrant,
        CancellationToken cancellationToken
    ) => (await LoadAsync(db, [registrant], gate.Caller, cancellationToken)).Gate(gate, registrant);

    public async Task<ConsentCovers> LoadAsync(
        RegistryDbContext db,
        IReadOnlyCollection<Guid> registrants,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (!caller.ConsentRequired)
        {
            return ConsentCovers.NotNeeded;
        }

        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var purpose = caller.Purpose ?? "";
        var grants = await db
            .ConsentGrants.AsNoTracking()
            .Where(g => registrants.Contains(g.RegistrantId) && g.Recipient == caller.Id && g.Purpose == purpose)
            .Where(g => g.ValidFrom <= now && (g.ValidUntil == null || g.ValidUntil > now))
            .OrderByDescending(g => g.ConsentId)
            .ToListAsync(cancellationToken);
        return new ConsentCovers(
            grants
                .GroupBy(g => g.RegistrantId)
                .ToDictionary(
                    g => g.Key,
                    g =>
                    {
                        var consented = g.SelectMany(c => JsonSerializer.Deserialize<List<string>>(c.Fields)!)
                            .ToHashSet();
                        return new ConsentCover(
                            CoveredFields.Both(caller.Fields, consented, catalogue.Current),
                            consented,
                            string.Join(' ', g.Select(c => c.ConsentId.ToString("D")))
                        );
                    }
                )
        );
    }
}

/// <summary>What the consents of one record cover for one caller.</summary>
/// <param name="Fields">What it may be shown: consented to, and agreed with the caller.</param>
/// <param name="Consented">All that is consented to.</param>
/// <param name="Consents">Their ids, separated by spaces.</param>
internal sealed record ConsentCover(FieldScope Fields, IReadOnlySet<string> Consented, string Consents);

/// <summary>The consents of some records for one caller.</summary>
internal sealed class ConsentCovers(IReadOnlyDictionary<Guid, ConsentCover>? covers)
{
    public static ConsentCovers NotNeeded { get; } = new(null);

    /// <summary>The gate for one record: what no consent covers is not there.</summary>
    public ReadGate Gate(ReadGate gate, Guid registrant) =>
        covers is null ? gate
        : covers.TryGetValue(registrant, out var cover) ? gate.Within(cover.Fields, cover.Consents)
        : gate.Within(FieldScope.None, null);

    /// <summary>True when the caller may find the record by what stands under a name: none is needed, or one covers it.</summary>
    public bool Finds(Guid registrant, string name, Catalogue catalogue) =>
        covers is null
        || (
            covers.TryGetValue(registrant, out var cover)
            && CoveredFields.NamesOf(name, catalogue).Any(cover.Consented.Contains)
        );

    /// <summary>True when the caller needs no consent, or the record has one for it.</summary>
    public bool Any(Guid registrant) => covers is null || covers.ContainsKey(registrant);

    /// <summary>Ids of the consents that cover a record, separated by spaces.</summary>
    public string? Reference(Guid registrant) =>
        covers is not null && covers.TryGetValue(registrant, out var cover) ? cover.Consents : null;
}

/// <summary>What two scopes both hold, where one may name the whole and the other a part.</summary>
internal static class CoveredFields
{
    private static readonly string[][] Synonyms =
    [
        ["memberships", "member_list", "group_head_info"],
        ["relationships", "related_person"],
    ];

    public static FieldScope Both(FieldScope allowed, IReadOnlySet<string> covered, Catalogue catalogue)
    {
        if (allowed.IsAll)
        {
            return FieldScope.Of(covered);
        }

        return FieldScope.Of(
            covered
                .Where(f => Holds(allowed.Ids, f, catalogue))
                .Concat(allowed.Ids.Where(f => Holds(covered, f, catalogue)))
        );
    }

    /// <summary>Names any of which covers what stands under one: itself, its synonyms, all identifiers for a type of them.</summary>
    public static IReadOnlyList<string> NamesOf(string name, Catalogue catalogue) =>
        Synonyms.FirstOrDefault(s => s.Contains(name))
        ?? (catalogue.IdentifierType(name) is null ? [name] : [name, IdentifierType.Identifiers]);

    private static bool Holds(IReadOnlySet<string> scope, string field, Catalogue catalogue) =>
        scope.Contains(field)
        || (scope.Contains(IdentifierType.Identifiers) && catalogue.IdentifierType(field) is not null)
        || Synonyms.Any(s => s.Contains(field) && s.Any(scope.Contains));
}
