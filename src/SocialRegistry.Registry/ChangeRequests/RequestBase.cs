using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Groups;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Registry.Relationships;

namespace SocialRegistry.Registry.ChangeRequests;

/// <summary>
/// What a request was made on, each part by name as a hash: values by the record's own keyed hash. The parts that differ when it is
/// applied were changed by others meanwhile; all else may have changed, and the request follows.
/// </summary>
internal sealed class RequestBase(RecordStore store, FieldCatalogue catalogue)
{
    public async Task<Dictionary<string, string>> ReadAsync(
        RegistryDbContext db,
        Guid? subject,
        RequestedChange change,
        CancellationToken cancellationToken
    )
    {
        var parts = new Dictionary<string, string>();
        if (subject is not { } id || await store.ReadAsync(db, id, cancellationToken) is not { } found)
        {
            return parts;
        }

        using var record = found;
        switch (change)
        {
            case EditFields edit:
                Values(record, edit, parts);
                break;
            case Leave:
                parts["status"] = record.Document.Status;
                break;
            case Relate relate:
                await RelationshipsAsync(db, id, relate, parts, cancellationToken);
                break;
            default:
                await MembershipsAsync(db, id, change, parts, cancellationToken);
                break;
        }

        return parts;
    }

    /// <summary>Names of the parts that are not the same.</summary>
    public static List<string> Differences(
        IReadOnlyDictionary<string, string> made,
        IReadOnlyDictionary<string, string> stands
    ) =>
        [
            .. made
                .Keys.Union(stands.Keys)
                .Where(name => made.GetValueOrDefault(name) != stands.GetValueOrDefault(name))
                .Order(),
        ];

    private void Values(OpenRecord record, EditFields edit, Dictionary<string, string> parts)
    {
        foreach (var id in edit.Values.Keys)
        {
            parts[id] =
                catalogue.Current.Rule(record.Row.Kind, id) is { } rule && record.Value(rule) is { } value
                    ? record.ValueHash(id, value)
                    : "";
        }

        if (edit.Identifiers is not null)
        {
            parts[IdentifierType.Identifiers] = Hash(
                record
                    .Document.Identifiers.Select(i => $"{i.Type}\0{i.Token}\0{i.Details}")
                    .Order(StringComparer.Ordinal)
            );
        }
    }

    /// <summary>The open memberships that the change is about: those of the persons named, and heads; of a merger all.</summary>
    private static async Task MembershipsAsync(
        RegistryDbContext db,
        Guid subject,
        RequestedChange change,
        Dictionary<string, string> parts,
        CancellationToken cancellationToken
    )
    {
        List<Guid> groups = [subject, .. change.Groups.Select(g => g.Value)];
        var all = change is MergeHouseholds;
        var heads = change is NewHead or SplitHousehold;
        var persons = change.Persons.Select(p => p.Value).ToList();
        var open = await db
            .Memberships.AsNoTracking()
            .Where(m => groups.Contains(m.GroupId) && m.EndedOn == null)
            .Where(m => all || persons.Contains(m.MemberId) || (heads && m.IsHead))
            .ToListAsync(cancellationToken);
        parts["memberships"] = Hash(
            open.Select(m => $"{m.GroupId:D}\0{m.MemberId:D}\0{m.Kinds}\0{m.StartedOn:O}").Order(StringComparer.Ordinal)
        );
    }

    private static async Task RelationshipsAsync(
        RegistryDbContext db,
        Guid subject,
        Relate relate,
        Dictionary<string, string> parts,
        CancellationToken cancellationToken
    )
    {
        IEnumerable<string> stands;
        if (relate.Spouse is { } spouse)
        {
            var other = spouse.Person.Value;
            stands = (
                await db
                    .Spouses.AsNoTracking()
                    .Where(s =>
                        (s.Person1Id == subject && s.Person2Id == other)
                        || (s.Person1Id == other && s.Person2Id == subject)
                    )
                    .ToListAsync(cancellationToken)
            ).Select(s => $"{s.Id:D}\0{s.Revision}");
        }
        else if (relate.Relation is { } relation)
        {
            var other = relation.To.Value;
            stands = (
                await db
                    .Relations.AsNoTracking()
                    .Where(r => (r.FromId == subject && r.ToId == other) || (r.FromId == other && r.ToId == subject))
                    .ToListAsync(cancellationToken)
            ).Select(r => $"{r.Id:D}\0{r.EndedOn:O}");
        }
        else if (relate.EndRelation is { } end)
        {
            stands = (
                await db.Relations.AsNoTracking().Where(r => r.Id == end.Id).ToListAsync(cancellationToken)
            ).Select(r => $"{r.Id:D}\0{r.EndedOn:O}");
        }
        else
        {
            stands = (
                await db.Parents.AsNoTracking().Where(p => p.ChildId == subject).ToListAsync(cancellationToken)
            ).Select(p => $"{p.Revision}");
        }

        parts["relationships"] = Hash(stands.Order(StringComparer.Ordinal));
    }

    private static string Hash(IEnumerable<string> parts) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))));
}
