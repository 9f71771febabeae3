using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SocialRegistry.Contracts;
using SocialRegistry.Registry.Fields;
using SocialRegistry.Registry.Persistence;
using SocialRegistry.Registry.Registrants;
using SocialRegistry.Registry.Search;

namespace SocialRegistry.Registry.Documents;

/// <summary>
/// Documents that values refer to are there, on records that the caller may know of; a document out of sight is like none. What was
/// stored before is not asked about again.
/// </summary>
internal sealed class DocumentReferences(RowRules rules, FieldCatalogue catalogue)
{
    /// <summary>The problem of values that were sent, naming each field; <c>null</c> when all that they refer to is there.</summary>
    public async Task<Problem?> CheckAsync(
        RegistryDbContext db,
        string kind,
        IReadOnlyDictionary<string, JsonElement> values,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var named = new List<(string Path, Guid Id)>();
        foreach (var (id, value) in values)
        {
            if (catalogue.Current.Rule(kind, id) is { } rule)
            {
                Collect(rule.View, id, value, named);
            }
        }

        if (named.Count == 0)
        {
            return null;
        }

        var ids = named.Select(n => n.Id).Distinct().ToList();
        var known = caller.Fields.Contains(DocumentTypes.Field)
            ? await KnownAsync(db, ids, caller, cancellationToken)
            : [];
        var unknown = named
            .Where(n => !known.Contains(n.Id))
            .Take(ValueLimits.MaxProblems)
            .Select(n => new FieldProblem(n.Path, "document_unknown", "There is no such document for this caller."))
            .ToList();
        return unknown.Count == 0 ? null : RegistrantProblems.Invalid(unknown);
    }

    private async Task<HashSet<Guid>> KnownAsync(
        RegistryDbContext db,
        List<Guid> ids,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var registrants = db.Registrants;
        var rows = await db
            .Documents.AsNoTracking()
            .Where(d => ids.Contains(d.Id))
            .Where(d => registrants.Any(r => r.Id == d.RegistrantId && r.Status != RegistrantStatuses.Archived))
            .Select(d => new { d.Id, d.RegistrantId })
            .ToListAsync(cancellationToken);
        var owners = await rules.AdmittedAsync(
            db,
            [.. rows.Select(r => r.RegistrantId).Distinct()],
            caller,
            cancellationToken
        );
        return [.. rows.Where(r => owners.Contains(r.RegistrantId)).Select(r => r.Id)];
    }

    /// <summary>What is no id of a document is for the rule of the field to refuse.</summary>
    private static void Collect(FieldView field, string path, JsonElement value, List<(string, Guid)> named)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var (index, item) in value.EnumerateArray().Index())
            {
                Collect(field, $"{path}[{index}]", item, named);
            }
        }
        else if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var part in field.Parts)
            {
                if (value.TryGetProperty(part.Id, out var inner))
                {
                    Collect(part, $"{path}.{part.Id}", inner, named);
                }
            }
        }
        else if (
            field.Type == FieldType.Document
            && value.ValueKind == JsonValueKind.String
            && Guid.TryParseExact(value.GetString(), "D", out var id)
        )
        {
            named.Add((path, id));
        }
    }
}
