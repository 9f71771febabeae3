using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;

namespace SocialRegistry.Registry.Groups;

/// <summary>Computes the figures of groups, of as many as are shown at once, in two round trips.</summary>
internal sealed class FiguresReader(RecordStore store, FieldCatalogue catalogue, TimeProvider time)
{
    /// <summary>By group, what the gate lets through of its figures as of today (UTC). The dead and the archived do not count.</summary>
    public async Task<Dictionary<Guid, IReadOnlyDictionary<string, JsonElement>>> LoadAsync(
        RegistryDbContext db,
        IReadOnlyList<OpenRecord> records,
        ReadGate gate,
        CancellationToken cancellationToken
    )
    {
        var groups = records.Where(r => r.Row.Kind == RegistrantKinds.Group).Select(r => r.Row.Id).ToList();
        var fields = catalogue
            .Current.Rules(RegistrantKinds.Group)
            .Where(r => r.View.Computed && gate.Shows(r.View))
            .Select(r => r.View.Id)
            .ToList();
        if (groups.Count == 0 || fields.Count == 0)
        {
            return [];
        }

        var edges = await db
            .Memberships.AsNoTracking()
            .Where(m => m.EndedOn == null && groups.Contains(m.GroupId))
            .Select(m => new
            {
                m.GroupId,
                m.MemberId,
                m.IsHead,
            })
            .ToListAsync(cancellationToken);
        var memberships = db.Memberships;
        var members = await store.ReadAsync(
            db,
            db.Registrants.Where(r =>
                r.Status != RegistrantStatuses.Archived
                && r.Status != RegistrantStatuses.Deceased
                && memberships.Any(m => m.MemberId == r.Id && m.EndedOn == null && groups.Contains(m.GroupId))
            ),
            cancellationToken
        );
        try
        {
            var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
            var facts = members.ToDictionary(m => m.Row.Id, m => (Text(m, "birth_date"), Text(m, "sex")));
            var heads = members.Where(m => !m.Row.IsMerged).Select(m => m.Row.Id).ToHashSet();
            var edgesOf = edges.ToLookup(e => e.GroupId);
            return groups.ToDictionary(
                g => g,
                g =>
                    Shown(
                        GroupFigures.Of(
                            [.. edgesOf[g].Where(e => facts.ContainsKey(e.MemberId)).Select(e => facts[e.MemberId])],
                            today,
                            edgesOf[g].Any() && !edgesOf[g].Any(e => e.IsHead && heads.Contains(e.MemberId))
                        ),
                        fields
                    )
            );
        }
        finally
        {
            foreach (var member in members)
            {
                member.Dispose();
            }
        }
    }

    private static IReadOnlyDictionary<string, JsonElement> Shown(GroupFigures figures, List<string> fields) =>
        fields.Where(f => figures[f] is not null).ToDictionary(f => f, f => figures[f]!.Value);

    private string? Text(OpenRecord record, string field) =>
        catalogue.Current.Rule(RegistrantKinds.Individual, field) is { } rule
        && record.Value(rule) is { ValueKind: JsonValueKind.String } value
            ? value.GetString()
            : null;
}
