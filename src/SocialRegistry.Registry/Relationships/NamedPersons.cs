using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Relationships;

/// <summary>Finds who is meant by references, those of a whole call at once.</summary>
internal sealed class NamedPersons
{
    private readonly Dictionary<(string Type, string Token), Guid> directory = [];
    private readonly Dictionary<Identifier, KnownIdentifier?> known = [];

    /// <summary>Looks all identifiers up in the directory.</summary>
    public static async Task<NamedPersons> LoadAsync(
        RegistryDbContext db,
        IEnumerable<PersonReference?> references,
        IdentifierReader reader,
        Catalogue catalogue,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var named = new NamedPersons();
        foreach (var identifier in references.Select(r => r?.Identifier).OfType<Identifier>().Distinct())
        {
            if (catalogue.IdentifierType(identifier.Type) is { } type)
            {
                // Who may not filter by a type finds nobody by it; who needs consents names people by the ids it was given.
                named.known[identifier] =
                    type.IsIn(caller.Filters) && !caller.ConsentRequired ? reader.Read(type, identifier.Value) : null;
            }
        }

        foreach (var type in named.known.Values.OfType<KnownIdentifier>().GroupBy(i => i.Type.View.Id))
        {
            var tokens = type.Select(i => i.Token).DistinctBy(Convert.ToHexString).ToList();
            var found = await db
                .Identifiers.AsNoTracking()
                .Where(i => i.Type == type.Key && tokens.Contains(i.Token))
                .ToListAsync(cancellationToken);
            foreach (var entry in found)
            {
                var token = System.Buffers.Text.Base64Url.EncodeToString(entry.Token);
                named.directory[(entry.Type, token)] = entry.RegistrantId;
            }
        }

        return named;
    }

    /// <summary>The id that is meant. Whether such a record stands is not asked yet.</summary>
    /// <param name="field">Names the reference in problems.</param>
    public Outcome<Guid> Find(PersonReference? reference, string field) =>
        reference switch
        {
            { Id: { } id, Identifier: null } => id.Value,
            { Id: null, Identifier: { } identifier } => !known.TryGetValue(identifier, out var one)
                ? RelationshipProblems.BadReference(field)
            : one is not null && directory.TryGetValue(one.Key, out var found) ? found
            : RelationshipProblems.PersonUnknown(field),
            _ => RelationshipProblems.BadReference(field),
        };

    /// <summary>The same for one that may be left out.</summary>
    public Outcome<Guid?> FindOptional(PersonReference? reference, string field) =>
        reference is null ? (Outcome<Guid?>)(Guid?)null : Find(reference, field).Map(id => (Guid?)id);
}
